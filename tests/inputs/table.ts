import { EMPTY_CELL, type Cell, type Merge, type Sheet, type Workbook } from '#lib/kernel/sheet.ts';
import { idCheckCharacter } from '#lib/people/id-number.ts';

/** What a spec writes in a cell. */
export type Written = string | number | boolean | null | Cell;

/** A sheet from rows of plain values; row 1 is the first. */
export function table(name: string, rows: readonly (readonly Written[])[], more: Partial<Sheet> = {}): Sheet {
  const numbered = rows.map((cells, index) => ({ row: index + 1, cells: cells.map(cellOf) }));
  const filled = numbered.filter(({ cells }) => cells.some(({ kind }) => kind !== 'empty'));
  return { name, hidden: false, rows: filled, merges: [], hiddenColumns: [], ...more };
}

export function workbook(...sheets: Sheet[]): Workbook {
  return { format: 'xlsx', sheets };
}

export function dateCell(day: string, text = day): Cell {
  const serial = Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569;
  return { kind: 'date', text, value: serial, day };
}

export function merge(top: number, left: number, bottom: number, right: number): Merge {
  return { top, left, bottom, right };
}

/** An ID number of the province code that belongs to nobody; odd sequences are male. */
export function idOf(birth: string, sequence: number): string {
  const seventeen = `410000${birth}${String(sequence).padStart(3, '0')}`;
  return seventeen + idCheckCharacter(seventeen);
}

function cellOf(written: Written): Cell {
  if (written === null || written === '') return EMPTY_CELL;
  if (typeof written === 'string') return { kind: 'text', text: written, value: written, day: null };
  if (typeof written === 'number') return { kind: 'number', text: String(written), value: written, day: null };
  if (typeof written === 'boolean')
    return { kind: 'boolean', text: String(written).toUpperCase(), value: written, day: null };
  return written;
}
