import ExcelJS from 'exceljs';
import type { Cell, Sheet, Workbook } from '#lib/kernel/sheet.ts';
import { matchQuestionHeading } from '#lib/exams/question-sheet-reading.ts';
import { columnLetters, gridOf, type Grid } from '#lib/kernel/sheet-grid.ts';
import { findHeadingRows, headingKey } from '#lib/kernel/sheet-heading.ts';
import { isRosterContent, matchRosterHeading } from '#lib/people/roster-columns.ts';
import { readWorkbook, UNPACKED_BYTES_MAX } from './read-workbook.ts';
import { RESULT_HEADING } from './sheet-copy.ts';
import { unzip } from './zip.ts';

/** Why a row was refused, in the words of the reading. */
export type RowReason = { row: number; message: string };

/** Above this the sender's formats are given up: keeping them costs ten times the unpacked size. */
const REWRITABLE_BYTES_MAX = 40 * 1024 * 1024;
const REASON_WIDTH = 60;

/**
 * The sender's workbook with a column 导入结果 that holds the reason on each refused row and nothing on
 * the others. An .xlsx keeps its formats, merges and other sheets; .xls and CSV come back as .xlsx with
 * the same cells. A column 导入结果 from an earlier time is used again. Refuses what `readWorkbook` does.
 */
export async function writeReasons(
  bytes: Uint8Array,
  fileName: string,
  sheetName: string,
  reasons: readonly RowReason[],
): Promise<Uint8Array> {
  const read = readWorkbook(bytes, fileName);
  const sheet =
    read.sheets.find(({ name }) => name === sheetName) ?? read.sheets.find(({ hidden }) => !hidden)!;
  const book = await rewritable(bytes, read);
  const index = read.sheets.indexOf(sheet);
  const target = book.getWorksheet(sheet.name) ?? book.worksheets[index]!;
  const place = resultPlace(sheet, reasons[0]?.row ?? 2);
  for (const row of place.earlier) target.getRow(row).getCell(place.column).value = null;
  if (reasons.length > 0) putReasons(target, place, reasons);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

function putReasons(target: ExcelJS.Worksheet, place: ResultPlace, reasons: readonly RowReason[]): void {
  target.getColumn(place.column).width = REASON_WIDTH;
  const heading = target.getRow(place.row).getCell(place.column);
  heading.value = RESULT_HEADING;
  heading.style = HEADING_STYLE;
  for (const { row, message } of reasons) {
    const cell = target.getRow(row).getCell(place.column);
    cell.value = message;
    cell.style = REASON_STYLE;
  }
}

const RED = { argb: 'FF9C1C1C' };
const REASON_STYLE: Partial<ExcelJS.Style> = {
  font: { color: RED },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFDE9E7' } },
  alignment: { vertical: 'middle', wrapText: true },
};
const HEADING_STYLE: Partial<ExcelJS.Style> = { ...REASON_STYLE, font: { color: RED, bold: true } };

type ResultPlace = { row: number; column: number; earlier: number[] };

/** Where the column goes: where it stood before, else right of everything, beside the heading. */
function resultPlace(sheet: Sheet, firstReasonRow: number): ResultPlace {
  const grid = gridOf(sheet);
  for (const { row, cells } of sheet.rows.filter((line) => line.row < firstReasonRow)) {
    const at = cells.findIndex((cell) => cell !== undefined && headingKey(cell.text) === RESULT_HEADING);
    if (at >= 0)
      return {
        row,
        column: at + 1,
        earlier: sheet.rows.map((line) => line.row).filter((line) => line > row),
      };
  }
  return { row: headingRow(grid, firstReasonRow), column: grid.lastColumn + 1, earlier: [] };
}

/** The last row of the heading, found as the readings find it; the row above the first refused one else. */
function headingRow(grid: Grid, firstReasonRow: number): number {
  const found = [
    findHeadingRows(grid, matchRosterHeading, isRosterContent),
    findHeadingRows(grid, matchQuestionHeading, () => false),
  ];
  const [best] = found
    .filter((heading) => heading !== null)
    .toSorted((one, other) => other.score - one.score);
  return best?.rows.at(-1) ?? Math.max(1, firstReasonRow - 1);
}

async function rewritable(bytes: Uint8Array, read: Workbook): Promise<ExcelJS.Workbook> {
  if (read.format !== 'xlsx') return rebuilt(read);
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (unzip(file, UNPACKED_BYTES_MAX).bytes > REWRITABLE_BYTES_MAX) return rebuilt(read);
  const book = new ExcelJS.Workbook();
  try {
    await book.xlsx.load(file as unknown as ArrayBuffer);
  } catch (error) {
    // Files of other programs that the writer cannot load come back without their formats.
    if (!(error instanceof Error)) throw error;
    return rebuilt(read);
  }
  return book.worksheets.length === read.sheets.length ? book : rebuilt(read);
}

/** The same cells in a new workbook. */
function rebuilt(read: Workbook): ExcelJS.Workbook {
  const book = new ExcelJS.Workbook();
  read.sheets.forEach((sheet, index) => {
    const target = book.addWorksheet(allowedName(sheet.name, index), {
      state: sheet.hidden ? 'hidden' : 'visible',
    });
    for (const { row, cells } of sheet.rows)
      cells.forEach((cell, at) => {
        if (cell && cell.kind !== 'empty') putCell(target.getRow(row).getCell(at + 1), cell);
      });
    for (const { top, left, bottom, right } of sheet.merges)
      target.mergeCells(`${columnLetters(left)}${top}:${columnLetters(right)}${bottom}`);
    for (const column of sheet.hiddenColumns) target.getColumn(column).hidden = true;
  });
  return book;
}

/** A sheet's name without the signs Excel forbids, at most 31 characters. */
function allowedName(name: string, index: number): string {
  return (
    name
      .replace(/[[\]:*?/\\]|^'|'$/g, ' ')
      .slice(0, 31)
      .trim() || `Sheet${index + 1}`
  );
}

function putCell(target: ExcelJS.Cell, cell: Cell): void {
  if (cell.kind === 'text' || cell.kind === 'error') {
    target.value = cell.text;
    // Text of digits stays text: Excel would cut an ID number to fifteen figures.
    target.numFmt = '@';
    return;
  }
  target.value = cell.value as number | boolean;
  if (cell.kind === 'date') target.numFmt = cell.day === null ? 'h:mm:ss' : 'yyyy-mm-dd';
}
