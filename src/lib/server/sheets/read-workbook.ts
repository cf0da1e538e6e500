import * as library from '@e965/xlsx';
import type { WorkBook, WorkSheet } from '@e965/xlsx';
import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs';
import type { Day } from '#lib/kernel/day.ts';
import { EMPTY_CELL, type Cell, type Sheet, type SheetRow, type Workbook } from '#lib/kernel/sheet.ts';
import { decodeText, readDelimited } from './delimited.ts';
import { refuseSheet } from './sheet-copy.ts';
import { unzip, type Unpacked } from './zip.ts';

const { CFB, set_cptable, SSF } = library;
// The library exports its two parsers without a type.
const { parse_zip, parse_xlscfb } = library as unknown as Record<
  'parse_zip' | 'parse_xlscfb',
  (container: object, options: ReadOptions) => WorkBook
>;

export const FILE_BYTES_MAX = 20 * 1024 * 1024;
export const UNPACKED_BYTES_MAX = 200 * 1024 * 1024;
export const SHEET_ROWS_MAX = 50_000;

/** What the library hands over for one cell, as far as it is used here. */
type LibraryCell = { t: string; v?: unknown; w?: string; z?: string | number };
type ReadOptions = Record<
  'dense' | 'cellStyles' | 'cellNF' | 'cellFormula' | 'cellHTML' | 'cellText',
  boolean
>;

/**
 * A file as the decisions see it. The type is told by the content; the name serves only to refuse an
 * .xlsm without a macro and to name the sheet of a CSV. Formulas give their stored result, text stays as
 * it was typed, numbers and dates stay what they are.
 *
 * Refuses as a file: `sheet_type`, `sheet_macros`, `sheet_too_large`, `sheet_unpacks_too_large`,
 * `sheet_too_many_rows`, `sheet_encrypted`, `sheet_corrupt`, `sheet_empty`.
 */
export function readWorkbook(bytes: Uint8Array, fileName: string): Workbook {
  if (bytes.length > FILE_BYTES_MAX) throw refuseSheet('sheet_too_large');
  if (bytes.length === 0) throw refuseSheet('sheet_empty');
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const workbook = byContent(file, fileName);
  for (const sheet of workbook.sheets)
    if (!sheet.hidden && sheet.rows.length > SHEET_ROWS_MAX)
      throw refuseSheet('sheet_too_many_rows', { sheet: sheet.name });
  if (workbook.sheets.every((sheet) => sheet.hidden || sheet.rows.length === 0))
    throw refuseSheet('sheet_empty');
  return workbook;
}

function byContent(file: Buffer, fileName: string): Workbook {
  if (/\.(xlsm|xltm|xlam)$/i.test(fileName)) throw refuseSheet('sheet_macros');
  const start = file.subarray(0, 8).toString('hex');
  if (start.startsWith('504b0304')) return readPackage(unzip(file, UNPACKED_BYTES_MAX));
  if (start.startsWith('504b')) throw refuseSheet('sheet_corrupt');
  if (start === 'd0cf11e0a1b11ae1') return readCompound(file);
  const text = decodeText(file);
  if (text === null || /^\s*(<|%PDF|\{\\rtf)/.test(text)) throw refuseSheet('sheet_type');
  return readDelimited(text, fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') || 'CSV');
}

function readPackage(unpacked: Unpacked): Workbook {
  const types = unpacked.entries.get('[Content_Types].xml')?.toString('utf8');
  if (types === undefined) throw refuseSheet('sheet_type');
  const paths = [...unpacked.entries.keys()];
  if (/macroEnabled/i.test(types) || paths.some((path) => /(^|\/)vbaProject[^/]*\.bin$/i.test(path)))
    throw refuseSheet('sheet_macros');
  if (!types.includes('spreadsheetml.sheet.main+xml')) throw refuseSheet('sheet_type');
  return converted('xlsx', () => parse_zip(asLibraryZip(unpacked), options()));
}

function readCompound(file: Buffer): Workbook {
  const container = orCorrupt(() => CFB.read(file, { type: 'buffer' }));
  const has = (path: string) => CFB.find(container, path) !== null;
  if (has('/EncryptedPackage')) throw refuseSheet('sheet_encrypted');
  if (!has('/Workbook') && !has('/Book')) throw refuseSheet('sheet_type');
  set_cptable(codepages);
  return converted('xls', () => parse_xlscfb(container, options()));
}

/** Styles are asked for because only they tell which columns are hidden, formats because they tell a day. */
function options(): ReadOptions {
  return { dense: true, cellStyles: true, cellNF: true, cellFormula: false, cellHTML: false, cellText: true };
}

/** Runs the library; what it throws, except a password, is a damaged file. */
function orCorrupt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const encrypted = error instanceof Error && /password/i.test(error.message);
    throw refuseSheet(encrypted ? 'sheet_encrypted' : 'sheet_corrupt');
  }
}

