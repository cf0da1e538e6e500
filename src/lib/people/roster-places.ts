import { halfWidth, withoutSpaces } from '#lib/kernel/chinese.ts';
import type { RosterReference } from './roster.ts';
import { SUBDISTRICT_SUFFIXES, TOWNSHIP_SUFFIXES, VILLAGE_UNIT } from './roster-words.ts';

export type Township = RosterReference['townships'][number];

/** Finds the townships of one county by the ways their names are written; built once a file. */
export type TownshipFinder = {
  /** With or without the county before and 镇 or 乡 behind; nothing fuzzier. */
  find(text: string): Township | null;
  /** The township a 单位 begins with, and the village that is left. */
  ofUnit(unit: string): { township: Township | null; village: string | null };
  /** A name that may have been meant, for a person to decide. */
  suggest(text: string, unit: string): string | null;
};

export function townshipFinder(reference: Pick<RosterReference, 'countyName' | 'townships'>): TownshipFinder {
  const byForm = new Map<string, Township | 'several'>();
  for (const township of reference.townships)
    for (const form of formsOf(township.name)) byForm.set(form, byForm.has(form) ? 'several' : township);
  for (const township of reference.townships) byForm.set(township.name, township);
  const byLength = [...reference.townships].sort((one, other) => other.name.length - one.name.length);

  const lessCounty = (text: string) => {
    const plain = halfWidth(withoutSpaces(text));
    return plain.startsWith(reference.countyName) ? plain.slice(reference.countyName.length) : plain;
  };
  const find = (text: string) => {
    const found = byForm.get(lessCounty(text));
    return found === undefined || found === 'several' ? null : found;
  };
  const ofUnit = (unit: string) => {
    const rest = lessCounty(unit);
    const township = byLength.find(({ name }) => rest.startsWith(name)) ?? null;
    const village = VILLAGE_UNIT.exec(township ? rest.slice(township.name.length) : rest)?.[1] ?? null;
    return { township, village };
  };
  const suggest = (text: string, unit: string) => {
    const fromUnit = ofUnit(unit).township;
    if (fromUnit) return fromUnit.name;
    const wanted = bareName(lessCounty(text));
    const near = reference.townships.filter(
      ({ name }) => wanted !== '' && differByOne(wanted, bareName(name)),
    );
    return near.length === 1 ? near[0]!.name : null;
  };
  return { find, ofUnit, suggest };
}

function formsOf(name: string): string[] {
  const bare = bareName(name);
  const isSubdistrict = SUBDISTRICT_SUFFIXES.some((suffix) => name.endsWith(suffix));
  const others = isSubdistrict ? SUBDISTRICT_SUFFIXES.map((suffix) => bare + suffix) : [];
  return [...new Set([name, bare, ...others])];
}

function bareName(name: string): string {
  const suffix = TOWNSHIP_SUFFIXES.find((end) => name.endsWith(end) && name.length > end.length);
  return suffix ? name.slice(0, -suffix.length) : name;
}

/** The same, or one character other, more or less. */
function differByOne(one: string, other: string): boolean {
  const [short, long] = [Array.from(one), Array.from(other)].sort((a, b) => a.length - b.length);
  if (long!.length - short!.length > 1) return false;
  const start = short!.findIndex((character, index) => character !== long![index]);
  if (start < 0) return true;
  const skip = long!.length === short!.length ? 1 : 0;
  return short!.slice(start + skip).join('') === long!.slice(start + 1).join('');
}

/** The place a post of village level stands in: 会亭镇张庄村 less 会亭镇. */
export function villageName(text: string): string {
  return VILLAGE_UNIT.exec(halfWidth(withoutSpaces(text)))?.[1] ?? halfWidth(withoutSpaces(text));
}
