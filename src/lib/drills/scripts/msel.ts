import { labelOf, partsAt, type Draft, type Part } from './draft.ts';
import type { TriggerNames } from './trigger-words.ts';

/** The names a workbook uses for the parts of a script: codes of injects, titles of phases, ids of expected actions. */
export function triggerNamesOf(draft: Draft): TriggerNames {
  const injects = partsAt(draft, 'injects');
  const phases = partsAt(draft, 'phases');
  const expectations = partsAt(draft, 'expectations');
  const folded = (text: string) => text.trim().toLowerCase();
  const ids = new Map<string, string>();
  const names = new Map<string, string>();
  const put = (part: Part, name: string): void => {
    // Of two parts of one name the first keeps it; the other is named by its id.
    const isTaken = ids.has(folded(name));
    if (!isTaken) ids.set(folded(name), part.id);
    if (!ids.has(folded(part.id))) ids.set(folded(part.id), part.id);
    names.set(part.id, isTaken ? part.id : name);
  };
  for (const inject of injects)
    put(inject, typeof inject.code === 'string' && inject.code ? inject.code : inject.id);
  for (const expectation of expectations) put(expectation, expectation.id);
  for (const phase of phases) put(phase, labelOf(phase));
  const isExpectation = new Set(expectations.map(({ id }) => id));
  return {
    nameOf: (id) => names.get(id) ?? id,
    idOf: (name) => ids.get(folded(name)) ?? null,
    isExpectation: (id) => isExpectation.has(id),
  };
}