const EMPTY_FORMATTED_CELL = /<(?:\w+:)?c(?:\s[^<>]*)?\/>/g;

/**
 * The entries already unpacked, in the shape the library reads, so that nothing is inflated a second time
 * without a limit. Formatted cells without a value go: a used range of a million of them is common.
 */
function asLibraryZip({ entries }: Unpacked): { files: Record<string, unknown> } {
  const files: Record<string, unknown> = {};
  for (const [path, content] of entries) {
    // One byte a character, as the library keeps text until it decodes it.
    const isSheet = /^xl\/worksheets\/[^/]+\.xml$/i.test(path);
    files[path] = isSheet
      ? { name: path, data: content.toString('latin1').replace(EMPTY_FORMATTED_CELL, '') }
      : { name: path, asNodeBuffer: () => content };
  }
  return { files };
}

function converted(format: 'xlsx' | 'xls', parse: () => WorkBook): Workbook {
  const book = orCorrupt(parse);
  const shiftDays = book.Workbook?.WBProps?.date1904 ? 1462 : 0;
  const sheets = book.SheetNames.map((name, index) => {
    const hidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
    return sheetOf(name, hidden, book.Sheets[name] ?? {}, shiftDays);
  });
  return { format, sheets };
}

function sheetOf(name: string, hidden: boolean, source: WorkSheet, shiftDays: number): Sheet {
  const rows: SheetRow[] = [];
  const stored = (source['!data'] ?? []) as (LibraryCell | undefined)[][];
  // forEach visits only the rows that exist.
  stored.forEach((row, index) => {
    const cells = row.map((cell) => cellOf(cell, shiftDays));
    if (cells.some((cell) => cell !== undefined && cell.kind !== 'empty'))
      rows.push({ row: index + 1, cells });
  });
  const merges = (source['!merges'] ?? []).map(({ s, e }) => ({
    top: s.r + 1,
    left: s.c + 1,
    bottom: e.r + 1,
    right: e.c + 1,
  }));
  const hiddenColumns: number[] = [];
  source['!cols']?.forEach((column, index) => {
    if (column?.hidden) hiddenColumns.push(index + 1);
  });
  return { name, hidden, rows, merges, hiddenColumns };
}

function cellOf(cell: LibraryCell | undefined, shiftDays: number): Cell {
  if (!cell || cell.v === undefined || cell.v === null) return EMPTY_CELL;
  const text = cell.w ?? String(cell.v);
  if (cell.t === 's') {
    const value = String(cell.v);
    return value === '' ? EMPTY_CELL : { kind: 'text', text: value, value, day: null };
  }
  if (cell.t === 'b')
    return { kind: 'boolean', text: cell.v ? 'TRUE' : 'FALSE', value: cell.v === true, day: null };
  if (cell.t === 'e') return { kind: 'error', text, value: null, day: null };
  if (typeof cell.v !== 'number' || !Number.isFinite(cell.v)) return EMPTY_CELL;
  if (cell.z !== undefined && SSF.is_date(String(cell.z)))
    return { kind: 'date', text, value: cell.v, day: dayOfSerial(cell.v + shiftDays) };
  return { kind: 'number', text, value: cell.v, day: null };
}

/** The calendar day of a serial number counted from 1900; null for a time of day and what lies beyond. */
export function dayOfSerial(serial: number): Day | null {
  if (serial < 1 || serial >= 2_958_466) return null;
  const date = SSF.parse_date_code(Math.floor(serial));
  const [year, month, day] = [date.y, date.m, date.d].map(String);
  return `${year!.padStart(4, '0')}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}
