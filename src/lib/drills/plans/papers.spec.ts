import { readdirSync, readFileSync } from 'node:fs';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { typesetTemplate } from '#lib/server/typeset/typeset.ts';
import { cardsValue, contactsValue, handbookValue, type Printed } from './papers-copy.ts';
import { parametersOf, withParameters } from './plan-parameter.ts';
import { readMarkdownPlan } from './plan-reading.ts';

const FOLDER = 'seeds/reference/plans';
const PRINTED: Printed[] = readdirSync(FOLDER)
  .filter((name) => name.startsWith('plan-'))
  .map((name) => {
    const plan = readMarkdownPlan(readFileSync(`${FOLDER}/${name}`, 'utf8'));
    const text = withParameters(plan, parametersOf(plan));
    const document = {
      documentNumber: '夏政办〔2026〕5号',
      issuedOn: '2026-05-01',
      isDraft: false,
      isModel: false,
    };
    return { title: plan.front.title, owner: '会亭镇', text, ...document };
  });

/** The words of each page, without spaces. */
async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const document = await getDocument({ data: pdf.slice(), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(
      items
        .map((item) => ('str' in item ? item.str : ''))
        .join('')
        .replaceAll(/[\s\u3000]/g, ''),
    );
  }
  return pages;
}

const bare = (words: string) => words.replaceAll(/[\s\u3000]/g, '');

describe('cards', () => {
  it.each([
    [false, 4],
    [true, 2],
  ])('in large type %s stand %i to a page, every step on its page', async (large, each) => {
    for (const printed of PRINTED) {
      const { pdf, missing } = await typesetTemplate('plan-cards', cardsValue(printed, large));
      const pages = await pagesOf(pdf);
      expect(missing).toEqual([]);
      expect(pages).toHaveLength(Math.ceil(printed.text.cards.length / each));
      printed.text.cards.forEach((card, at) => {
        const page = pages[Math.floor(at / each)]!;
        for (const words of [card.title, ...card.steps, ...card.never, card.clause])
          expect(page).toContain(bare(words));
      });
    }
  });
});

it('the handbook holds every clause, telephone number and card', async () => {
  const printed = PRINTED.find(({ title }) => title.includes('多案合一'))!;
  const whole = (await pagesOf((await typesetTemplate('plan-handbook', handbookValue(printed))).pdf)).join(
    '',
  );
  for (const { no, title } of printed.text.clauses) expect(whole).toContain(bare(no + title));
  for (const { phone } of printed.text.contacts) expect(whole).toContain(bare(phone));
  for (const { title, steps } of printed.text.cards)
    for (const words of [`${title}触发条件`, steps[0]!]) expect(whole).toContain(bare(words));
});

it('the contact list says which plan, when it was printed, and that a draft is none in force', async () => {
  const draft = { ...PRINTED[0]!, isDraft: true, issuedOn: null, documentNumber: '' };
  const [page] = await pagesOf(
    (await typesetTemplate('plan-contacts', contactsValue(draft, '2026-11-22'))).pdf,
  );
  for (const words of [`${draft.title}通信录`, '草稿，尚未公布', '2026年11月22日打印'])
    expect(page).toContain(bare(words));
});
