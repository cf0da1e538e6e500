import type { Day } from '#lib/kernel/day.ts';
import { isDay } from '#lib/kernel/day.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

export type IdNumberFault = 'id_length' | 'id_checksum' | 'id_birth_date';

/** The eighteenth character for the first seventeen digits (GB 11643). */
export function idCheckCharacter(seventeen: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(seventeen[index]), 0);
  return CHECKS[sum % 11]!;
}

/** An old number of fifteen digits as eighteen: the century 19 and the check character are added. */
export function idFrom15(fifteen: string): string {
  const seventeen = `${fifteen.slice(0, 6)}19${fifteen.slice(6)}`;
  return seventeen + idCheckCharacter(seventeen);
}

/** The birth date in an 18-character number, whether or not it exists. */
export function idBirthOn(id: string): Day {
  return `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
}

/** The seventeenth digit: odd is male. */
export function idSex(id: string): 'male' | 'female' {
  return Number(id[16]) % 2 === 1 ? 'male' : 'female';
}

/**
 * Every fault of a number that is already cleaned (no spaces, half-width, upper case): not 15 digits or
 * 18 characters (`id_length`), a wrong check character (`id_checksum`), a birth date that does not exist
 * or lies after `asOf` (`id_birth_date`). The area code is never looked up: old codes stay valid.
 */
export function idNumberFaults(id: string, asOf: Day): IdNumberFault[] {
  if (/^\d{15}$/.test(id)) return birthFaults(idFrom15(id), asOf);
  if (!/^[0-9A-Z]{18}$/.test(id)) return ['id_length'];
  if (!/^\d{17}[\dX]$/.test(id)) return ['id_checksum'];
  const wrong: IdNumberFault[] = idCheckCharacter(id) === id[17] ? [] : ['id_checksum'];
  return [...wrong, ...birthFaults(id, asOf)];
}

function birthFaults(id: string, asOf: Day): IdNumberFault[] {
  const birthOn = idBirthOn(id);
  const possible = isDay(birthOn) && birthOn >= '1850-01-01' && birthOn <= asOf;
  return possible ? [] : ['id_birth_date'];
}

/** For screens: the first six and the last four characters. */
export function maskedIdNumber(id: string): string {
  return `${id.slice(0, 6)}****${id.slice(-4)}`;
}

const ID_LIKE = /\d{14,17}[\dXx]/gu;

/** A text with everything in it that could be an ID number masked: for what is kept or shown. */
export function withoutIdNumbers(text: string): string {
  return text.replace(ID_LIKE, maskedIdNumber);
}
