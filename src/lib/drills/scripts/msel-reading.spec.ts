import { describe, expect, it } from 'vitest';
import type { Workbook } from '#lib/kernel/sheet.ts';
import { modelScriptFiles } from '#seeds/reference/scripts.ts';
import { exampleScript } from '#tests/drills/example-script.ts';
import { namesOf, partsAt, type Draft } from './draft.ts';
import { lintScript } from './lint.ts';
import { MSEL_SHEETS } from './msel-columns-copy.ts';
import { readMsel } from './msel-reading.ts';
import { triggerNamesOf } from './msel.ts';

type Cells = Record<string, string>;

/** The workbook as it is exported, each row as its cells by heading, to change. */
function exported(draft: Draft): Record<string, Cells[]> {
  const context = { draft, name: namesOf(draft), triggers: triggerNamesOf(draft) };
  return Object.fromEntries(
    MSEL_SHEETS.map(({ name, list, columns }) => [
      name,
      partsAt(draft, list).map((part) =>
        Object.fromEntries(columns.map((column) => [column.heading, column.write(part, context)])),
      ),
    ]),
  );
}

function workbookOf(sheets: Record<string, Cells[]>): Workbook {
  const cell = (text: string) => ({ kind: 'text' as const, text, value: text, day: null });
  return {
    format: 'xlsx',
    sheets: Object.entries(sheets).map(([name, rows]) => {
      const headings = MSEL_SHEETS.find((each) => each.name === name)!.columns.map(({ heading }) => heading);
      return {
        name,
        hidden: false,
        merges: [],
        hiddenColumns: [],
        rows: [
          { row: 1, cells: [cell('【演练】标题')] },
          { row: 3, cells: headings.map(cell) },
          ...rows.map((row, at) => ({
            row: 4 + at,
            cells: headings.map((heading) => cell(row[heading] ?? '')),
          })),
        ],
      };
    }),
  };
}

const draft = exampleScript() as unknown as Draft;
const changed = (change: (sheets: Record<string, Cells[]>) => void) => {
  const sheets = exported(draft);
  change(sheets);
  return readMsel(draft, workbookOf(sheets));
};

describe('a workbook brought back', () => {
  it.each(modelScriptFiles())('changes nothing when nothing was changed: $file', ({ draft: model }) => {
    const reading = readMsel(model as Draft, workbookOf(exported(model as Draft)));
    expect(reading).toMatchObject({ changes: [], refused: [] });
    expect(reading.draft).toEqual(model);
    expect(reading.same).toBeGreaterThan(20);
  });

  it('changes what was changed, and only that', () => {
    const reading = changed((sheets) => {
      sheets['情景']![0]!['什么时候发'] = 'T+7:30';
      sheets['情景']![0]!['发给谁'] = '单位:会亭镇';
      sheets['预期动作']![0]!['时限（分钟）'] = '20';
    });
    expect(reading.refused).toEqual([]);
    expect(reading.changes.map(({ title, isNew, fields }) => [title, isNew, fields.length])).toEqual([
      ['A-01 强降雨', false, 2],
      ['电话报告并提交首报', false, 1],
    ]);
    expect(partsAt(reading.draft, 'injects')[0]).toMatchObject({
      trigger: { at: 'PT7M30S' },
      to: [{ org: 'town' }],
      ackLimit: 'PT3M',
    });
    expect(partsAt(reading.draft, 'expectations')[0]).toMatchObject({ limit: 'PT20M', critical: true });
  });

  it('takes a new row without an id, and leaves a script without faults', () => {
    const reading = changed((sheets) => {
      sheets['情景']!.push({ ...sheets['情景']![0]!, 编号: 'A-09', 系统号: '', 什么时候发: 'A-01发出后3' });
    });
    expect(reading.changes).toMatchObject([{ isNew: true, title: 'A-09 强降雨' }]);
    expect(partsAt(reading.draft, 'injects')).toHaveLength(6);
    expect(lintScript(reading.draft).findings).toEqual([]);
  });

  it('refuses a row whole, with every reason, and takes the others', () => {
    const reading = changed((sheets) => {
      Object.assign(sheets['情景']![0]!, { 什么时候发: '改天', 发给谁: '没有的人', 标题: '改过' });
      sheets['情景']![1]!['标题'] = '水位超过警戒';
      sheets['情景']![2]!['系统号'] = 'gone';
      sheets['情景']![4]!['编号'] = 'A-04';
    });
    expect(reading.changes.map(({ title }) => title)).toEqual(['A-02 水位超过警戒']);
    expect(reading.refused.map(({ row, faults }) => [row, faults.map(({ fault }) => fault)])).toEqual([
      [4, ['trigger_unreadable', 'name_unknown']],
      [6, ['id_unknown']],
      [8, ['code_taken']],
    ]);
    expect(partsAt(reading.draft, 'injects')[0]).toEqual(partsAt(draft, 'injects')[0]);
  });

  it('deletes nothing that is missing, and finds a row without its id by its code', () => {
    const reading = changed((sheets) => {
      sheets['情景'] = [{ ...sheets['情景']![3]!, 系统号: '', 标题: '要不要转移' }];
      delete sheets['角色'];
    });
    expect(reading.changes).toMatchObject([{ isNew: false, title: 'A-04 要不要转移' }]);
    expect(partsAt(reading.draft, 'injects')).toHaveLength(5);
    expect(reading.sheets).toEqual(['情景', '预期动作']);
  });

  it('finds nothing in a workbook of something else', () => {
    expect(readMsel(draft, workbookOf({})).sheets).toEqual([]);
  });
});
