import { halfWidth, withoutSpaces } from '#lib/kernel/chinese.ts';
import type { CategoryCode, RosterReference } from './roster.ts';
import { OPERATION_SUFFIX } from './roster-words.ts';
import { townshipFinder, type TownshipFinder } from './roster-places.ts';

/** The reference of one file, made ready for thousands of rows. */
export type RosterLookup = {
  category(text: string): CategoryCode | null;
  operation(text: string): string | null;
  places: TownshipFinder;
};

export function rosterLookup(reference: RosterReference): RosterLookup {
  const categories = new Map(
    Object.entries(reference.categories).map(([word, code]) => [categoryKey(word), code] as const),
  );
  const operations = new Map<string, string>();
  for (const { name, aliases } of reference.operations)
    for (const word of [name, ...aliases]) operations.set(operationKey(word), name);
  return {
    category: (text) => categories.get(categoryKey(text)) ?? null,
    operation: (text) => operations.get(operationKey(text)) ?? null,
    places: townshipFinder(reference),
  };
}

/** 灾害信息员（Ａ角） and 灾害信息员A角 are one. */
function categoryKey(text: string): string {
  return halfWidth(withoutSpaces(text))
    .replace(/[()"'\u201c\u201d\u2018\u2019[\]/\u3001,-]/gu, '')
    .toUpperCase();
}

function operationKey(text: string): string {
  const plain = halfWidth(withoutSpaces(text)).replaceAll(',', '\u3001');
  return plain.endsWith(OPERATION_SUFFIX) ? plain.slice(0, -OPERATION_SUFFIX.length) : plain;
}
