import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letterDocument } from '#lib/server/documents/letter.ts';
import { unzip } from '#lib/server/sheets/zip.ts';
import { docxBlocks } from './docx-blocks.ts';
import { planLetter } from './papers-copy.ts';
import type { PlanBlock } from './plan-block.ts';
import { parametersOf, withParameters } from './plan-parameter.ts';
import { readMarkdownPlan, readPlanBlocks } from './plan-reading.ts';
import { BLANK, clauseDoubts } from './plan.ts';
import { chineseCount, chineseNumber } from './reading-words.ts';

const FOLDER = 'seeds/reference/plans';
const MODELS = readdirSync(FOLDER)
  .filter((name) => name.startsWith('plan-'))
  .map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8'));

const lines = (...texts: string[]): PlanBlock[] =>
  texts.map((text) => ({ kind: 'paragraph', text, heading: null }));
const outline = (blocks: readonly PlanBlock[]) =>
  readPlanBlocks(blocks).clauses.map(({ no, title, depth }) => `${depth} ${no} ${title}`);

describe('the model plans', () => {
  it('are recognised whole: every heading a clause, every annex with its table, every card complete', () => {
    expect(MODELS).toHaveLength(10);
    for (const source of MODELS) {
      const plan = readMarkdownPlan(source);
      const numbered = [...source.matchAll(/^#+ (\d[\d.]*) /gm)].map((match) => match[1]);
      expect(plan.clauses.map(({ no }) => no).filter((no) => /^\d/.test(no))).toEqual(numbered);
      expect(clauseDoubts(plan.clauses).flat()).toEqual([]);
      expect(plan.front.key).toMatch(/^plan-/);
      expect(plan.basis).toHaveLength([...source.matchAll(/^ {2}- \{ title/gm)].length);
      for (const rows of [plan.responses, plan.duties, plan.contacts]) expect(rows.length).toBeGreaterThan(3);
      expect(plan.cards).toHaveLength([...source.matchAll(/^## 卡片：/gm)].length);
      for (const card of plan.cards) {
        expect([card.trigger, card.report, card.clause].includes('')).toBe(false);
        expect(card.steps.length).toBeGreaterThanOrEqual(3);
        expect(card.never.length).toBeGreaterThan(0);
      }
    }
  });

  it('cite in duties and cards only clauses that they have', () => {
    for (const source of MODELS) {
      const plan = readMarkdownPlan(source);
      const numbers = new Set(plan.clauses.map(({ no }) => no));
      const cited = [...plan.duties, ...plan.cards].flatMap(({ clause }) => clause.split('、'));
      expect(cited.filter((no) => !numbers.has(no))).toEqual([]);
    }
  });

  it('have no parameter left once values are filled in', () => {
    for (const source of MODELS) {
      const plan = readMarkdownPlan(source);
      expect(parametersOf(plan).length).toBeGreaterThan(10);
      expect(parametersOf(plan).filter((one) => one.source === '')).toEqual([]);
      expect(JSON.stringify(withParameters(plan, parametersOf(plan)))).not.toContain('{{');
    }
  });
});

describe('parameters', () => {
  const plan = readMarkdownPlan(
    '# 1 报告\n\n{{min|20|分钟|示例值}}内报县，再过{{min}}续报；电话{{phone|||本地}}。',
  );
  it('are written once and used everywhere, with their unit', () => {
    expect(parametersOf(plan).map(({ name }) => name)).toEqual(['min', 'phone']);
    const body = (value: string) =>
      withParameters(plan, [{ name: 'min', value, unit: '分钟', source: '' }]).clauses[0]!.body;
    expect(body('15')).toBe(`15分钟内报县，再过15分钟续报；电话${BLANK}。`);
    expect(body('15分钟')).toBe(`15分钟内报县，再过15分钟续报；电话${BLANK}。`);
  });
});

describe('numbers of clauses', () => {
  it('are read in chapters and articles', () => {
    const blocks = lines(
      '夏邑县防汛应急预案',
      '第一章 总则',
      '第一条 为做好防汛工作，制定本预案。',
      '第二条　本预案适用于本县。',
      '（一）暴雨；',
      '（二）河道洪水。',
      '第二章　职责',
      '第一节 指挥部',
      '第三条 县长任指挥长。',
    );
    expect(outline(blocks)).toEqual([
      '1 第一章 总则',
      '2 第一条 ',
      '2 第二条 ',
      '1 第二章 职责',
      '2 第二章第一节 指挥部',
      '3 第三条 ',
    ]);
    const { clauses, front } = readPlanBlocks(blocks);
    expect(front.title).toBe('夏邑县防汛应急预案');
    expect(clauses[2]!.body).toBe('本预案适用于本县。\n（一）暴雨；\n（二）河道洪水。');
  });

  it('are read in decimals, a list in a clause not taken for chapters', () => {
    const blocks = lines(
      '1、总则',
      '1.1编制目的',
      '做好准备。',
      '1.2 适用范围',
      '包括：',
      '1. 暴雨',
      '2. 洪水',
      '3. 内涝',
      '2、组织指挥',
      '2.1 指挥部：由县长任指挥长，分管副县长任副指挥长。',
      '3.5米以上为警戒水位。',
      '2．1．1 职责',
    );
    expect(outline(blocks)).toEqual([
      '1 1 总则',
      '2 1.1 编制目的',
      '2 1.2 适用范围',
      '1 2 组织指挥',
      '2 2.1 指挥部',
      '3 2.1.1 职责',
    ]);
    expect(readPlanBlocks(blocks).clauses[2]!.body).toBe('包括：\n1. 暴雨\n2. 洪水\n3. 内涝');
    expect(readPlanBlocks(blocks).clauses[4]!.body).toBe(
      '由县长任指挥长，分管副县长任副指挥长。\n3.5米以上为警戒水位。',
    );
  });

  it('that repeat under every chapter become paths', () => {
    const blocks = lines(
      '一、总则',
      '（一）目的。为了准备。',
      '（二）原则',
      '1. 统一指挥',
      '二、职责',
      '（一）县长',
    );
    expect(outline(blocks)).toEqual(['1 1 总则', '2 1.1 目的', '2 1.2 原则', '1 2 职责', '2 2.1 县长']);
  });

  it('are given to headings that have none', () => {
    const heading = (text: string, level: number): PlanBlock => ({ kind: 'paragraph', text, heading: level });
    const blocks = [heading('防汛应急预案', 1), heading('总则', 1), heading('目的', 2), heading('职责', 1)];
    expect(outline(blocks)).toEqual(['1 1 总则', '2 1.1 目的', '1 2 职责']);
  });

  it('of a table of contents are left out', () => {
    const blocks = lines(
      '目　录',
      '1.1 编制目的……3',
      '1.2 适用范围\t4',
      '1 总则',
      '1.1 编制目的',
      '1.2 适用范围',
    );
    expect(outline(blocks)).toEqual(['1 1 总则', '2 1.1 编制目的', '2 1.2 适用范围']);
  });
});

describe('tables and cards', () => {
  it('are known by their headings wherever they stand, and others stay in the text', () => {
    const blocks: PlanBlock[] = [
      ...lines('1 总则', '1.1 说明', '1.2 其他'),
      {
        kind: 'table',
        rows: [
          ['序号', '单位', '工作职责'],
          ['1', '水利局', '监测水情'],
        ],
      },
      {
        kind: 'table',
        rows: [
          ['物资', '数量'],
          ['冲锋舟', '2'],
        ],
      },
      {
        kind: 'table',
        rows: [
          ['单位', '联系人', '联系电话'],
          ['值班室', '', '110'],
        ],
      },
    ];
    const plan = readPlanBlocks(blocks);
    expect(plan.duties).toEqual([{ post: '水利局', duty: '监测水情', clause: '' }]);
    expect(plan.contacts).toEqual([{ name: '值班室', person: '', phone: '110', note: '' }]);
    expect(plan.clauses[2]!.body).toBe('物资｜数量\n冲锋舟｜2');
  });

  it('give a card written as a table', () => {
    const rows = [
      ['卡片名称', '村书记'],
      ['触发条件', '沟水变浑'],
      ['立即做', '1. 喊人\n2. 点人'],
      ['不要做', '等；涉水。'],
    ];
    const { cards } = readPlanBlocks([...lines('附件4 现场处置卡'), { kind: 'table', rows }]);
    expect(cards).toEqual([
      {
        title: '村书记',
        trigger: '沟水变浑',
        steps: ['喊人', '点人'],
        report: '',
        never: ['等', '涉水'],
        clause: '',
      },
    ]);
  });

  it('keep what is said before the first clause', () => {
    expect(outline(lines('本预案自发布之日起施行。', '1.1 目的', '1.2 范围'))).toEqual([
      '1 前言 前言',
      '2 1.1 目的',
      '2 1.2 范围',
    ]);
  });
});

it('loses no word of any paragraphs', () => {
  const words = fc.constantFrom(
    '1 总则',
    '1.1 目的',
    '加强领导。各乡镇落实。',
    '第一条 甲',
    '一、乙',
    '（一）丙',
    '2. 丁',
    '附件1 职责',
    '戊',
  );
  const loses = (texts: string[]) => {
    const read = JSON.stringify(readPlanBlocks(lines(...texts)));
    return [...'目各甲乙丙丁戊'].filter((sign) => texts.join('').includes(sign) && !read.includes(sign));
  };
  fc.assert(fc.property(fc.array(words, { maxLength: 12 }), (texts) => loses(texts).length === 0));
  expect(loses(['1 总则', '戊'])).toEqual([]);
});

it('counts as Chinese does', () => {
  for (let value = 1; value <= 320; value += 1) expect(chineseNumber(chineseCount(value))).toBe(value);
  expect([10, 12, 20, 105, 112].map(chineseCount)).toEqual(['十', '十二', '二十', '一百零五', '一百一十二']);
});

describe('Word documents', () => {
  const w = (inner: string) =>
    `<?xml version="1.0"?><w:document xmlns:w="x"><w:body>${inner}<w:sectPr/></w:body></w:document>`;
  const p = (text: string, properties = '') =>
    `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
  const numbering = `<w:numbering><w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
    </w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;
  const styles = `<w:styles><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
    <w:style w:styleId="a"><w:name w:val="标题甲"/><w:basedOn w:val="1"/></w:style>
    <w:style w:styleId="T"><w:name w:val="toc 1"/></w:style></w:styles>`;
  const num = (level: number) => `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="7"/></w:numPr>`;

  it('show the numbers that Word counts itself', () => {
    const document = w(
      p('总则', num(0)) + p('目的', num(1)) + p('范围', num(1)) + p('职责', num(0)) + p('县长', num(1)),
    );
    const blocks = docxBlocks({ document, styles, numbering });
    expect(blocks?.map((block) => block.kind === 'paragraph' && block.text)).toEqual([
      '第一章 总则',
      '1.1 目的',
      '1.2 范围',
      '第二章 职责',
      '2.1 县长',
    ]);
  });

  it('give headings by style, drop deleted words and contents, keep inserted ones', () => {
    const document = w(
      p('总则3', '<w:pStyle w:val="T"/>') +
        p('总则', '<w:pStyle w:val="1"/>') +
        '<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>乙</w:delText></w:r></w:del><w:ins><w:r><w:t>丙 &amp; &#x4E01;</w:t></w:r></w:ins></w:p>',
    );
    expect(docxBlocks({ document, styles, numbering: null })).toEqual([
      { kind: 'paragraph', text: '总则', heading: 1 },
      { kind: 'paragraph', text: '甲丙 & 丁', heading: null },
    ]);
  });

  it('repeat a cell that spans rows and leave room for one that spans columns', () => {
    const cell = (text: string, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(text)}</w:tc>`;
    const document = w(
      `<w:tbl><w:tr>${cell('甲', '<w:vMerge w:val="restart"/>')}${cell('1')}${cell('2')}</w:tr><w:tr>${cell('', '<w:vMerge/>')}${cell('3', '<w:gridSpan w:val="2"/>')}</w:tr></w:tbl>`,
    );
    expect(docxBlocks({ document, styles: null, numbering: null })).toEqual([
      {
        kind: 'table',
        rows: [
          ['甲', '1', '2'],
          ['甲', '3', ''],
        ],
      },
    ]);
  });

  it('that are damaged are said to be so', () => {
    for (const document of ['', 'x', '<a><b></a>', w('').replace('w:body', 'w:bodies'), '<a>'.repeat(500)])
      expect(docxBlocks({ document, styles: null, numbering: null })).toBeNull();
  });
});

it('reads back its own document: clauses, tables and cards as they were', async () => {
  const plan = readMarkdownPlan(MODELS.find((source) => source.includes('id: plan-township-flood'))!);
  const text = withParameters(plan, parametersOf(plan));
  const printed = { title: '防汛应急预案', owner: '会亭镇', documentNumber: '', issuedOn: null };
  const letter = planLetter({ ...printed, text, isDraft: false, isModel: false }, '2026-11-22');
  const { entries } = unzip(Buffer.from(await letterDocument(letter)), 20_000_000);
  const part = (name: string) => entries.get(`word/${name}.xml`)?.toString('utf8') ?? null;
  const blocks = docxBlocks({
    document: part('document')!,
    styles: part('styles'),
    numbering: part('numbering'),
  });
  const again = readPlanBlocks(blocks!);
  expect(again.front.title).toBe('防汛应急预案');
  expect(again.cards).toEqual(text.cards);
  for (const annex of ['responses', 'duties', 'contacts'] as const) expect(again[annex]).toEqual(text[annex]);
  const numbered = (clauses: typeof text.clauses) => clauses.filter(({ no }) => /^\d/.test(no)).slice(0, -1);
  expect(numbered(again.clauses)).toEqual(numbered(text.clauses));
});
