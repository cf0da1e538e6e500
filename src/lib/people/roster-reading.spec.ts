import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sheet } from '#lib/kernel/sheet.ts';
import { rememberedHeading } from '#lib/kernel/sheet-columns.ts';
import { dateCell, idOf, merge, table, workbook, type Written } from '#tests/inputs/table.ts';
import { LUSHI, XIAYI } from '#tests/inputs/xiayi.ts';
import { decideRoster } from './roster-reading.ts';
import type { RosterOptions, RosterReading } from './roster.ts';

const UPLOADED = { uploadedOn: '2026-03-16' };
const HEADING = [
  '序号',
  '姓名',
  '性别',
  '身份证号',
  '单位',
  '职务',
  '人员类别',
  '所属乡镇',
  '手机号',
  '备注',
];
const A = idOf('19800101', 1);
const B = idOf('19810202', 2);
const C = idOf('19820303', 3);
const rowA = [1, '王一', '男', A, '会亭镇人民政府', '主任', '乡镇应急人员', '会亭镇', '16900000001', ''];
const rowB = [2, '李二', '女', B, '会亭镇张庄村', '站长', '村安全劝导站站长', '会亭镇', '16900000002', ''];
const rowC = [3, '张三', '男', C, '夏邑县应急管理局', '科员', '县级应急人员', '', '16900000003', ''];

function decide(
  sheets: Sheet | Sheet[],
  options: Partial<RosterOptions> = {},
  reference = XIAYI,
): RosterReading {
  return decideRoster(workbook(...[sheets].flat()), reference, { ...UPLOADED, ...options });
}

const outcomes = ({ rows }: RosterReading) =>
  rows.map((row) =>
    row.outcome === 'accepted' ? `${row.row} ${row.fields.name}` : `${row.row} ${row.code}`,
  );
const fieldsOf = ({ rows }: RosterReading) =>
  rows.map((row) => (row.outcome === 'accepted' ? row.fields : row.message));
const columnsOf = ({ columns }: RosterReading) =>
  Object.fromEntries(columns.map(({ field, column }) => [field, column]));

