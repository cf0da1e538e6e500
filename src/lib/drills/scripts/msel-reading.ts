import type { Sheet, Workbook } from '#lib/kernel/sheet.ts';
import { EXPECTATION_LIST } from './expectation-fields-copy.ts';
import { freeId, labelOf, namesOf, partsAt, withPart, type Draft, type Part } from './draft.ts';
import {
  ID_HEADING,
  MSEL_SHEETS,
  TITLE_HEADING,
  type MselColumn,
  type MselContext,
  type MselFault,
  type MselSheet,
} from './msel-columns-copy.ts';
import { triggerNamesOf } from './msel.ts';
import { INJECT_LIST, ROLE_LIST } from './part-lists-copy.ts';

/** What a changed workbook does to a script: decided row by row, written nowhere. */
export type MselReading = {
  draft: Draft;
  changes: MselChange[];
  refused: { sheet: string; row: number; title: string; faults: MselFault[] }[];
  /** Rows that say what the script says. */
  same: number;
  /** Sheets that were found. */
  sheets: string[];
};
export type MselChange = {
  sheet: string;
  title: string;
  isNew: boolean;
  fields: { heading: string; from: string; to: string }[];
};

const NEW_PARTS: Readonly<Record<string, () => Record<string, unknown>>> = {
  injects: INJECT_LIST.make,
  expectations: EXPECTATION_LIST.make,
  roles: ROLE_LIST.make,
};

/** Longer cells are no text of a drill; the schema refuses them anyway. */
const CELL_MAX = 20_000;
const HEADINGS_NEEDED = 3;

/**
 * Reads a workbook that was exported here and changed. A cell that says what was written keeps exactly what
 * the script has; a row with a fault is refused whole; rows that are missing delete nothing.
 */
export function readMsel(draft: Draft, workbook: Workbook): MselReading {
  const reading: MselReading = { draft, changes: [], refused: [], same: 0, sheets: [] };
  for (const kind of MSEL_SHEETS) {
    const sheet = workbook.sheets.find(({ name }) => name.trim() === kind.name);
    const table = sheet && tableOf(sheet, kind);
    if (!table) continue;
    reading.sheets.push(kind.name);
    for (const row of table) readRow(reading, kind, row, contextOf(draft, reading.draft));
  }
  return reading;
}

/** Names as they are after the sheets before, cells compared with what was exported. */
function contextOf(exported: Draft, now: Draft): { before: MselContext; now: MselContext } {
  const of = (draft: Draft) => ({ draft, name: namesOf(draft), triggers: triggerNamesOf(draft) });
  return { before: of(exported), now: of(now) };
}

/** A part has an id; why a cell was not taken has none. */
const isFault = (read: Part | MselFault): read is MselFault => !('id' in read);

type Row = { number: number; cells: ReadonlyMap<string, string> };

function tableOf(sheet: Sheet, kind: MselSheet): Row[] | null {
  const known = new Set(kind.columns.map(({ heading }) => heading));
  const head = sheet.rows.find(
    ({ cells }) => cells.filter((cell) => known.has(cell?.text.trim() ?? '')).length >= HEADINGS_NEEDED,
  );
  if (!head) return null;
  const headings = head.cells.map((cell) => cell?.text.trim() ?? '');
  return sheet.rows
    .filter(({ row }) => row > head.row)
    .map(({ row, cells }) => ({
      number: row,
      cells: new Map(
        headings.map((heading, at) => [
          heading,
          (cells[at]?.text ?? '').replaceAll('\r\n', '\n').trim().slice(0, CELL_MAX),
        ]),
      ),
    }))
    .filter(({ cells }) => [...cells.values()].some((cell) => cell !== ''));
}

function readRow(
  reading: MselReading,
  kind: MselSheet,
  row: Row,
  context: ReturnType<typeof contextOf>,
): void {
  const present = presentPart(context.now.draft, kind, row);
  const title = row.cells.get(TITLE_HEADING) ?? row.cells.get(kind.columns[0]!.heading) ?? '';
  if (present && isFault(present)) {
    reading.refused.push({ sheet: kind.name, row: row.number, title, faults: [present] });
    return;
  }
  const fresh = { ...NEW_PARTS[kind.list]!(), id: freeId(context.now.draft, kind.prefix) };
  const { part, fields, faults } = readCells(present ?? fresh, present !== null, kind, row, context);
  faults.push(...twice(context.now.draft, kind, part));
  if (faults.length > 0)
    reading.refused.push({ sheet: kind.name, row: row.number, title: title || labelOf(part), faults });
  else if (fields.length === 0 && present) reading.same += 1;
  else {
    reading.draft = withPart(reading.draft, kind.list, part);
    reading.changes.push({ sheet: kind.name, title: labelOf(part), isNew: !present, fields });
  }
}

/** The part a row speaks of: by its id, an inject without one by its code; null when it is new. */
function presentPart(draft: Draft, kind: MselSheet, { cells }: Row): Part | MselFault | null {
  const parts = partsAt(draft, kind.list);
  const id = cells.get(ID_HEADING) ?? '';
  if (id !== '') return parts.find((part) => part.id === id) ?? { fault: 'id_unknown', about: id };
  const code = kind.list === 'injects' ? (cells.get(kind.columns[0]!.heading) ?? '') : '';
  return (code !== '' && parts.find((part) => part.code === code)) || null;
}

function readCells(
  start: Part,
  isKnown: boolean,
  kind: MselSheet,
  { cells }: Row,
  { before, now }: ReturnType<typeof contextOf>,
): { part: Part; fields: MselChange['fields']; faults: MselFault[] } {
  let part = start;
  const fields: MselChange['fields'] = [];
  const faults: MselFault[] = [];
  for (const column of kind.columns) {
    const cell = cells.get(column.heading);
    if (!column.read || cell === undefined) continue;
    const from = isKnown ? writtenCell(column, start, before) : '';
    if (isKnown && cell === from) continue;
    const read = column.read(part, cell, now);
    if (isFault(read)) faults.push(read);
    else {
      part = read;
      if (cell !== from) fields.push({ heading: column.heading, from, to: cell });
    }
  }
  return { part, fields, faults };
}

/** What the export wrote, as the reader of workbooks gives it back. */
function writtenCell(column: MselColumn, part: Part, context: MselContext): string {
  return column.write(part, context).replaceAll('\r\n', '\n').trim();
}

/** Two injects of one code cannot be told apart on paper. */
function twice(draft: Draft, kind: MselSheet, part: Part): MselFault[] {
  if (kind.list !== 'injects') return [];
  const taken = partsAt(draft, 'injects').some(({ id, code }) => id !== part.id && code === part.code);
  return taken ? [{ fault: 'code_taken', about: String(part.code) }] : [];
}
