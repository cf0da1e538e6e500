import type { Day } from '#lib/kernel/day.ts';
import { EMPTY_CELL, type Cell, type Sheet } from '#lib/kernel/sheet.ts';
import { idFrom15, idNumberFaults } from '#lib/people/id-number.ts';
import { cleanId, cleanName, cleanText, hasLostDigits } from '#lib/people/roster-cells.ts';
import { DAYS_HEADINGS, ID_HEADINGS, NAME_HEADINGS, TOTAL_WORDS } from './outside-sheet-words.ts';

export type OutsideRowFault =
  | 'name_missing'
  | 'id_missing'
  | 'id_number_lost_digits'
  | 'id_length'
  | 'id_checksum'
  | 'id_birth_date'
  | 'days_invalid'
  | 'days_too_many'
  | 'duplicate_row'
  | 'person_unknown'
  | 'name_mismatch';

/** One row as it was written; faults that need no register are already found. */
export type OutsideRow = {
  row: number;
  name: string;
  /** Eighteen characters, or empty when it cannot be read. */
  idNumber: string;
  halfDays: number;
  faults: OutsideRowFault[];
};

export type OutsideSheet = { rows: OutsideRow[]; missingHeadings: ('name' | 'id')[] };

type Columns = { name: number; id: number; days: number };

/** Rows in which the heading is looked for. */
const HEADING_ROWS_MAX = 20;

/**
 * Reads a sheet of people: name and ID number by the words of the headings, days in halves (`0.5`, `1.5`)
 * where there is such a column, else `halfDays` for everybody. Every fault of a row is kept.
 */
export function readOutsideSheet(
  sheet: Sheet,
  terms: { halfDays: number; halfDaysMax: number; asOf: Day },
): OutsideSheet {
  const found = findColumns(sheet);
  if (!found) return { rows: [], missingHeadings: missingHeadings(sheet) };
  const rows: OutsideRow[] = [];
  const seen = new Set<string>();
  for (const { row, cells } of sheet.rows) {
    if (row <= found.row) continue;
    const cell = (column: number) => (column === 0 ? EMPTY_CELL : (cells[column - 1] ?? EMPTY_CELL));
    const name = cleanName(cell(found.columns.name)).name;
    const id = cell(found.columns.id);
    if ((name === '' && cleanText(id) === '') || TOTAL_WORDS.includes(name)) continue;
    const read = readId(id, terms.asOf);
    const days = readDays(cell(found.columns.days), terms);
    const faults: OutsideRowFault[] = [
      ...(name === '' ? (['name_missing'] as const) : []),
      ...read.faults,
      ...days.faults,
    ];
    if (read.idNumber !== '' && seen.has(read.idNumber)) faults.push('duplicate_row');
    if (read.idNumber !== '') seen.add(read.idNumber);
    rows.push({ row, name, idNumber: read.idNumber, halfDays: days.halfDays, faults });
  }
  return { rows, missingHeadings: [] };
}

function heading(cell: Cell | undefined): string {
  return cleanText(cell ?? EMPTY_CELL).replace(/[（(].*$/u, '');
}

function findColumns(sheet: Sheet): { row: number; columns: Columns } | null {
  for (const { row, cells } of sheet.rows.slice(0, HEADING_ROWS_MAX)) {
    const column = (words: readonly string[]) => cells.findIndex((cell) => words.includes(heading(cell))) + 1;
    const columns = { name: column(NAME_HEADINGS), id: column(ID_HEADINGS), days: column(DAYS_HEADINGS) };
    if (columns.name > 0 && columns.id > 0) return { row, columns };
  }
  return null;
}

function missingHeadings(sheet: Sheet): ('name' | 'id')[] {
  const words = new Set(sheet.rows.slice(0, HEADING_ROWS_MAX).flatMap(({ cells }) => cells.map(heading)));
  const has = (some: readonly string[]) => some.some((word) => words.has(word));
  const missing: ('name' | 'id')[] = [];
  if (!has(NAME_HEADINGS)) missing.push('name');
  if (!has(ID_HEADINGS)) missing.push('id');
  return missing.length > 0 ? missing : ['name', 'id'];
}

function readId(cell: Cell, asOf: Day): { idNumber: string; faults: OutsideRowFault[] } {
  if (hasLostDigits(cell)) return { idNumber: '', faults: ['id_number_lost_digits'] };
  const { id } = cleanId(cell);
  if (id === '') return { idNumber: '', faults: ['id_missing'] };
  const faults = idNumberFaults(id, asOf);
  if (faults.length > 0) return { idNumber: '', faults };
  return { idNumber: id.length === 15 ? idFrom15(id) : id, faults: [] };
}

function readDays(
  cell: Cell,
  terms: { halfDays: number; halfDaysMax: number },
): { halfDays: number; faults: OutsideRowFault[] } {
  const text = cleanText(cell);
  if (text === '') return { halfDays: terms.halfDays, faults: [] };
  const halfDays = Number(text) * 2;
  if (!Number.isInteger(halfDays) || halfDays < 1) return { halfDays: 0, faults: ['days_invalid'] };
  return { halfDays, faults: halfDays > terms.halfDaysMax ? ['days_too_many'] : [] };
}

/** Somebody in the register, as far as a row is compared with it. */
export type KnownPerson = { id: string; name: string };

export type DecidedRow = OutsideRow & { personId: string | null };

/**
 * Compares rows with the people the sender may register. Unknown numbers (or people of another place) and
 * numbers under another name are refused; a row is taken whole or not at all.
 */
export function decideOutsideRows(
  rows: readonly OutsideRow[],
  known: (idNumber: string) => KnownPerson | undefined,
): DecidedRow[] {
  return rows.map((row) => {
    if (row.idNumber === '') return { ...row, personId: null };
    const person = known(row.idNumber);
    if (!person) return { ...row, personId: null, faults: [...row.faults, 'person_unknown'] };
    const faults: OutsideRowFault[] =
      person.name === row.name || row.name === '' ? row.faults : [...row.faults, 'name_mismatch'];
    return { ...row, faults, personId: faults.length === 0 ? person.id : null };
  });
}
