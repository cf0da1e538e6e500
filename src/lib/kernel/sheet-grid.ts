import { EMPTY_CELL, type Cell, type Merge, type Sheet, type SheetRow } from './sheet.ts';

/** A sheet that can be asked for any cell, and knows what merged cells spread over. */
export type Grid = {
  sheet: Sheet;
  lastRow: number;
  lastColumn: number;
  row(row: number): SheetRow | undefined;
  /** The cell itself; of merged cells only the first holds anything. */
  own(row: number, column: number): Cell;
  /** The cell, or the first cell of the merged ones it lies in. */
  spread(row: number, column: number): Cell;
  merged(row: number, column: number): Merge | undefined;
  /** Columns that can be seen, from the left. */
  columns: readonly number[];
};

export function gridOf(sheet: Sheet): Grid {
  const byRow = new Map(sheet.rows.map((row) => [row.row, row]));
  const lastRow = sheet.rows.at(-1)?.row ?? 0;
  const lastColumn = sheet.rows.reduce((last, row) => Math.max(last, row.cells.length), 0);
  const merges = mergesByRow(sheet.merges, lastRow);
  const hidden = new Set(sheet.hiddenColumns);
  const own = (row: number, column: number) => byRow.get(row)?.cells[column - 1] ?? EMPTY_CELL;
  const merged = (row: number, column: number) =>
    merges.get(row)?.find((merge) => merge.left <= column && column <= merge.right);
  return {
    sheet,
    lastRow,
    lastColumn,
    row: (row) => byRow.get(row),
    own,
    merged,
    spread(row, column) {
      const cell = own(row, column);
      if (cell.kind !== 'empty') return cell;
      const merge = merged(row, column);
      return merge ? own(merge.top, merge.left) : cell;
    },
    columns: Array.from({ length: lastColumn }, (_, index) => index + 1).filter(
      (column) => !hidden.has(column),
    ),
  };
}

function mergesByRow(merges: readonly Merge[], lastRow: number): Map<number, Merge[]> {
  const byRow = new Map<number, Merge[]>();
  for (const merge of merges) {
    for (let row = merge.top; row <= Math.min(merge.bottom, lastRow); row += 1) {
      const others = byRow.get(row);
      if (others) others.push(merge);
      else byRow.set(row, [merge]);
    }
  }
  return byRow;
}

/** 1 → A, 27 → AA: the letters above a column. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/** Whether a cell holds nothing a person would call a value: empty, spaces, or an error such as #VALUE!. */
export function isBlank(cell: Cell): boolean {
  return (
    cell.kind === 'empty' ||
    cell.kind === 'error' ||
    (cell.kind === 'text' && /^[\s\u200b-\u200f\u2060\ufeff]*$/.test(cell.text))
  );
}

/** What stands in a cell, for messages: a day as a day, a number with all its figures, else as shown. */
export function shownText(cell: Cell): string {
  // A time longer than a day is stored as the first days of 1900.
  if (cell.kind === 'date') return cell.day !== null && cell.day > '1905' ? cell.day : cell.text;
  if (cell.kind === 'number') return cell.text.endsWith('%') ? cell.text : plainNumber(cell);
  return cell.text;
}

/** The stored number of a number cell: 410000199610096000, not 4.1E+17; 50, not 50.0. */
export function plainNumber(cell: Cell): string {
  return String(cell.value);
}
