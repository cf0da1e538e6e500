import { EMPTY_CELL, type Cell, type SheetRow, type Workbook } from '#lib/kernel/sheet.ts';
import { refuseSheet } from './sheet-copy.ts';

/**
 * The text of a CSV: UTF-8 with or without its mark, UTF-16 with its mark, else GB18030. Null when the
 * bytes are no text at all.
 */
export function decodeText(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(bytes, 'utf-16le');
  if (bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 26))) return null;
  return decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030');
}

function decoded(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    // A TypeError is how a decoder says that the bytes are not of its encoding.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** A CSV, or a table pasted with tabs, as a workbook of one sheet in which every cell is text. */
export function readDelimited(text: string, sheetName: string): Workbook {
  const rows: SheetRow[] = [];
  const records = splitRecords(text, separatorOf(text));
  if (records === null) throw refuseSheet('sheet_too_many_rows', { sheet: sheetName });
  records.forEach((fields, index) => {
    const cells = fields.map(textCell);
    if (cells.some((cell) => cell.kind !== 'empty')) rows.push({ row: index + 1, cells });
  });
  return { format: 'csv', sheets: [{ name: sheetName, hidden: false, rows, merges: [], hiddenColumns: [] }] };
}

function textCell(field: string): Cell {
  // ="4100…" is how programs stop Excel from turning a number in a CSV into 4.1E+17.
  const text = /^="[^"]*"$/.test(field) ? field.slice(2, -1) : field;
  return text === '' ? EMPTY_CELL : { kind: 'text', text, value: text, day: null };
}

function separatorOf(text: string): string {
  const sample = text.slice(0, 20_000);
  const counts = [',', '\t', ';'].map((mark) => ({ mark, count: sample.split(mark).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

/** As many lines as a sheet of Excel has; blank ones count here, so that a file of them ends early. */
const LINES_MAX = 1_048_576;

/** Fields by record (RFC 4180): quotes double inside quotes, a record may hold line breaks. */
function splitRecords(text: string, separator: string): string[][] | null {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let at = 0;
  const special = new RegExp(`[${separator}\\r\\n]`, 'g');
  while (at < text.length) {
    if (text[at] === '"' && field === '') {
      const close = closingQuote(text, at + 1);
      field = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
      continue;
    }
    special.lastIndex = at;
    const next = special.exec(text)?.index ?? text.length;
    record.push(field + text.slice(at, next));
    field = '';
    at = next + 1;
    if (text[next] === separator) {
      if (at === text.length) record.push('');
      continue;
    }
    if (text[next] === '\r' && text[next + 1] === '\n') at += 1;
    records.push(record);
    record = [];
    if (records.length > LINES_MAX) return null;
  }
  if (field !== '') record.push(field);
  if (record.length > 0) records.push(record);
  return records;
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at < 0 ? text.length : at;
}
