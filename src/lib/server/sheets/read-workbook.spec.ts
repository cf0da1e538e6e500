import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import * as library from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { Refused } from '#lib/kernel/refused.ts';
import type { Cell } from '#lib/kernel/sheet.ts';
import { FILE_BYTES_MAX, dayOfSerial, readWorkbook } from './read-workbook.ts';
import { zipOf } from '#tests/inputs/zip.ts';

const ROSTER = readFileSync('tests/inputs/roster-xiayi.xlsx');

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
  return 'read';
}

function packageOf(sheetXml: string, more: Record<string, string | Buffer> = {}): Buffer {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  return zipOf({
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packaged}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${sheetXml}</sheetData></worksheet>`,
    ...more,
  });
}

async function saved(fill: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  fill(book.addWorksheet('S'), book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const textRow = (row: number) => `<row r="${row}"><c r="A${row}" t="inlineStr"><is><t>a</t></is></c></row>`;

describe('files that are refused', () => {
  it.each([
    ['a PDF', Buffer.from('%PDF-1.7 text'), 'sheet_type'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 1]), 'sheet_type'],
    [
      'a web page named .xls',
      Buffer.from('<html><table><tr><td>姓名</td></tr></table></html>'),
      'sheet_type',
    ],
    ['an empty file', Buffer.alloc(0), 'sheet_empty'],
    ['only line breaks', Buffer.from('\r\n\r\n,,\r\n'), 'sheet_empty'],
    [
      'a Word file',
      zipOf({ '[Content_Types].xml': '<Types wordprocessingml.document.main+xml/>' }),
      'sheet_type',
    ],
    ['a zip of something', zipOf({ 'a.txt': 'a' }), 'sheet_type'],
    ['half a workbook', ROSTER.subarray(0, 30_000), 'sheet_corrupt'],
    ['a zip without an end', Buffer.from('PK\u0003\u0004 nothing follows'), 'sheet_corrupt'],
  ])('%s', (_, bytes, code) => {
    expect(codeOf(() => readWorkbook(bytes, 'roster.xlsx'))).toBe(code);
  });

  it('macros, whatever the file is called', () => {
    const macros = packageOf(textRow(1), { 'xl/vbaProject.bin': 'x' });
    expect(codeOf(() => readWorkbook(macros, 'roster.xlsx'))).toBe('sheet_macros');
    expect(codeOf(() => readWorkbook(ROSTER, 'roster.XLSM'))).toBe('sheet_macros');
    const renamed = zipOf({
      '[Content_Types].xml': '<Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>',
    });
    expect(codeOf(() => readWorkbook(renamed, 'roster.xlsx'))).toBe('sheet_macros');
  });

  it('more than 20 MB', () => {
    expect(codeOf(() => readWorkbook(Buffer.alloc(FILE_BYTES_MAX + 1, 'a'), 'a.csv'))).toBe(
      'sheet_too_large',
    );
  });

  it('more than 200 MB unpacked, whether the directory says so or lies', () => {
    const packed = deflateRawSync(Buffer.alloc(201 * 1024 * 1024, 32));
    const honest = packageOf(textRow(1), { 'xl/big.xml': '' });
    expect(codeOf(() => readWorkbook(honest, 'a.xlsx'))).toBe('read');
    const big = { packed, size: 201 * 1024 * 1024 };
    const bomb = zipOf({ '[Content_Types].xml': 'x' }, { 'xl/big.xml': big });
    expect(codeOf(() => readWorkbook(bomb, 'a.xlsx'))).toBe('sheet_unpacks_too_large');
    const lying = zipOf({ '[Content_Types].xml': 'x' }, { 'xl/big.xml': { ...big, size: 10 } });
    expect(codeOf(() => readWorkbook(lying, 'a.xlsx'))).toBe('sheet_unpacks_too_large');
  });

  it('more than 50,000 rows, and not 50,000', () => {
    const rows = (count: number) => Buffer.from('a,b\r\n'.repeat(count));
    expect(codeOf(() => readWorkbook(rows(50_001), 'a.csv'))).toBe('sheet_too_many_rows');
    expect(codeOf(() => readWorkbook(rows(50_000), 'a.csv'))).toBe('read');
    const many = packageOf(Array.from({ length: 50_001 }, (_, index) => textRow(index + 1)).join(''));
    expect(codeOf(() => readWorkbook(many, 'a.xlsx'))).toBe('sheet_too_many_rows');
  });

  it('a password, on the workbook or on an entry', () => {
    const container = library.CFB.utils.cfb_new();
    library.CFB.utils.cfb_add(container, '/EncryptionInfo', Buffer.alloc(100));
    library.CFB.utils.cfb_add(container, '/EncryptedPackage', Buffer.alloc(5000));
    const encrypted = library.CFB.write(container, { type: 'buffer' }) as Buffer;
    expect(codeOf(() => readWorkbook(encrypted, 'a.xlsx'))).toBe('sheet_encrypted');
    const flagged = zipOf({ 'a.xml': 'a' }, {}, { encrypted: true });
    expect(codeOf(() => readWorkbook(flagged, 'a.xlsx'))).toBe('sheet_encrypted');
  });

  it('a container of another program', () => {
    const container = library.CFB.utils.cfb_new();
    library.CFB.utils.cfb_add(container, '/WordDocument', Buffer.alloc(5000));
    const word = library.CFB.write(container, { type: 'buffer' }) as Buffer;
    expect(codeOf(() => readWorkbook(word, 'a.xls'))).toBe('sheet_type');
  });

  it('with a sentence in Chinese for each', () => {
    expect(() => readWorkbook(Buffer.from('%PDF'), 'a.xlsx')).toThrow(/^这不是可以读取的表格文件。请.+。$/);
  });
});

describe('cells of a workbook', () => {
  const first = (bytes: Buffer, row = 1): readonly (Cell | undefined)[] =>
    readWorkbook(bytes, 'a.xlsx').sheets[0]!.rows.find((line) => line.row === row)!.cells;

  it('stay what they are', async () => {
    const bytes = await saved((sheet) => {
      sheet.addRow(['41000019900101009X', 410000199610096000, 2026.1, true, 'a\u00a0b ']);
      sheet.getCell('F1').value = { formula: 'A1', result: 'stored' };
      sheet.getCell('G1').value = { formula: '1/0', result: { error: '#VALUE!' } };
      sheet.getCell('H1').value = new Date('2026-03-16T00:00:00Z');
      sheet.getCell('H1').numFmt = 'yyyy"年"m"月"d"日"';
      sheet.getCell('I1').value = 0.6263888888;
      sheet.getCell('I1').numFmt = 'h:mm';
      sheet.getCell('J1').value = 50;
      sheet.getCell('J1').numFmt = '0.0';
    });
    const [id, cut, decimal, logical, spaced, formula, error, day, time, number] = first(bytes);
    expect(id).toMatchObject({ kind: 'text', value: '41000019900101009X' });
    expect(cut).toMatchObject({ kind: 'number', value: 410000199610096000 });
    expect(decimal).toMatchObject({ kind: 'number', value: 2026.1 });
    expect(logical).toMatchObject({ kind: 'boolean', text: 'TRUE', value: true });
    expect(spaced).toMatchObject({ kind: 'text', value: 'a\u00a0b ' });
    expect(formula).toMatchObject({ kind: 'text', value: 'stored' });
    expect(error).toMatchObject({ kind: 'error', text: '#VALUE!' });
    expect(day).toMatchObject({ kind: 'date', day: '2026-03-16' });
    expect(time).toMatchObject({ kind: 'date', day: null, text: '15:02' });
    expect(number).toMatchObject({ kind: 'number', value: 50, text: '50.0' });
  });

  it('are found with merges, hidden columns and hidden sheets', async () => {
    const bytes = await saved((sheet, book) => {
      sheet.addRow(['a', 'b', 'c']);
      sheet.mergeCells('A1:A3');
      sheet.getColumn(2).hidden = true;
      book.addWorksheet('old', { state: 'hidden' }).addRow(['x']);
      book.addWorksheet('older', { state: 'veryHidden' }).addRow(['x']);
    });
    const { sheets } = readWorkbook(bytes, 'a.xlsx');
    expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['S', false],
      ['old', true],
      ['older', true],
    ]);
    expect(sheets[0]).toMatchObject({
      hiddenColumns: [2],
      merges: [{ top: 1, left: 1, bottom: 3, right: 1 }],
    });
  });

  it('count days from 1904 where the workbook does', async () => {
    const bytes = await saved((sheet, book) => {
      book.properties.date1904 = true;
      sheet.getCell('A1').value = 44_000;
      sheet.getCell('A1').numFmt = 'yyyy-mm-dd';
    });
    expect(first(bytes)[0]).toMatchObject({ kind: 'date', day: dayOfSerial(44_000 + 1462) });
    expect(dayOfSerial(45_352)).toBe('2024-03-01');
  });

  it('are read past a used range of half a million formatted rows', () => {
    const formatted = Array.from(
      { length: 500_000 },
      (_, index) => `<row r="${index + 2}"><c r="A${index + 2}" s="0"/><c r="B${index + 2}" s="0"/></row>`,
    );
    const started = performance.now();
    const { sheets } = readWorkbook(packageOf(textRow(1) + formatted.join('')), 'a.xlsx');
    expect(sheets[0]!.rows.map(({ row }) => row)).toEqual([1]);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describe('other forms of file', () => {
  const HEADING = ['姓名', '身份证号', '备注'];
  const LINE = ['王䶮', '41000019900101009X', '一，二\n三"四"'];
  const csv = `${HEADING.join(',')}\r\n王䶮,41000019900101009X,"一，二\n三""四"""\r\n`;
  const values = (bytes: Uint8Array, name: string) =>
    readWorkbook(bytes, name).sheets[0]!.rows.map(({ cells }) => cells.map((cell) => cell?.value ?? null));

  it('reads .xls', () => {
    const book = library.utils.book_new();
    library.utils.book_append_sheet(book, library.utils.aoa_to_sheet([HEADING, LINE, [1, true, null]]), 'S');
    const bytes = library.write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer;
    expect(readWorkbook(bytes, 'roster.xlsx').format).toBe('xls');
    expect(values(bytes, 'roster.xls')).toEqual([HEADING, LINE, [1, true]]);
  });

  it('reads CSV in UTF-8, with and without its mark', () => {
    expect(values(Buffer.from(csv), 'a.csv')).toEqual([HEADING, LINE]);
    expect(values(Buffer.from(`\ufeff${csv}`), 'a.txt')).toEqual([HEADING, LINE]);
    expect(readWorkbook(Buffer.from(csv), '上报\\2026花名册.csv').sheets[0]!.name).toBe('2026花名册');
  });

  it('reads CSV in GB18030, rare characters too', () => {
    // Two bytes a character, four for 㛃 and 𫖮.
    const bytes = Buffer.from([
      0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xcd, 0xf5, 0xfe, 0x9f, 0x82, 0x30, 0xb7, 0x31, 0x98, 0x38, 0xf5, 0x36,
    ]);
    expect(values(bytes, 'a.csv')).toEqual([['姓名', '王䶮㛃𫖮']]);
  });

  it('reads tabs, UTF-16 and ="…"', () => {
    expect(values(Buffer.from('\ufeff姓名\t备注\r\n张三\t"a\tb"\r\n', 'utf16le'), 'a.csv')).toEqual([
      ['姓名', '备注'],
      ['张三', 'a\tb'],
    ]);
    expect(values(Buffer.from('姓名,证号\n张三,="410000"\n李四,\n'), 'a.csv')).toEqual([
      ['姓名', '证号'],
      ['张三', '410000'],
      ['李四', null],
    ]);
  });
});
