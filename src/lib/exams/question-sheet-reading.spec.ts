import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '#lib/kernel/sheet.ts';
import { dateCell, table, workbook, type Written } from '#tests/inputs/table.ts';
import { decideQuestions } from './question-sheet-reading.ts';
import { stemKey, type QuestionOptions } from './question-sheet.ts';

const HEADING = [
  '序号',
  '题型',
  '题干',
  '选项A',
  '选项B',
  '选项C',
  '选项D',
  '选项E',
  '答案',
  '解析',
  '难度',
  '知识点',
  '依据',
];
const single: Written[] = [
  1,
  '单选题',
  '火警电话是（　　）。',
  110,
  119,
  120,
  122,
  '',
  'B',
  '解',
  '易',
  '消防',
  '消防法',
];
const multiple: Written[] = [
  2,
  '多选题',
  '可燃的有（　　）。',
  '汽油',
  '水',
  '酒精',
  '沙',
  '纸',
  'ACE',
  '',
  '中',
  '消防',
  '',
];
const judge: Written[] = [3, '判断题', '可以乘电梯逃生。', '', '', '', '', '', '错', '', '难', '消防', ''];

const decide = (rows: Written[][], options?: QuestionOptions) =>
  decideQuestions(workbook(table('题库', rows)), options);
const outcomes = (rows: Written[][]) =>
  decide([HEADING, ...rows]).rows.map((row) => (row.outcome === 'accepted' ? row.fields.answer : row.code));
const answerOf = (question: readonly Written[], answer: Written, options: Written[] = []) =>
  outcomes([
    options.reduce<Written[]>((row, option, at) => row.with(3 + at, option), question.with(8, answer)),
  ])[0];

describe('answers', () => {
  it.each([
    'ACE',
    'ace',
    'ＡＣＥ',
    'A,C,E',
    'A，C，E',
    'A、C、E',
    'A C E',
    'A；C；E',
    'ECA',
    ' A / C / E。',
    'A和C和E',
    'AACE',
  ])('%s is ACE', (answer) => {
    expect(answerOf(multiple, answer)).toBe('ACE');
  });

  it.each([
    ['对', 'T'],
    [' √ ', 'T'],
    ['✓', 'T'],
    ['正确', 'T'],
    [true, 'T'],
    ['TRUE', 'T'],
    ['×', 'F'],
    ['✗', 'F'],
    ['ｘ', 'F'],
    ['错误', 'F'],
    [false, 'F'],
    ['A', 'answer_unreadable'],
    ['不一定', 'answer_unreadable'],
  ])('of a judgement: %s is %s', (written, answer) => {
    expect(answerOf(judge, written)).toBe(answer);
  });

  it('of a judgement may be a letter where the options say so, in any order', () => {
    expect(answerOf(judge, 'A', ['正确', '错误'])).toBe('T');
    expect(answerOf(judge, 'ａ', ['错', '对'])).toBe('F');
    expect(answerOf(judge, 'C', ['正确', '错误'])).toBe('answer_unreadable');
  });

  it.each([
    [single, 'BC', 'single_many_answers'],
    [multiple, 'A', 'multi_single_answer'],
    [single, 'E', 'answer_without_option'],
    [single, '', 'answer_missing'],
    [single, '略', 'answer_unreadable'],
    [single, 'A-C', 'answer_unreadable'],
    [single, true, 'answer_is_boolean'],
    [single, 'TRUE', 'answer_is_boolean'],
    [multiple, dateCell('2026-01-04', '1月4日'), 'answer_is_date'],
    [judge, dateCell('2026-01-04', '1月4日'), 'answer_is_date'],
  ] as [Written[], Written, string][])('refuses %s %s', (question, answer, code) => {
    expect(answerOf(question, answer)).toBe(code);
  });

  it('are never read as another question for any writing of the letters', () => {
    const marks = fc.constantFrom('', ' ', ',', '、', '；', '　');
    fc.assert(
      fc.property(
        fc.shuffledSubarray(['A', 'C', 'E'], { minLength: 3 }),
        marks,
        fc.boolean(),
        (letters, mark, lower) => {
          const written = letters.join(mark);
          expect(answerOf(multiple, lower ? written.toLowerCase() : written)).toBe('ACE');
        },
      ),
    );
  });
});

