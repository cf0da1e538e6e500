import type { Inject, Script } from './script.ts';
import type { PartNames } from './trigger-copy.ts';

/**
 * Names of everything a condition may speak of, by id: injects with their code, actions, phases, roles,
 * variables and the options of decisions.
 */
export function partNames(script: Script, added: readonly Inject[] = []): PartNames {
  const names = new Map<string, string>();
  for (const { id, title } of script.phases) names.set(id, title);
  for (const { id, title } of script.expectations) names.set(id, title);
  for (const { id, name } of [...script.roles, ...script.variables]) names.set(id, name);
  const injects = [...script.injects, ...added];
  for (const { id, code, title, decision } of injects) {
    names.set(id, `${code} ${title}`);
    for (const option of decision?.options ?? []) names.set(`${id}/${option.id}`, option.label);
  }
  return (id, decision) => names.get(decision === undefined ? id : `${decision}/${id}`) ?? id;
}
