import { describe, expect, it } from 'vitest';
import { unzip } from '../sheets/zip.ts';
import { letterDocument, type Letter } from './letter.ts';

const LETTER: Letter = {
  title: '关于2026年第一季度集中轮训情况的通报',
  to: '各乡镇人民政府',
  paragraphs: [
    { level: 1, text: '一、总体情况' },
    '全县应训1234人，已训1000人。',
    '会亭镇 <A&B> "引号"\u0001\ud800。',
  ],
  tables: [
    {
      caption: '各乡镇轮训情况',
      columns: [
        { heading: '乡镇', share: 2 },
        { heading: '覆盖率', align: 'right' },
      ],
      rows: [['会亭镇', '81.0%'], ['马头镇']],
      note: '截至2026年3月5日',
    },
  ],
  signer: '夏邑县应急管理局',
  day: '2026-03-05',
  attachments: ['未训人员名单', '外部培训清单'],
};

async function partsOf(letter: Letter): Promise<Record<string, string>> {
  const { entries } = unzip(Buffer.from(await letterDocument(letter)), 5_000_000);
  return Object.fromEntries([...entries].map(([path, bytes]) => [path, bytes.toString('utf8')]));
}

/** Text of every paragraph, in order. */
function paragraphs(xml: string): string[] {
  return [...xml.matchAll(/<w:p>(.*?)<\/w:p>/gs)].map(([, inner]) =>
    [...inner!.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map((match) => match[1]).join(''),
  );
}

describe('letterDocument', () => {
  it('says everything in the order of an official letter', async () => {
    const parts = await partsOf(LETTER);
    expect(paragraphs(parts['word/document.xml']!).filter((text) => text !== '')).toEqual([
      LETTER.title,
      '各乡镇人民政府：',
      '一、总体情况',
      '全县应训1234人，已训1000人。',
      '会亭镇 &lt;A&amp;B&gt; &quot;引号&quot;\ufffd。',
      '各乡镇轮训情况',
      '乡镇',
      '覆盖率',
      '会亭镇',
      '81.0%',
      '马头镇',
      '截至2026年3月5日',
      '附件：1. 未训人员名单',
      '2. 外部培训清单',
      '夏邑县应急管理局',
      '2026年3月5日',
    ]);
  });

  it('has the paper, margins, faces and lines of GB/T 9704', async () => {
    const parts = await partsOf(LETTER);
    const xml = parts['word/document.xml']!;
    const margin = (side: string) => Number(new RegExp(`<w:pgMar[^>]* w:${side}="(\\d+)"`).exec(xml)?.[1]);
    const millimetres = (twips: number) => Math.round((twips * 25.4) / 1440);
    expect(['top', 'bottom', 'left', 'right'].map((side) => millimetres(margin(side)))).toEqual([
      37, 35, 28, 26,
    ]);
    expect(
      /<w:pgSz w:w="(\d+)" w:h="(\d+)"/
        .exec(xml)
        ?.slice(1)
        .map((size) => millimetres(Number(size))),
    ).toEqual([210, 297]);
    // 22 lines of 28 pt fit between the margins, 23 do not.
    const height = 16_838 - margin('top') - margin('bottom');
    expect(Math.floor(height / 560)).toBe(22);
    expect(xml).toMatch(/方正小标宋简体[^>]*\/><w:sz w:val="44"\/>/);
    expect(xml).toMatch(/仿宋_GB2312[^>]*\/><w:sz w:val="32"\/>/);
    expect(parts['word/fontTable.xml']).toContain(
      '<w:font w:name="方正小标宋简体"><w:altName w:val="华文中宋"/>',
    );
  });

  it('numbers its pages outside, right on odd and left on even ones', async () => {
    const parts = await partsOf(LETTER);
    expect(parts['word/settings.xml']).toContain('<w:evenAndOddHeaders/>');
    const footers = Object.keys(parts).filter((path) => /footer\d\.xml$/.test(path));
    const sides = footers.map((path) => /<w:jc w:val="(\w+)"/.exec(parts[path]!)?.[1]);
    expect(sides.toSorted()).toEqual(['left', 'right']);
    for (const path of footers) expect(parts[path]).toMatch(/— .*PAGE.* —/s);
  });

  it('does without addressee, tables and attachments', async () => {
    const parts = await partsOf({
      title: '通报',
      to: '',
      paragraphs: ['正文。'],
      signer: '甲',
      day: '2026-12-31',
    });
    expect(paragraphs(parts['word/document.xml']!).filter((text) => text !== '')).toEqual([
      '通报',
      '正文。',
      '甲',
      '2026年12月31日',
    ]);
  });
});
