import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/kernel/actor.ts';
import { readWorkbook } from '#lib/server/sheets/read-workbook.ts';
import { copyIndicatorSheet } from './indicator-sheet.ts';
import { pastedRows, readIndicatorRows } from './indicator.ts';
import {
  blankIndicatorSheet,
  enterPlan,
  indicatorsFrom,
  previewPlan,
  readPlan,
} from './indicators.server.ts';

const NOW = new Date('2026-11-22T01:00:00Z');
const actor = (role: 'bureau' | 'township_officer', path: string): Actor => ({
  accountId: 'a',
  personId: null,
  name: role,
  grants: [{ role, path, organizationId: null }],
});
const xiayi = actor('bureau', '/41/4114/411426/');
const huiting = actor('township_officer', '/41/4114/411426/411426101/');
const PLAN = { title: '夏邑县“十五五”应急规划', fromYear: 2026, untilYear: 2030, source: '县政府文件' };

/** The template as the product hands it out, filled in. */
async function filled(rows: (string | number)[][]) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await blankIndicatorSheet(xiayi)).buffer as ArrayBuffer);
  for (const row of rows) book.worksheets[0]!.addRow(row);
  return { bytes: new Uint8Array(await book.xlsx.writeBuffer()), fileName: '指标.xlsx' };
}

describe('a table of indicators', () => {
  it('uploaded in the template is previewed without a change, then entered as it was shown', async () => {
    const file = await filled([
      [1, '干部培训覆盖率', '', '85%', '100%', '预期性'],
      [2, '执法人员占比', '', '', '≥75%', '约束性'],
    ]);
    const preview = await previewPlan(xiayi, { ...PLAN, rows: '', file });
    expect(preview).toMatchObject({ sheetName: '规划指标', refused: [], reasons: [] });
    const { planId } = await enterPlan(
      xiayi,
      '411426',
      { ...PLAN, indicators: indicatorsFrom(xiayi, pastedRows(preview.rows)) },
      NOW,
    );
    expect((await readPlan(xiayi, planId, NOW)).indicators).toMatchObject([
      { ordinal: 1, name: '干部培训覆盖率', baseValue: '85%', targetValue: '100%', nature: 'expected' },
      { ordinal: 2, name: '执法人员占比', baseValue: '', targetValue: '≥75%', nature: 'binding' },
    ]);
    const again = await previewPlan(xiayi, { ...PLAN, rows: preview.rows });
    expect(again).toEqual({ ...preview, sheetName: null, reasons: [expect.stringContaining('重叠')] });
  });

  it('with rows that cannot be read names each, and is entered by no way', async () => {
    const file = await filled([
      [1, '干部培训覆盖率', '', '', '100%', '预期性'],
      [2, '执法人员占比', '', '', '', '约束性'],
    ]);
    const { rows, indicators, refused } = await previewPlan(xiayi, { ...PLAN, rows: '', file });
    expect(indicators).toHaveLength(1);
    expect(refused).toMatchObject([{ code: 'indicator_target_missing', name: '执法人员占比' }]);
    expect(() => indicatorsFrom(xiayi, pastedRows(rows))).toThrow(`第 ${refused[0]!.row} 行缺目标值`);
  });

  it('that is no table is refused with the sentences of every import', async () => {
    const refusedFile = (text: string, fileName: string) =>
      previewPlan(xiayi, { ...PLAN, rows: '', file: { bytes: new TextEncoder().encode(text), fileName } });
    await expect(refusedFile('%PDF-1.7', '规划.pdf')).rejects.toMatchObject({ code: 'sheet_type' });
    await expect(refusedFile('', '空.csv')).rejects.toMatchObject({ code: 'sheet_empty' });
    await expect(refusedFile('甲,乙\n1,2\n', '别的.csv')).rejects.toMatchObject({
      code: 'indicator_heading_missing',
    });
  });

  it('is for who keeps the indicators of a place', async () => {
    await expect(previewPlan(huiting, { ...PLAN, rows: '' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(blankIndicatorSheet(huiting)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('has a template that is read back as an empty table', async () => {
    const { text } = copyIndicatorSheet(readWorkbook(await blankIndicatorSheet(xiayi), '模板.xlsx'));
    expect(readIndicatorRows(pastedRows(text))).toEqual({ headingFound: true, indicators: [], refused: [] });
  });
});
