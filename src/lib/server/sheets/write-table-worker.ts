import exceljs from 'exceljs';
import type { Borders, Cell, Worksheet } from 'exceljs';
import { answerTasks } from '../worker-side.ts';
import type { Table, TableCell, TableColumn } from './write-table.ts';

const FORMATS: Record<TableColumn['kind'], string> = {
  // As text, so that editing a cell does not turn a code into a number or `=…` into a formula.
  text: '@',
  code: '@',
  integer: '#,##0',
  decimal: '#,##0.0',
  rate: '0.0%',
  day: 'yyyy-mm-dd',
};
const WIDTH_MIN = 8;
const WIDTH_MAX = 48;
const LANDSCAPE_WIDTH = 90;
const NO_RATE = '—';
/** What Excel takes in one cell. */
const TEXT_LENGTH_MAX = 32_767;
const LINE = { style: 'thin', color: { argb: 'FFB8C0CA' } } as const;
const BOX: Partial<Borders> = { top: LINE, left: LINE, bottom: LINE, right: LINE };
const HEADING_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEEF2F8' } } as const;

async function writeTables(tables: Table[]): Promise<Uint8Array> {
  const workbook = new exceljs.Workbook();
  const names = new Set<string>();
  for (const table of tables) writeTable(workbook.addWorksheet(sheetName(table, names)), table);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function sheetName({ title, frame }: Table, taken: Set<string>): string {
  const plain = (frame.sheetName ?? title).replace(/[[\]:*?/\\']/g, ' ').trim();
  const cut = (suffix: string) =>
    Array.from(plain || '1')
      .slice(0, 31 - suffix.length)
      .join('') + suffix;
  let name = cut('');
  for (let copy = 2; taken.has(name.toLowerCase()); copy += 1) name = cut(` ${copy}`);
  taken.add(name.toLowerCase());
  return name;
}

function writeTable(sheet: Worksheet, { title, columns, rows, frame }: Table): void {
  const widths = columns.map((column, index) => column.width ?? widthOf(column, rows, index));
  columns.forEach((_, index) => (sheet.getColumn(index + 1).width = widths[index]));
  const titleCell = lineAcross(sheet, 1, columns.length, title);
  titleCell.font = { bold: true, size: 16 };
  titleCell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
  sheet.getRow(1).height = 30;
  const headingRow = frame.left || frame.right ? 3 : 2;
  if (headingRow === 3) writeUnitLine(sheet, columns.length, frame.left ?? '', frame.right ?? '');
  writeHeadings(sheet, headingRow, columns);
  rows.forEach((row, index) => writeRow(sheet, headingRow + 1 + index, columns, row));
  (frame.notes ?? []).forEach((note, index) => {
    const cell = lineAcross(sheet, headingRow + rows.length + 1 + index, columns.length, note);
    cell.alignment = { wrapText: true, vertical: 'top' };
    cell.font = { size: 10 };
  });
  layOut(sheet, headingRow, rows.length, widths);
}

function lineAcross(sheet: Worksheet, row: number, columns: number, text: string): Cell {
  if (columns > 1) sheet.mergeCells(row, 1, row, columns);
  const cell = sheet.getCell(row, 1);
  cell.value = text;
  cell.numFmt = '@';
  return cell;
}

function writeUnitLine(sheet: Worksheet, columns: number, left: string, right: string): void {
  if (columns === 1) {
    lineAcross(sheet, 2, 1, `${left}  ${right}`.trim());
    return;
  }
  const middle = Math.ceil(columns / 2);
  if (middle > 1) sheet.mergeCells(2, 1, 2, middle);
  if (columns - middle > 1) sheet.mergeCells(2, middle + 1, 2, columns);
  sheet.getCell(2, 1).value = left;
  const end = sheet.getCell(2, middle + 1);
  end.value = right;
  end.alignment = { horizontal: 'right' };
}

function writeHeadings(sheet: Worksheet, at: number, columns: readonly TableColumn[]): void {
  columns.forEach((column, index) => {
    const cell = sheet.getCell(at, index + 1);
    cell.value = column.heading;
    cell.font = { bold: true };
    cell.fill = HEADING_FILL;
    cell.border = BOX;
    cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
  });
}

function writeRow(
  sheet: Worksheet,
  at: number,
  columns: readonly TableColumn[],
  row: readonly TableCell[],
): void {
  columns.forEach(({ kind }, index) => {
    const cell = sheet.getCell(at, index + 1);
    cell.value = valueOf(kind, row[index] ?? null);
    cell.numFmt = typeof cell.value === 'string' ? '@' : FORMATS[kind];
    cell.border = BOX;
    cell.alignment = { vertical: 'middle', horizontal: alignmentOf(kind), wrapText: kind === 'text' };
  });
}

function alignmentOf(kind: TableColumn['kind']): 'left' | 'center' | 'right' {
  if (kind === 'text') return 'left';
  return kind === 'code' || kind === 'day' ? 'center' : 'right';
}

/** Only numbers become numbers and only days become dates; everything else stays the text it was. */
function valueOf(kind: TableColumn['kind'], cell: TableCell): string | number | Date | null {
  if (cell === null) return kind === 'rate' ? NO_RATE : null;
  if (kind === 'day' && typeof cell === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(cell))
    return new Date(`${cell}T00:00:00Z`);
  if (typeof cell === 'number' && kind !== 'text' && kind !== 'code')
    return Number.isFinite(cell) ? cell : NO_RATE;
  return String(cell).slice(0, TEXT_LENGTH_MAX);
}

function widthOf(column: TableColumn, rows: Table['rows'], index: number): number {
  let longest = column.kind === 'day' ? 10 : lengthOf(column.heading);
  for (const row of rows.slice(0, 500)) longest = Math.max(longest, lengthOf(String(row[index] ?? '')));
  return Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, longest + 2));
}

/** In half-width characters: a Chinese one counts two. */
function lengthOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (character.codePointAt(0)! > 0x2e7f ? 2 : 1), 0);
}

function layOut(sheet: Worksheet, headingRow: number, rowCount: number, widths: number[]): void {
  const wide = widths.reduce((sum, width) => sum + width, 0) > LANDSCAPE_WIDTH;
  sheet.views = [{ state: 'frozen', ySplit: headingRow, xSplit: 0 }];
  if (rowCount > 0)
    sheet.autoFilter = {
      from: { row: headingRow, column: 1 },
      to: { row: headingRow + rowCount, column: widths.length },
    };
  sheet.pageSetup = {
    paperSize: 9,
    orientation: wide ? 'landscape' : 'portrait',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: `${headingRow}:${headingRow}`,
    horizontalCentered: true,
    margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
  };
  sheet.headerFooter.oddFooter = '&C&P / &N';
}

answerTasks(writeTables);
