import { warmWorker } from '../warm-worker.ts';

/** How the cells of a column are written. */
export type TableColumn = {
  heading: string;
  /**
   * text and code are always text, whatever they begin with; a code (ID, telephone, division code) is
   * centred and never becomes a number. integer 1,234 · decimal 26.5 · rate from 0 to 1, shown 92.5% ·
   * day from `YYYY-MM-DD`, a real date in Excel.
   */
  kind: 'text' | 'code' | 'integer' | 'decimal' | 'rate' | 'day';
  /** In half-width characters; by default from the longest cell. */
  width?: number;
};

/** A null, and a rate without a denominator, is written as a dash by `rate` and left empty by the others. */
export type TableCell = string | number | null;

export type TableFrame = {
  /** Line under the title: who reports on the left, the cut-off on the right. */
  left?: string;
  right?: string;
  /** Lines under the table: definitions, sources. */
  notes?: readonly string[];
  /** Name of the sheet; by default the title as far as Excel takes it. */
  sheetName?: string;
};

export type Table = {
  title: string;
  columns: readonly TableColumn[];
  rows: readonly (readonly TableCell[])[];
  frame: TableFrame;
};

const writeInWorker = warmWorker<Table[], Uint8Array>({
  file: 'src/lib/server/sheets/write-table-worker.ts',
  secondsMax: 120,
  tasksMax: 200,
  memoryMegabytesMax: 768,
});

/**
 * An .xlsx as offices send it round: title, unit and date line, headings that stay in sight and print on
 * every page, widths and number formats. Written in a worker thread.
 */
export function tableWorkbook(
  title: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly TableCell[])[],
  frame: TableFrame = {},
): Promise<Uint8Array> {
  return tablesWorkbook([{ title, columns, rows, frame }]);
}

/** Several tables, a sheet each. */
export function tablesWorkbook(tables: readonly Table[]): Promise<Uint8Array> {
  return writeInWorker([...tables]);
}