describe('columns', () => {
  const plain = decide(table('名单', [HEADING, rowA, rowB, rowC]));

  it('are found in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...HEADING.keys()], { minLength: HEADING.length }), (order) => {
        const shuffled = [HEADING, rowA, rowB, rowC].map((row) => order.map((at) => row[at]!));
        expect(fieldsOf(decide(table('名单', shuffled)))).toEqual(fieldsOf(plain));
      }),
      { numRuns: 40 },
    );
    expect(outcomes(plain)).toEqual(['2 王一', '3 李二', '4 张三']);
  });

  it('are found under other words, with spaces, stars and remarks in brackets', () => {
    const words = [
      '编号',
      '姓　名',
      '性 别',
      '公民身份号码（18位）',
      '*工作单位',
      '职务/岗位',
      '层级',
      '乡镇（街道）',
      '联系 电话',
      '备注',
    ];
    expect(fieldsOf(decide(table('名单', [words, rowA, rowB, rowC])))).toEqual(fieldsOf(plain));
  });

  it('are found in two rows of heading', () => {
    const top = ['序号', '基本情况', '', '', '工作情况', '', '', '', '联系电话', '备注'];
    const bottom = ['', '姓名', '性别', '身份证号码', '单位', '职务', '人员类别', '乡镇', '', ''];
    const merges = [
      merge(2, 1, 3, 1),
      merge(2, 2, 2, 4),
      merge(2, 5, 2, 8),
      merge(2, 9, 3, 9),
      merge(2, 10, 3, 10),
    ];
    const reading = decide(table('名单', [['花名册'], top, bottom, rowA, rowB, rowC], { merges }));
    expect(reading.headingRows).toEqual([2, 3]);
    expect(outcomes(reading)).toEqual(['4 王一', '5 李二', '6 张三']);
    expect(fieldsOf(reading)).toEqual(fieldsOf(plain));
  });

  it('are told by a group title above a word that many columns have', () => {
    const top = ['姓名', '身份证', '类别', '操作证', '', '操作项目'];
    const bottom = ['', '', '', '编号', '有效期', ''];
    const merges = [
      merge(1, 1, 2, 1),
      merge(1, 2, 2, 2),
      merge(1, 3, 2, 3),
      merge(1, 4, 1, 5),
      merge(1, 6, 2, 6),
    ];
    const line = ['王一', A, '特种作业人员', `T${A}`, '2028-01-01', '低压电工'];
    const reading = decide(table('台账', [top, bottom, line], { merges }));
    expect(columnsOf(reading)).toMatchObject({ certificate: 4, validUntil: 5, operation: 6 });
    expect(fieldsOf(reading)[0]).toMatchObject({ operation: '低压电工作业', validUntil: '2028-01-01' });
  });

  it('are found by content where a heading is missing', () => {
    const words = ['序号', '', '', '', '单位', '职务', '', '', '', '备注'];
    const reading = decide(table('名单', [words, rowA, rowB, rowC]));
    expect(columnsOf(reading)).toMatchObject({ name: 2, sex: 3, id: 4, category: 7, township: 8, phone: 9 });
    expect(reading.columns.find(({ field }) => field === 'id')!.confidence).toBe('content');
    expect(outcomes(reading)).toEqual(['2 王一', '3 李二', '4 张三']);
  });

  it('are found by content where two headings are exchanged', () => {
    const words = HEADING.with(3, '手机号').with(8, '身份证号');
    expect(columnsOf(decide(table('名单', [words, rowA, rowB, rowC])))).toMatchObject({ id: 4, phone: 9 });
  });

  it('follow what a person corrected, and then what was remembered', () => {
    const words = HEADING.with(5, '单位全称');
    const rows = [words, rowA, rowB, rowC];
    expect(
      columnsOf(decide(table('名单', rows), { mapping: { unit: 6, title: 5, remark: 0 } })),
    ).toMatchObject({
      unit: 6,
      title: 5,
    });
    expect(columnsOf(decide(table('名单', rows), { mapping: { remark: 0 } }))).not.toHaveProperty('remark');
    const memory = { [rememberedHeading('单位全称')]: 'unit', [rememberedHeading('单位')]: '' } as const;
    const remembered = decide(table('名单', rows), { memory });
    expect(remembered.columns.find(({ field }) => field === 'unit')).toMatchObject({
      column: 6,
      confidence: 'remembered',
    });
  });

  it('that nobody knows are named, hidden ones are not read', () => {
    const words = [...HEADING, '血型', '第二电话'];
    const reading = decide(table('名单', [words, [...rowA, 'A', '']], { hiddenColumns: [9] }));
    expect(reading.unassigned).toEqual([{ column: 11, heading: '血型' }]);
    expect(columnsOf(reading)).toMatchObject({ phone: 12 });
    expect(fieldsOf(reading)[0]).toMatchObject({ phone: null });
  });

  it('that are lacking stop the reading, not the rows', () => {
    const reading = decide(
      table('名单', [
        ['姓名', '性别', '身份证号'],
        ['王一', '男', A],
      ]),
    );
    expect(reading).toMatchObject({ lacking: ['category'], rows: [] });
    const alike = decide(
      table('名单', [
        ['姓名', '身份证号'],
        ['王一', A],
      ]),
      { category: 'county_emergency' },
    );
    expect(alike).toMatchObject({
      lacking: [],
      rows: [{ fields: { category: 'county_emergency', sex: '男' } }],
    });
  });

  it('ignore the 导入结果 of an earlier time', () => {
    const reading = decide(
      table('名单', [
        [...HEADING, '导入结果'],
        [...rowA, '第2行…'],
      ]),
    );
    expect(reading.unassigned).toEqual([]);
    expect(outcomes(reading)).toEqual(['2 王一']);
  });
});

