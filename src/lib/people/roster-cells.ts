import { halfWidth, withoutSpaces } from '#lib/kernel/chinese.ts';
import type { Cell } from '#lib/kernel/sheet.ts';
import { isBlank, plainNumber } from '#lib/kernel/sheet-grid.ts';
import { NOTHING_WORDS } from './roster-words.ts';

/** The smallest number with sixteen figures: a sheet keeps fifteen. */
const FIGURES_LOST_FROM = 1e15;

/** Text without spaces of any kind and without the apostrophe that marks text, half-width. */
export function cleanText(cell: Cell): string {
  if (isBlank(cell)) return '';
  const text = cell.kind === 'number' ? plainNumber(cell) : cell.text;
  return halfWidth(withoutSpaces(text)).replace(/^['\u2018\u2019`]+/u, '');
}

/** Whether an optional cell says nothing: blank, or one of the marks for nothing. */
export function saysNothing(cell: Cell): boolean {
  return isBlank(cell) || NOTHING_WORDS.includes(withoutSpaces(cell.text));
}

/** Whether a number has lost its last figures: more than fifteen in a number cell, or 4.1E+17 as text. */
export function hasLostDigits(cell: Cell): boolean {
  if (cell.kind === 'number' || cell.kind === 'date')
    return Math.abs(cell.value as number) >= FIGURES_LOST_FROM;
  return cell.kind === 'text' && /^\d(?:\.\d+)?E\+?\d{2}$/i.test(cleanText(cell));
}

const DOTS =
  /[\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65\uff0e\u0387\u16eb\u2024]|(?<=\p{Script=Han})\.(?=\p{Script=Han})/gu;

export type CleanName = { name: string; spacesRemoved: boolean; dot: 'none' | 'kept' | 'changed' };

/** A name without spaces, its dot as U+00B7; rare characters stay exactly as they are. */
export function cleanName(cell: Cell): CleanName {
  const written = isBlank(cell) ? '' : cell.text;
  const closed = withoutSpaces(written).replace(/^['\u2018\u2019]+/u, '');
  const dotted = closed.replace(DOTS, '\u00b7');
  const name = halfWidth(dotted);
  const changed = dotted !== closed;
  return {
    name,
    spacesRemoved: withoutSpaces(written) !== written,
    dot: changed ? 'changed' : name.includes('\u00b7') ? 'kept' : 'none',
  };
}

let common: Set<string> | undefined;

/** Whether a name holds a character outside GB 2312, which old programs show as a box. */
export function hasRareCharacter(name: string): boolean {
  common ??= gb2312();
  return Array.from(name).some((character) => /\p{Script=Han}/u.test(character) && !common!.has(character));
}

function gb2312(): Set<string> {
  const decoder = new TextDecoder('gb18030');
  const bytes = new Uint8Array((0xf7 - 0xb0 + 1) * 94 * 2);
  let at = 0;
  for (let high = 0xb0; high <= 0xf7; high += 1)
    for (let low = 0xa1; low <= 0xfe; low += 1) {
      bytes[at] = high;
      bytes[at + 1] = low;
      at += 2;
    }
  return new Set(Array.from(decoder.decode(bytes)));
}

export type CleanId = { id: string; cleaned: boolean; upperCased: boolean };

/** An ID number without what is not part of it, the last x as X. */
export function cleanId(cell: Cell): CleanId {
  const plain = cleanText(cell);
  const id = plain.toUpperCase();
  const written = cell.kind === 'text' ? cell.text : plain;
  return { id, cleaned: plain !== written && !isBlank(cell), upperCased: id !== plain };
}

/** A phone number without spaces, dashes, brackets and +86. */
export function cleanPhone(cell: Cell): { phone: string; cleaned: boolean } {
  const plain = cleanText(cell);
  const bare = plain.replace(/[-\u2010-\u2015\u2212()]/gu, '');
  const phone = bare.replace(/^(?:\+|00)?86(?=1\d{10}$)/, '');
  return { phone, cleaned: phone !== (cell.kind === 'text' ? cell.text : plain) };
}

export function isPhone(phone: string): boolean {
  return /^1[3-9]\d{9}$/.test(phone);
}
