import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { qrSvg } from './qr.ts';
import { typeset, typesetTemplate } from './typeset.ts';

const RARE = '䶮㛃𫖮喆堃';
/** A surname character that Noto Sans SC does not draw. */
const BEYOND = '𫠐';

type Glyph = { unicode: string; originalCharCode: number };

/** What a PDF shows: the number of pages, the text, and the glyph numbers behind every character. */
async function shownBy(pdf: Uint8Array) {
  const document = await getDocument({ data: pdf.slice(), verbosity: 0 }).promise;
  const glyphs: Glyph[] = [];
  let text = '';
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const content = await page.getTextContent();
    text += content.items.map((item) => ('str' in item ? item.str : '')).join('');
    const operators = await page.getOperatorList();
    for (const args of operators.argsArray as (unknown[] | null)[])
      if (Array.isArray(args?.[0]))
        glyphs.push(...args[0].filter((glyph): glyph is Glyph => typeof glyph?.unicode === 'string'));
  }
  return { pages: document.numPages, text, glyphs };
}

const certificate = {
  number: '夏邑应急训〔2026〕第0001号',
  title: '应急管理集中轮训合格证书',
  name: '张喆',
  idMasked: '410000********0013',
  unit: '夏邑县会亭镇人民政府',
  className: '2026年第一期乡镇应急人员集中轮训班',
  heldFrom: '2026年3月2日',
  heldUntil: '2026年3月6日',
  halfDays: 10,
  score: 92,
  totalScore: 100,
  authority: '夏邑县应急管理局',
  issuedOn: '2026年3月6日',
  validUntil: null,
  replacedOn: null,
  verifyUrl: 'https://lianbing.example/certificates',
  qr: qrSvg('https://lianbing.example/certificates/1'),
};

describe('typeset', () => {
  it('sets Chinese with values as data, whatever they hold', async () => {
    const name = '张"三\\" #panic("x") $1$ */ ] }';
    const { pages, text } = await shownBy(
      await typeset('#set text(font: "Noto Sans SC")\n= 证书\n#sys.inputs.name', { name }),
    );
    expect(pages).toBe(1);
    expect(text).toContain('证书');
    expect(text).toContain('#panic("x") $1$ */ ] }');
  });

  it('draws the rare characters of real names', async () => {
    const { glyphs } = await shownBy(
      await typeset('#set text(font: "Noto Sans SC")\n#sys.inputs.name', { name: RARE }),
    );
    const drawn = glyphs.filter((glyph) => RARE.includes(glyph.unicode));
    expect(drawn.map((glyph) => glyph.unicode).join('')).toBe(RARE);
    for (const glyph of drawn) expect(glyph.originalCharCode).toBeGreaterThan(0);
  });

  it('sets a character beyond the font as its code and says which', async () => {
    const { pdf, missing } = await typesetTemplate('certificate', {
      certificates: [{ ...certificate, name: `张${BEYOND}` }, certificate],
    });
    const { text, glyphs } = await shownBy(pdf);
    expect(missing).toEqual([BEYOND]);
    expect(text).toContain('[U+2B810]');
    expect(text).toContain('为系统字库未收录的字');
    expect(text.split('为系统字库未收录的字')).toHaveLength(2);
    expect(glyphs.every((glyph) => glyph.originalCharCode > 0)).toBe(true);
  });

  it("carries Typst's own message, and goes on with the next", async () => {
    const [bad, good] = await Promise.allSettled([typeset('#nothing'), typeset('fine')]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'unknown variable: nothing' } });
    expect(good.status).toBe('fulfilled');
  });

  it('reads no file outside its templates and imports no package', async () => {
    await expect(typeset('#read("/../../../../../package.json")')).rejects.toThrow('access denied');
    await expect(typeset('#import "@preview/cetz:0.3.0"')).rejects.toThrow('packages cannot be imported');
  });
});

describe('templates', () => {
  it('certificate: one page each, everything on it', async () => {
    const { pdf, missing } = await typesetTemplate('certificate', {
      certificates: [
        certificate,
        { ...certificate, score: null, totalScore: null, validUntil: '2029年3月5日', name: '王\ud800小明' },
      ],
    });
    const { pages, text } = await shownBy(pdf);
    expect(pages).toBe(2);
    expect(missing).toEqual(['\ufffd']);
    for (const part of [
      certificate.number,
      certificate.title,
      '92',
      certificate.authority,
      '有效期至2029年3月5日',
    ])
      expect(text.replaceAll(' ', '')).toContain(part);
  });

  it('certificate: a replacement keeps the number, marks it and says its day', async () => {
    const { pdf } = await typesetTemplate('certificate', {
      certificates: [certificate, { ...certificate, replacedOn: '2026年9月1日' }],
    });
    const plain = (await shownBy(pdf)).text.replaceAll(/[ 　]/g, '');
    expect(plain.split(`${certificate.number}（补）`)).toHaveLength(2);
    expect(plain.split('补发日期')).toHaveLength(2);
    expect(plain).toContain('2026年9月1日');
  });

  it('card-sheet: eight to a page', async () => {
    const cards = Array.from({ length: 9 }, (_, index) => ({
      name: `村民${index}`,
      unit: '会亭镇刘楼村村民委员会',
      pin: '12345678',
      qr: qrSvg(`http://192.168.1.8:3000/card/${index}`),
    }));
    const { pdf } = await typesetTemplate('card-sheet', {
      help: '不会用请打会亭镇应急办 0370-6000000',
      cards,
    });
    const { pages, text } = await shownBy(pdf);
    expect(pages).toBe(2);
    expect(text).toContain('1234 5678');
    expect(text).toContain('0370-6000000');
  });

  it('sign-sheet, personal-record and notice set with what they say they take', async () => {
    const columns = [
      { heading: '序号', width: 12, align: 'center' },
      { heading: '姓名', width: 28 },
      { heading: '签名', width: null },
    ];
    const facts = [
      ['培训班', '第一期'],
      ['地点', '县委党校'],
      ['时间', '2026年3月2日上午'],
    ];
    const rows = Array.from({ length: 40 }, (_, index) => [String(index + 1), `人员${index}`, '']);
    const sheet = await typesetTemplate('sign-sheet', {
      title: '签到表',
      facts,
      columns,
      rows,
      blankRows: 5,
      foot: ['经办人（签字）：', '负责人（签字）：'],
    });
    const record = await typesetTemplate('personal-record', {
      title: '个人培训档案',
      subtitle: '截至2026年3月5日',
      facts,
      foot: '本表由系统生成。',
      sections: [
        { heading: '面授', note: '', columns, rows: rows.slice(0, 2) },
        { heading: '证书', note: '含外部登记', columns, rows: [] },
      ],
    });
    const notice = await typesetTemplate('notice', {
      title: '关于举办轮训班的通知',
      to: '各乡镇人民政府',
      paragraphs: ['现将有关事项通知如下。'],
      facts,
      signer: '夏邑县应急管理局',
      day: '2026年3月1日',
      qr: '',
      qrNote: '',
    });
    expect((await shownBy(sheet.pdf)).pages).toBe(2);
    expect((await shownBy(record.pdf)).text).toContain('没有记录');
    expect((await shownBy(notice.pdf)).text).toContain('各乡镇人民政府');
  });
});