describe('sheets and rows', () => {
  it('takes the fullest visible sheet, instructions last, another when asked', () => {
    const sheets = [
      table('填表说明', [HEADING, rowA, rowB, rowC]),
      table('旧表', [HEADING, rowA, rowB], { hidden: true }),
      table('二', [HEADING, rowA]),
    ];
    expect(decide(sheets)).toMatchObject({ sheetName: '二', otherSheets: ['填表说明'] });
    const asked = decide(sheets, { sheetName: '填表说明' });
    expect(asked.rows).toHaveLength(3);
    expect(asked).toMatchObject({ sheetName: '填表说明', otherSheets: ['二'] });
    expect(() => decide(sheets, { sheetName: '旧表' })).toThrow('文件里没有工作表“旧表”');
  });

  it('without a column for it takes one category for all rows: the one given, else the one remembered', () => {
    const without = (title: string) =>
      table('名单', [
        [title],
        ['姓名', '身份证号', '单位', '所属乡镇'],
        ['王一', idOf('19850101', 1), '会亭镇会亭村', '会亭镇'],
      ]);
    const open = decide(without('2026年灾害信息员名单'));
    expect(open).toMatchObject({ lacking: ['category'], rows: [], wholeCategory: null });
    const given = decide(without('2026年灾害信息员名单'), { category: 'disaster_informant_b' });
    expect(given.wholeCategory).toEqual({ code: 'disaster_informant_b', source: 'given' });
    expect(given.rows).toMatchObject([{ fields: { category: 'disaster_informant_b' } }]);
    const categoryMemory = { [open.fileKey]: 'disaster_informant_a' };
    const remembered = { code: 'disaster_informant_a', source: 'remembered' };
    expect(decide(without('2027年灾害信息员名单'), { categoryMemory }).wholeCategory).toEqual(remembered);
    expect(decide(without('2027年执法人员名单'), { categoryMemory }).wholeCategory).toBeNull();
    const taken = { categoryMemory: { [open.fileKey]: '' } };
    expect(decide(without('2026年灾害信息员名单'), taken).lacking).toEqual(['category']);
  });

  it('with a column for the category goes by it, whatever was given for the whole file', () => {
    const reading = decide(table('名单', [HEADING, rowA]), { category: 'new_worker' });
    expect(reading.wholeCategory).toBeNull();
    expect(reading.rows.map((row) => row.outcome === 'accepted' && row.fields.category)).not.toContain(
      'new_worker',
    );
  });

  it('refuses a file without a roster', () => {
    expect(() =>
      decide(
        table('账', [
          ['日期', '金额'],
          ['2026-01-01', 5],
        ]),
      ),
    ).toThrow(expect.objectContaining({ code: 'roster_not_found' }) as Error);
  });

  it('skips sums, titles inside, repeated headings, blanks and what stands below', () => {
    const rows: Written[][] = [
      HEADING,
      ['一、乡镇'],
      rowA,
      ['小计', '', '', 1],
      [7, '', '', '', '', '', '', '', '', ''],
      HEADING,
      rowB,
      [],
      ['合 计', '', '', 2],
      ['填表人：王一　　审核人：李二'],
      ['注：每年三月报送'],
    ];
    const reading = decide(table('名单', rows));
    expect(outcomes(reading)).toEqual(['3 王一', '7 李二']);
    expect(reading.skipped.map(({ row, why }) => `${row} ${why}`)).toEqual([
      '2 section',
      '4 total',
      '5 blank',
      '6 heading',
      '8 blank',
      '9 total',
      '10 footer',
      '11 footer',
    ]);
  });

  it('fills merged cells downwards, not empty ones', () => {
    const rows = [
      HEADING,
      rowB,
      rowB.with(3, idOf('19830101', 4)).with(7, ''),
      rowB.with(3, idOf('19830101', 6)).with(7, ''),
    ];
    const reading = decide(table('名单', rows, { merges: [merge(2, 8, 3, 8)] }));
    expect(outcomes(reading)).toEqual(['2 李二', '3 李二', '4 township_missing']);
  });
});

describe('the day of the report', () => {
  const born = idOf('20260320', 1);
  const line = (id: string) => table('名单', [HEADING, rowA.with(3, id)]);
  const dated = (...top: Written[]) => table('名单', [['花名册'], top, HEADING, rowA.with(3, born)]);

  it('is that of the upload where the file names none', () => {
    expect(decide(line(born))).toMatchObject({ asOf: '2026-03-16', asOfSource: 'upload' });
    expect(outcomes(decide(line(born)))).toEqual(['2 id_birth_date']);
  });

  it.each([
    ['填报日期：2026年3月20日'],
    ['填报单位：夏邑县应急管理局', '填 报 日 期：', dateCell('2026-03-20')],
    ['制表日期:2026.3.20　　联系人：王一'],
    ['报送时间：', '2026/3/20'],
  ])('is read from the file: %s', (...top) => {
    const reading = decide(dated(...(top as Written[])));
    expect(reading).toMatchObject({ asOf: '2026-03-20', asOfSource: 'sheet' });
    expect(outcomes(reading)).toEqual(['4 王一']);
  });

  it('may stand under the table, and may be unreadable', () => {
    const under = decide(table('名单', [HEADING, rowA, ['填报人：王一　　填报日期：2026年2月1日']]));
    expect(under.asOf).toBe('2026-02-01');
    expect(decide(dated('填报日期：二月三十日'))).toMatchObject({ asOfSource: 'upload' });
  });
});

