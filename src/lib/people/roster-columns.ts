import { withoutSpaces } from '#lib/kernel/chinese.ts';
import type { Cell } from '#lib/kernel/sheet.ts';
import type { ContentTest } from '#lib/kernel/sheet-columns.ts';
import { wordMatcher } from '#lib/kernel/sheet-heading.ts';
import { cleanId, cleanPhone, cleanText, hasLostDigits, isPhone } from './roster-cells.ts';
import type { RosterLookup } from './roster-lookup.ts';
import type { RosterField } from './roster.ts';
import {
  NAME_PATTERN,
  ROSTER_HEADINGS,
  ROSTER_IGNORED_HEADINGS,
  SEX_ALIASES,
  SURNAMES,
} from './roster-words.ts';

/** Recognises a roster's columns by the words of their headings. */
export const matchRosterHeading = wordMatcher(ROSTER_HEADINGS, ROSTER_IGNORED_HEADINGS);

/** Whether a cell's text is an ID number or a phone number: what no heading is. */
export function isRosterContent(text: string): boolean {
  const plain = withoutSpaces(text);
  return /^\d{17}[\dXx]$|^\d{15}$|^1[3-9]\d{9}$/.test(plain);
}

/** Recognises a roster's columns by what stands in them. */
export function rosterContentTests(lookup: RosterLookup): Partial<Record<RosterField, ContentTest>> {
  return {
    id: { weight: 80, test: isIdLike },
    phone: { weight: 70, test: (cell) => isPhone(cleanPhone(cell).phone) },
    sex: { weight: 70, test: (cell) => cleanText(cell) in SEX_ALIASES },
    category: { weight: 50, test: (cell) => lookup.category(cell.text) !== null },
    township: { weight: 50, test: (cell) => lookup.places.find(cell.text) !== null },
    operation: { weight: 45, test: (cell) => lookup.operation(cell.text) !== null },
    name: { weight: 40, test: isNameLike },
  };
}

function isIdLike(cell: Cell): boolean {
  return hasLostDigits(cell) || /^(?:\d{17}[\dX]|\d{15})$/.test(cleanId(cell).id);
}

function isNameLike(cell: Cell): boolean {
  const name = withoutSpaces(cell.text);
  return (
    NAME_PATTERN.test(name) &&
    (name.includes('\u00b7') || (Array.from(name).length <= 4 && SURNAMES.includes(name[0]!)))
  );
}
