import { readFileSync } from 'node:fs';
import * as library from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { decideQuestions } from '#lib/exams/question-sheet-reading.ts';
import { decideRoster } from '#lib/people/roster-reading.ts';
import { XIAYI } from '#tests/inputs/xiayi.ts';
import { readWorkbook } from './read-workbook.ts';
import { writeReasons, type RowReason } from './write-reasons.ts';
import { writeTemplate } from './write-template.ts';

const FILE = 'roster-xiayi.xlsx';
const bytes = readFileSync(`tests/inputs/${FILE}`);
const decide = (file: Uint8Array, name = FILE) =>
  decideRoster(readWorkbook(file, name), XIAYI, { uploadedOn: '2026-03-16' });

async function opened(file: Uint8Array): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(file) as unknown as ArrayBuffer);
  return book;
}

function reasonsOf(file: Uint8Array): RowReason[] {
  return decide(file).rows.flatMap((row) =>
    row.outcome === 'refused' ? [{ row: row.row, message: row.message }] : [],
  );
}

describe('the sender’s workbook with reasons', () => {
  it('has a reason on each refused row and on no other, coloured', async () => {
    const reasons = reasonsOf(bytes);
    const sheet = (await opened(await writeReasons(bytes, FILE, '花名册', reasons))).getWorksheet('花名册')!;
    const written = new Map<number, string>();
    sheet.eachRow((row, number) => {
      const value = row.getCell(12).text;
      if (value !== '') written.set(number, value);
    });
    expect(written).toEqual(
      new Map([[3, '导入结果'], ...reasons.map(({ row, message }) => [row, message] as const)]),
    );
    expect(sheet.getCell('L35').fill).toMatchObject({ fgColor: { argb: 'FFFDE9E7' } });
    expect(sheet.getCell('K35').fill).not.toMatchObject({ fgColor: { argb: 'FFFDE9E7' } });
    expect(sheet.getCell('L36').fill).toBeUndefined();
  });

  it('keeps formats, merges, hidden columns, formulas and other sheets', async () => {
    const before = await opened(bytes);
    const after = await opened(await writeReasons(bytes, FILE, '花名册', reasonsOf(bytes)));
    expect(after.worksheets.map(({ name }) => name)).toEqual(before.worksheets.map(({ name }) => name));
    const [one, other] = [before, after].map((book) => book.getWorksheet('花名册')!);
    expect(other!.model.merges.toSorted()).toEqual(one!.model.merges.toSorted());
    expect(other!.getColumn(5).hidden).toBe(true);
    expect(other!.getCell('E4').formula).toBe(one!.getCell('E4').formula);
    for (const address of ['A1', 'B3', 'D4', 'J378', 'I185']) {
      expect(other!.getCell(address).value).toEqual(one!.getCell(address).value);
      // Defaults that the sender's program wrote out may go.
      expect(one!.getCell(address).style).toMatchObject(other!.getCell(address).style);
    }
  });

  it('is decided as before when it is sent again, and takes the column again', async () => {
    const first = await writeReasons(bytes, FILE, '花名册', reasonsOf(bytes));
    expect(decide(first)).toEqual(decide(bytes));
    const second = await writeReasons(first, FILE, '花名册', [{ row: 35, message: '再看' }]);
    const sheet = (await opened(second)).getWorksheet('花名册')!;
    expect(sheet.getCell('L3').value).toBe('导入结果');
    expect(sheet.getCell('L35').value).toBe('再看');
    expect(sheet.getCell('L60').value).toBeNull();
    expect(sheet.getCell('M3').value).toBeNull();
  });

  it('has no column when nothing was refused, and heads it beside the heading, not beside full rows', async () => {
    const none = (await opened(await writeReasons(bytes, FILE, '花名册', []))).getWorksheet('花名册')!;
    expect(none.getCell('L3').value).toBeNull();
    const sent = Buffer.from(
      '花名册\n姓名,身份证号,人员类别\n张三,410000199001010014,执法人员,多,余\n李四,1,执法人员\n',
    );
    const sheet = (await opened(await writeReasons(sent, 'a.csv', 'a', [{ row: 4, message: '看' }])))
      .worksheets[0]!;
    expect([sheet.getCell('F2').value, sheet.getCell('F3').value, sheet.getCell('F4').value]).toEqual([
      '导入结果',
      null,
      '看',
    ]);
  });

  it.each([
    ['biff8', 'a.xls'],
    ['csv', 'a.csv'],
  ] as const)('comes back as .xlsx from %s, digits still text', async (bookType, name) => {
    const book = library.utils.book_new();
    const rows = [
      ['姓名', '身份证号'],
      ['张三', '410000199001010014'],
    ];
    library.utils.book_append_sheet(book, library.utils.aoa_to_sheet(rows), 'a');
    const sent = library.write(book, { type: 'buffer', bookType }) as Buffer;
    const sheet = (await opened(await writeReasons(sent, name, 'a', [{ row: 2, message: '看' }])))
      .worksheets[0]!;
    expect(sheet.getRow(1).values).toEqual([undefined, ...rows[0]!, '导入结果']);
    expect(sheet.getRow(2).values).toEqual([undefined, ...rows[1]!, '看']);
    expect(sheet.getCell('B2').type).toBe(ExcelJS.ValueType.String);
  });
});

describe('blank workbooks', () => {
  it.each(['cadre', 'enterprise'] as const)('%s can be read, and hold nobody', async (kind) => {
    const reading = decide(await writeTemplate(kind, ['县级应急人员']), 'template.xlsx');
    expect(reading).toMatchObject({ rows: [], lacking: [], unassigned: [], skipped: [] });
    expect(reading.columns.every(({ confidence }) => confidence === 'heading')).toBe(true);
  });

  it('questions can be read, and hold none', async () => {
    const reading = decideQuestions(readWorkbook(await writeTemplate('questions'), 'template.xlsx'));
    expect(reading).toMatchObject({ rows: [], lacking: [], unassigned: [], skipped: [] });
  });

  it('filled in, are imported; lists are offered, digits stay text', async () => {
    const book = await opened(await writeTemplate('cadre', ['县级应急人员', '执法人员']));
    const sheet = book.worksheets[0]!;
    expect(sheet.getCell('G5').dataValidation).toMatchObject({ formulae: ['"县级应急人员,执法人员"'] });
    expect(sheet.getCell('D5').numFmt).toBe('@');
    sheet.getCell('A2').value = '填报单位：夏邑县应急管理局　　填报日期：2026年5月1日';
    sheet.getRow(5).values = [
      1,
      '张三',
      '男',
      '410000199001010014',
      '夏邑县应急管理局',
      '科员',
      '执法人员',
      '',
      '',
      '',
    ];
    const reading = decide(new Uint8Array(await book.xlsx.writeBuffer()), 'a.xlsx');
    expect(reading).toMatchObject({ asOf: '2026-05-01', reportedBy: '夏邑县应急管理局' });
    expect(reading.rows).toMatchObject([
      { outcome: 'accepted', fields: { name: '张三', category: 'enforcement' } },
    ]);
  });
});
