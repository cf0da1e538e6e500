import type { PartNames } from './trigger-copy.ts';

/**
 * A script as its author has it: perhaps incomplete, perhaps faulty. Nothing here trusts its shape; what is
 * missing reads as nothing. Drafts are never changed in place: each change is a new draft.
 */
export type Draft = Record<string, unknown>;
export type Part = Record<string, unknown> & { id: string };

/** Lists of parts, by where they stand in the script. */
export const LISTS = [
  'injects',
  'expectations',
  'phases',
  'roles',
  'orgs',
  'storylines',
  'objectives',
  'resources',
  'documents',
  'variables',
  'map.features',
  'plans',
  'evaluation.sheets',
] as const;
export type ListPath = (typeof LISTS)[number];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at `a.b` of a draft; undefined when there is nothing. */
export function valueAt(draft: Draft, path: string): unknown {
  let value: unknown = draft;
  for (const key of path.split('.')) {
    if (!isObject(value)) return undefined;
    value = value[key];
  }
  return value;
}

/** The draft with another value at `a.b`. */
export function withValue(draft: Draft, path: string, value: unknown): Draft {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...draft, [key]: value };
  const inner = draft[key];
  return { ...draft, [key]: withValue(isObject(inner) ? inner : {}, rest.join('.'), value) };
}

/** The parts of a list; what is no part with an id is left out. */
export function partsAt(draft: Draft, path: string): Part[] {
  const list = valueAt(draft, path);
  return Array.isArray(list)
    ? list.filter((part): part is Part => isObject(part) && typeof part.id === 'string')
    : [];
}

/** The object at a path: what is set once in a script, such as its clock. */
export function objectAt(draft: Draft, path: string): Record<string, unknown> {
  const value = valueAt(draft, path);
  return isObject(value) ? value : {};
}

/** The draft with the part instead of the one of its id, or after the others when it is new. */
export function withPart(draft: Draft, path: string, part: Part): Draft {
  const parts = partsAt(draft, path);
  const isKnown = parts.some(({ id }) => id === part.id);
  const next = isKnown ? parts.map((each) => (each.id === part.id ? part : each)) : [...parts, part];
  return withValue(draft, path, next);
}

export function withoutPart(draft: Draft, path: string, id: string): Draft {
  return withValue(
    draft,
    path,
    partsAt(draft, path).filter((part) => part.id !== id),
  );
}

/** The draft with a part one place further up (−1) or down (+1). */
export function withPartMoved(draft: Draft, path: string, id: string, by: -1 | 1): Draft {
  const parts = [...partsAt(draft, path)];
  const from = parts.findIndex((part) => part.id === id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= parts.length) return draft;
  [parts[from], parts[to]] = [parts[to]!, parts[from]!];
  return withValue(draft, path, parts);
}

/** A name nobody of these lists has: `i-7`. Injects, expected actions and phases share one space of names. */
export function freeId(draft: Draft, prefix: string): string {
  const taken = new Set(LISTS.flatMap((path) => partsAt(draft, path).map(({ id }) => id)));
  let number = 1;
  while (taken.has(`${prefix}-${number}`)) number += 1;
  return `${prefix}-${number}`;
}

/** In how many other parts the id is named: what would lead nowhere if it went. */
export function namedIn(draft: Draft, id: string): number {
  return LISTS.reduce(
    (sum, path) => sum + partsAt(draft, path).filter((part) => part.id !== id && mentions(part, id)).length,
    0,
  );
}

function mentions(value: unknown, id: string): boolean {
  if (value === id) return true;
  if (Array.isArray(value)) return value.some((each) => mentions(each, id));
  return isObject(value) && Object.values(value).some((each) => mentions(each, id));
}

/** What people call a part: an inject by code and title, others by name or title. */
export function labelOf(part: Record<string, unknown>): string {
  const words = [part.code, part.title ?? part.name ?? part.text].filter(
    (word): word is string => typeof word === 'string' && word !== '',
  );
  return words.join(' ') || String(part.id ?? '');
}

/** The names of all parts of a draft, for sentences about it; an id that leads nowhere stays as it is. */
export function namesOf(draft: Draft): PartNames {
  const labels = new Map<string, string>();
  for (const path of [...LISTS].reverse())
    for (const part of partsAt(draft, path)) labels.set(part.id, labelOf(part));
  const options = new Map<string, string>();
  for (const inject of partsAt(draft, 'injects'))
    for (const option of optionsOf(inject))
      options.set(`${inject.id}/${option.id}`, labelOf({ title: option.label, id: option.id }));
  return (id, within) => (within && options.get(`${within}/${id}`)) || labels.get(id) || id;
}

/** The ways a decision may go; none for an inject that asks for nothing. */
export function optionsOf(inject: Record<string, unknown> | undefined): { id: string; label: string }[] {
  const decision = inject?.decision;
  const options = isObject(decision) ? decision.options : undefined;
  return Array.isArray(options)
    ? options
        .filter(isObject)
        .map(({ id, label }) => ({ id: String(id ?? ''), label: String(label ?? id ?? '') }))
    : [];
}

/** The part a finding speaks of: `injects.3.trigger.when` is the fourth inject. */
export function partOfFinding(draft: Draft, path: string): { list: string; id: string | null } {
  const list = LISTS.find((each) => path === each || path.startsWith(`${each}.`));
  if (!list) return { list: path.split('.')[0] ?? '', id: null };
  const at = Number(path.slice(list.length + 1).split('.')[0]);
  const whole = valueAt(draft, list);
  const part: unknown = Array.isArray(whole) ? whole[at] : undefined;
  return { list, id: isObject(part) && typeof part.id === 'string' ? part.id : null };
}
