import { describe, expect, it } from 'vitest';
import { merge, table, workbook } from '#tests/inputs/table.ts';
import { copyIndicatorSheet } from './indicator-sheet.ts';
import { pastedRows, readIndicatorRows, TABLE_CHARACTERS_MAX } from './indicator.ts';

const HEADING = ['序号', '指标名称', '单位', '目标值', '属性'];
const read = (text: string) => readIndicatorRows(pastedRows(text));

describe('an uploaded table of indicators', () => {
  it('is decided like the same table pasted, rows counted as in the file', () => {
    const rows = [
      ['规划指标表'],
      HEADING,
      [1, '干部培训\n覆盖率', '', '100%', '预期性'],
      [],
      [2, '', '个', 3, '预期性'],
    ];
    const { sheetName, text } = copyIndicatorSheet(workbook(table('说明', [['无关']]), table('指标', rows)));
    expect(sheetName).toBe('指标');
    expect(read(text)).toEqual({
      headingFound: true,
      indicators: [
        {
          ...{ ordinal: 1, name: '干部培训 覆盖率', unit: '', nature: 'expected' },
          ...{ baseValue: '', targetValue: '100%', finalValue: '' },
        },
      ],
      refused: [{ row: 5, code: 'indicator_name_missing', name: '', targetValue: '3' }],
    });
  });

  it('takes what is merged downwards for each row, and not what is merged across', () => {
    const rows = [HEADING, [1, '甲', '', '1', '约束性'], [2, '乙', '', '2', ''], ['注：数据为累计数']];
    const sheet = table('指标', rows, { merges: [merge(2, 5, 3, 5), merge(4, 1, 4, 5)] });
    const { indicators, refused } = read(copyIndicatorSheet(workbook(sheet)).text);
    expect(indicators.map(({ name, nature }) => [name, nature])).toEqual([
      ['甲', 'binding'],
      ['乙', 'binding'],
    ]);
    expect(refused).toEqual([]);
  });

  it('is looked for in visible sheets only, and must fit', () => {
    const hidden = table('指标', [HEADING, [1, '甲', '', '1', '']], { hidden: true });
    const refusedWith = (code: string) => expect.objectContaining({ code }) as Error;
    expect(() => copyIndicatorSheet(workbook(hidden, table('别的', [['甲', '乙']])))).toThrow(
      refusedWith('indicator_heading_missing'),
    );
    const long = (characters: number) => table('指标', [HEADING, [1, '甲'.repeat(characters), '', '1', '']]);
    expect(() => copyIndicatorSheet(workbook(long(TABLE_CHARACTERS_MAX)))).toThrow(
      refusedWith('indicators_long'),
    );
    expect(read(copyIndicatorSheet(workbook(long(TABLE_CHARACTERS_MAX - 100))).text).indicators).toHaveLength(
      1,
    );
  });
});
