import type { Day } from './day.ts';

/** One cell as the decisions see it. Rows and columns are numbered from 1 everywhere. */
export type Cell = {
  kind: 'text' | 'number' | 'boolean' | 'date' | 'error' | 'empty';
  /** As a person sees it in the sheet. */
  text: string;
  /** As stored: a formula's last result; a date's serial number. */
  value: string | number | boolean | null;
  /** The calendar day of a date cell; null for every other cell and for a time without a day. */
  day: Day | null;
};

/** A row that holds something; `cells[0]` is column 1. */
export type SheetRow = { row: number; cells: readonly (Cell | undefined)[] };

export type Merge = { top: number; left: number; bottom: number; right: number };

export type Sheet = {
  name: string;
  hidden: boolean;
  /** Rows with at least one cell that is not empty, from the top. */
  rows: readonly SheetRow[];
  merges: readonly Merge[];
  hiddenColumns: readonly number[];
};

export type Workbook = { format: 'xlsx' | 'xls' | 'csv'; sheets: readonly Sheet[] };

export const EMPTY_CELL: Cell = { kind: 'empty', text: '', value: null, day: null };
