import { isRole } from './account.ts';
import { ROLE_NAMES } from './copy.ts';
import * as words from './event-copy.ts';
import { withoutIdNumbers } from './id-number.ts';
import { instantText } from '#lib/kernel/day.ts';

/** An event as a page shows it: in words, without anything that names an ID number whole. */
export type ShownEvent = {
  id: string;
  at: Date;
  kind: string;
  name: string;
  actor: string;
  /** What it is about, and the page of that thing where there is one. */
  about: { text: string; stream: string; href: string | null };
  details: { term: string; text: string }[];
  /** First characters of the hash that chains it to the one before. */
  hash: string;
};

/** Pages of the office by the first word of a stream. */
export const OFFICE_PAGES: Readonly<Record<string, string>> = {
  person: '/office/people',
  class: '/office/classes',
  course: '/office/courses',
  exam: '/office/exams',
  'drill-plan': '/office/plans',
  account: '/office/accounts',
  script: '/office/scripts',
  drill: '/office/drills',
  'drill-unit': '/office/drill-quotas/units',
  'paper-drill': '/office/paper-drills',
  'half-year-report': '/office/paper-drills/reports',
};
/** The administrator's pages: business data is not theirs. */
export const ADMIN_PAGES: Readonly<Record<string, string>> = { account: '/admin/accounts' };
const HASH_SHOWN = 10;
const LIST_SHOWN = 5;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const LONG_HASH = /^[\w-]{40,}(?:\.sealed)?$/;

type EventRow = {
  id: string;
  at: Date;
  kind: string;
  actorName: string;
  stream: string;
  detail: Record<string, unknown>;
  hash: string;
};

/** What the ids in a detail stand for: the names of people, classes and exams by their id. */
type Names = ReadonlyMap<string, string>;

/**
 * One event in words; `pages` are the pages of what events are about, `names` what its ids are called. An
 * id without a name is cut to its end.
 */
export function shownEvent(
  row: EventRow,
  pages: Readonly<Record<string, string>> = OFFICE_PAGES,
  names: Names = new Map(),
): ShownEvent {
  const { id, at, kind, actorName, stream, detail, hash } = row;
  return {
    ...{ id, at, kind, name: words.eventName(kind), actor: actorName || words.SYSTEM_NAME },
    about: aboutOf(stream, pages),
    details: rowsOf(detail, names),
    hash: hash.slice(0, HASH_SHOWN),
  };
}

function aboutOf(stream: string, pages: Readonly<Record<string, string>>): ShownEvent['about'] {
  const [what = '', id = ''] = stream.split(':', 2);
  const page = pages[what];
  const known = words.STREAM_NAMES[what];
  return { text: known ?? stream, stream, href: page && id ? `${page}/${id}` : null };
}

function rowsOf(detail: Record<string, unknown>, names: Names): { term: string; text: string }[] {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([key, value]) => named(key, value, names) ?? { term: termOf(key), text: textOf(key, value) })
    .map(({ term, text }) => ({ term, text: withoutIdNumbers(text) }));
}

/** An id, or a list of them, by name; null unless all that is shown has one. */
function named(key: string, value: unknown, names: Names): { term: string; text: string } | null {
  const ids = Array.isArray(value) ? value : [value];
  const texts = ids.slice(0, LIST_SHOWN).map((id) => (typeof id === 'string' ? names.get(id) : undefined));
  const term = words.NAMED_TERMS[key];
  if (term === undefined || texts.some((text) => text === undefined)) return null;
  const more = ids.length > LIST_SHOWN ? words.MORE(ids.length) : '';
  return { term, text: texts.join(words.LIST_JOINT) + more };
}

const termOf = (key: string) => words.DETAIL_TERMS[key] ?? key;

function textOf(key: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return words.NOTHING;
  if (typeof value === 'boolean') return value ? words.YES : words.NO;
  if (typeof value === 'number') return key.endsWith('At') ? instantText(new Date(value)) : String(value);
  if (typeof value === 'string') return wordOf(key, value);
  if (Array.isArray(value)) return listText(key, value);
  return partsText(value as Record<string, unknown>);
}

function wordOf(key: string, value: string): string {
  if (key === 'role' && isRole(value)) return ROLE_NAMES[value];
  if (UUID.test(value)) return `…${value.slice(-8)}`;
  if (LONG_HASH.test(value)) return `${value.slice(0, HASH_SHOWN)}…`;
  return words.DETAIL_WORDS[value] ?? value;
}

function listText(key: string, values: readonly unknown[]): string {
  const some = values.slice(0, LIST_SHOWN).map((value) => textOf(key, value));
  const text = some.join(typeof values[0] === 'object' ? words.PART_JOINT : words.LIST_JOINT);
  return values.length > LIST_SHOWN ? `${text}${words.MORE(values.length)}` : text;
}

function partsText(parts: Record<string, unknown>): string {
  const { what, from, to } = parts;
  if (typeof what === 'string' && 'from' in parts && 'to' in parts)
    return words.CHANGE_TEXT(termOf(what), textOf('from', from), textOf('to', to));
  return Object.entries(parts)
    .map(([key, value]) => `${termOf(key)}${words.TERM_JOINT}${textOf(key, value)}`)
    .join(words.PART_JOINT);
}
