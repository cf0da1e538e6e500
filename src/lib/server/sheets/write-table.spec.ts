import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { tablesWorkbook, tableWorkbook, type TableColumn } from './write-table.ts';

async function opened(bytes: Uint8Array) {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes as never);
  return workbook;
}

const COLUMNS: TableColumn[] = [
  { heading: '乡镇', kind: 'text' },
  { heading: '区划代码', kind: 'code' },
  { heading: '应训', kind: 'integer' },
  { heading: '天数', kind: 'decimal' },
  { heading: '覆盖率', kind: 'rate' },
  { heading: '最近培训', kind: 'day', width: 14 },
];

describe('tableWorkbook', () => {
  it('is read back with title, line, headings, numbers, codes and notes', async () => {
    const bytes = await tableWorkbook(
      '各乡镇轮训情况',
      COLUMNS,
      [
        ['会亭镇', '041142610100', 1234, 26.5, 0.925, '2026-03-05'],
        ['合计', null, 0, 0, null, null],
      ],
      { left: '填报单位：夏邑县应急管理局', right: '截至2026年3月5日', notes: ['覆盖率＝已训÷应训。'] },
    );
    const sheet = (await opened(bytes)).worksheets[0]!;
    expect(sheet.name).toBe('各乡镇轮训情况');
    expect(sheet.getCell('A1').value).toBe('各乡镇轮训情况');
    expect(sheet.getCell('A2').value).toBe('填报单位：夏邑县应急管理局');
    expect(sheet.getCell('D2').value).toBe('截至2026年3月5日');
    expect((sheet.getRow(3).values as unknown[]).slice(1)).toEqual(COLUMNS.map((column) => column.heading));
    expect(sheet.getCell('B4').value).toBe('041142610100');
    expect(sheet.getCell('C4').value).toBe(1234);
    expect(sheet.getCell('C4').numFmt).toBe('#,##0');
    expect(sheet.getCell('E4').value).toBe(0.925);
    expect(sheet.getCell('E4').numFmt).toBe('0.0%');
    expect(sheet.getCell('F4').value).toEqual(new Date('2026-03-05T00:00:00Z'));
    expect(sheet.getCell('E5').value).toBe('—');
    expect(sheet.getCell('B5').value).toBeNull();
    expect(sheet.getCell('A6').value).toBe('覆盖率＝已训÷应训。');
    expect(sheet.getColumn(6).width).toBe(14);
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 3 });
  });

  it('keeps what looks like a formula or a number as text', async () => {
    const nasty = ['=1+1', '+86', '-2', '@SUM(A1)', '\t=cmd|1', '0012', '410000199001010013'];
    const columns: TableColumn[] = [
      { heading: '文字', kind: 'text' },
      { heading: '编号', kind: 'code' },
      { heading: '数', kind: 'integer' },
      { heading: '日', kind: 'day' },
    ];
    const sheet = (
      await opened(
        await tableWorkbook(
          '表',
          columns,
          nasty.map((text) => [text, text, text, text]),
        ),
      )
    ).worksheets[0]!;
    nasty.forEach((text, index) => {
      for (const column of [1, 2, 3, 4]) {
        const cell = sheet.getCell(index + 3, column);
        expect(cell.value).toBe(text);
        expect(cell.type).toBe(exceljs.ValueType.String);
        expect(cell.numFmt).toBe('@');
      }
    });
  });

  it('gives every sheet a name that Excel takes', async () => {
    const table = (title: string) => ({ title, columns: COLUMNS.slice(0, 1), rows: [['甲']], frame: {} });
    const long = '一'.repeat(40);
    const workbook = await opened(
      await tablesWorkbook([table(long), table(long), table('a/b:[c]'), table('')]),
    );
    expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual([
      '一'.repeat(31),
      `${'一'.repeat(29)} 2`,
      'a b  c',
      '1',
    ]);
  });
});