describe('rows against each other', () => {
  it('takes the first of a person in a post, also written with fifteen digits', () => {
    const old = A.slice(0, 6) + A.slice(8, 17);
    const rows = [HEADING, rowA, rowA.with(3, old).with(1, '王 一'), rowA.with(3, Number(old))];
    const reading = decide(table('名单', rows));
    expect(outcomes(reading)).toEqual(['2 王一', '3 duplicate_row', '4 duplicate_row']);
    expect(reading.rows[1]).toMatchObject({ other: [2], shown: A });
  });

  it('takes a later row where the first was refused', () => {
    const rows = [HEADING, rowA.with(8, '1690'), rowA];
    expect(outcomes(decide(table('名单', rows)))).toEqual(['2 phone_invalid', '3 王一']);
  });

  it('takes neither of two names under one number, however many rows', () => {
    const rows = [HEADING, rowA, rowA.with(6, '灾害信息员A角'), rowA.with(1, '王乙')];
    const reading = decide(table('名单', rows));
    expect(outcomes(reading)).toEqual(['2 id_name_conflict', '3 id_name_conflict', '4 id_name_conflict']);
    expect(reading.rows[2]).toMatchObject({ other: [2, 3] });
  });

  it('takes a second post and a head of two villages', () => {
    const rows = [HEADING, rowB, rowB.with(6, '灾害信息员B角'), rowB.with(4, '会亭镇李庄村')];
    expect(outcomes(decide(table('名单', rows)))).toEqual(['2 李二', '3 李二', '4 李二']);
  });

  it('names all faults of a row, the main one first', () => {
    const rows = [HEADING, ['', '', '男', '123', '', '', '临时工', '东关镇', '12', '']];
    const [row] = decide(table('名单', rows)).rows;
    expect(row).toMatchObject({
      code: 'name_missing',
      also: ['id_length', 'category_unknown', 'township_unknown', 'phone_invalid'],
    });
    expect(row).toHaveProperty(
      'message',
      expect.stringMatching(/^第2行B列“姓名”.*D列“身份证号”.*G列“人员类别”.*I列“手机号”/),
    );
  });
});

describe('a roster of 卢氏', () => {
  const words = ['乡镇', '姓名', '层级', '身份证号码', '电话', '单位'];
  const rows = [
    ['卢氏县2026年应急管理培训名单'],
    words,
    ['官道口', '王一', '乡镇', A, '', '官道口镇人民政府'],
    ['卢氏县横涧乡', '李二', '村级应急服务站站长', B, '', '横涧乡照村'],
    ['兴贤里街道办事处', '赵六', '应急网格长', idOf('19850505', 5), '', '兴贤里街道河滨社区居民委员会'],
    ['会亭镇', '张三', '村级', C, '', '会亭镇张庄村'],
    ['—', '周四', '县级', idOf('19840404', 4), '', '卢氏县应急管理局'],
  ];

  it('is decided with its own townships and words', () => {
    const reading = decide(table('名单', rows), {}, LUSHI);
    expect(outcomes(reading)).toEqual(['3 王一', '4 李二', '5 赵六', '6 township_unknown', '7 周四']);
    expect(fieldsOf(reading).slice(0, 3)).toMatchObject([
      { townshipName: '官道口镇', village: null, category: 'township_emergency' },
      { townshipName: '横涧乡', village: '照村', category: 'village_station_head' },
      { townshipName: '兴贤里街道', village: '河滨社区', category: 'village_station_head' },
    ]);
    expect(outcomes(decide(table('名单', rows)))).toEqual([
      '3 category_unknown',
      '4 township_unknown',
      '5 township_unknown',
      '6 category_unknown',
      '7 category_unknown',
    ]);
  });

  it('without a column for it takes the township from the 单位', () => {
    const without = rows.map((row) => row.slice(1));
    const reading = decide(table('名单', [['名单'], ...without.slice(1)]), {}, LUSHI);
    expect(outcomes(reading)).toEqual(['3 王一', '4 李二', '5 赵六', '6 township_missing', '7 周四']);
    expect(reading.rows[0]).toHaveProperty(
      'notes',
      expect.arrayContaining([expect.objectContaining({ code: 'township_from_unit' })]),
    );
  });
});