describe('options and stems', () => {
  const time: Cell = { kind: 'date', text: '30:02:00', value: 1.25, day: '1900-01-01' };

  it.each([
    [['甲', '', '', ''], 'options_missing'],
    [['甲', '乙', time, '丁'], 'option_is_date'],
    [['甲', '乙', '', '丁'], 'option_empty'],
    [['甲', '乙', ' 甲', '丁'], 'option_repeated'],
  ] as [Written[], string][])('%s: %s', (options, code) => {
    expect(answerOf(single, 'A', options)).toBe(code);
  });

  it('are the text of a number, a share with its sign', () => {
    const share: Cell = { kind: 'number', text: '50%', value: 0.5, day: null };
    const [row] = decide([HEADING, single.with(3, 50).with(4, share)]).rows;
    expect(row).toMatchObject({ fields: { options: ['50', '50%', '120', '122'] } });
  });

  it('repeated in other widths and spaces are one, the first good one is taken', () => {
    const twice = single.with(2, '火警 电话是(  )。');
    expect(stemKey('火警 电话是(  )。')).toBe(stemKey('火警电话是（　　）。'));
    expect(outcomes([single, twice])).toEqual(['B', 'stem_duplicate']);
    expect(outcomes([single.with(8, 'E'), twice, twice.with(8, 'E')])).toEqual([
      'answer_without_option',
      'B',
      'stem_duplicate',
    ]);
  });

  it('of an unknown type are not judged further', () => {
    const [row] = decide([HEADING, single.with(1, '案例题').with(8, '略')]).rows;
    expect(row).toMatchObject({
      code: 'type_unknown',
      also: [],
      message: '第2行B列“题型”：“案例题”不认识，请改为单选题、多选题或判断题。',
    });
  });

  it('name all faults, the main one first', () => {
    const [row] = decide([HEADING, single.with(2, ' ').with(3, time).with(8, 'BC')]).rows;
    expect(row).toMatchObject({ code: 'stem_missing', also: ['option_is_date', 'single_many_answers'] });
  });
});

describe('other banks', () => {
  const plain = decide([HEADING, single, multiple, judge]);

  it('may have any order of columns', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...HEADING.keys()], { minLength: HEADING.length }), (order) => {
        const rows = [HEADING, single, multiple, judge].map((row) => order.map((at) => row[at]!));
        const fields = decide(rows).rows.map((row) => row.outcome === 'accepted' && row.fields);
        expect(fields).toEqual(plain.rows.map((row) => row.outcome === 'accepted' && row.fields));
      }),
      { numRuns: 30 },
    );
  });

  it('may have other words, and options in one cell', () => {
    const words = ['题号', '试题类型', '题目内容', '备选答案', '正确答案', '难易程度'];
    const rows = [
      ['某县题库'],
      words,
      [1, '单选', '火警电话是？', 'A.110 B.119 C.120', 'B', '简单'],
      [2, '多项选择题', '可燃的有？', '汽油|水|酒精', 'AC', 4],
      [3, '判断', '可以乘电梯逃生。', '', '×', ''],
    ];
    const reading = decide(rows);
    expect(reading).toMatchObject({ headingRows: [2], lacking: [], unassigned: [] });
    expect(reading.rows).toMatchObject([
      {
        fields: {
          type: 'single',
          options: ['110', '119', '120'],
          answer: 'B',
          difficulty: 'easy',
          topic: '综合',
        },
      },
      { fields: { type: 'multiple', options: ['汽油', '水', '酒精'], answer: 'AC', difficulty: 'hard' } },
      { fields: { type: 'judge', options: [], answer: 'F', difficulty: 'medium' } },
    ]);
  });

  it('may name the type by the sheet', () => {
    const rows = [HEADING, single].map((row) => row.toSpliced(1, 1));
    expect(decideQuestions(workbook(table('一、单选题', rows))).rows).toMatchObject([
      { fields: { type: 'single' } },
    ]);
    expect(decideQuestions(workbook(table('题库', rows)))).toMatchObject({ lacking: ['type'], rows: [] });
  });

  it('are refused where there are no questions', () => {
    expect(() =>
      decide([
        ['姓名', '性别'],
        ['张三', '男'],
      ]),
    ).toThrow(expect.objectContaining({ code: 'questions_not_found' }) as Error);
  });
});
