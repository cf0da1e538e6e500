import { follows, numberOf, schemeOf, type Numbered, type Scheme } from './clause-number.ts';
import { contactRows, dutyRows, readCards, responseRows } from './plan-annex.ts';
import { markdownBlocks, type PlanBlock } from './plan-block.ts';
import { PLAN_EVENT_TYPES, PLAN_KINDS, type ClauseText, type PlanBasis, type PlanText } from './plan.ts';
import {
  ANNEX,
  ANNEX_KINDS,
  ANNEX_WORD,
  CARD_HEADING,
  CONTENTS,
  END_OF_SENTENCE,
  PART_NUMBER,
  PREFACE,
  TITLE_WORD,
} from './reading-words.ts';

/** What a document says of itself before its text; empty where it says nothing. */
export type PlanFront = { key: string; title: string; kind: string; level: string; eventType: string };

/** A plan as it was recognised; everything in it can be corrected. */
export type PlanReading = PlanText & { front: PlanFront };

type Paragraph = Extract<PlanBlock, { kind: 'paragraph' }>;
type AnnexKind = keyof typeof ANNEX_KINDS;

/** Reads a plan in Markdown, with or without front matter. */
export function readMarkdownPlan(source: string): PlanReading {
  const [, head, rest] = /^\uFEFF?---\r?\n(.*?)\r?\n---\r?\n(.*)$/s.exec(source) ?? [null, '', source];
  const reading = readPlanBlocks(markdownBlocks(rest!.replace(/^\uFEFF/, '')));
  const front = frontOf(head!);
  const title = front.title || reading.front.title;
  return { ...reading, front: { ...front, title }, basis: basisOf(head!) };
}

function frontOf(head: string): PlanFront {
  const field = (name: string) =>
    (new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(head)?.[1] ?? '').trim().replace(/^"(.*)"$/, '$1');
  const known = (word: string, words: readonly string[]) => (words.includes(word) ? word : '');
  return {
    key: field('id'),
    title: field('title'),
    kind: known(field('kind'), PLAN_KINDS),
    level: field('level'),
    eventType: known(field('eventType'), PLAN_EVENT_TYPES),
  };
}

const BASIS_LINE = /^\s*-\s*\{\s*title:\s*"(.*?)",\s*note:\s*"(.*?)",\s*mark:\s*([a-z-]+)\s*\}\s*$/gm;

function basisOf(head: string): PlanBasis[] {
  return [...head.matchAll(BASIS_LINE)].map(([, title, note, mark]) => ({
    title: title!,
    note: note!,
    isChecked: mark === 'sure',
  }));
}

/**
 * Recognises the clauses, levels, duties, contacts and cards of a document. Nothing is lost: what belongs
 * to no clause yet stands in a first one (前言), a table that is none of the annexes in the clause it follows.
 */
export function readPlanBlocks(blocks: readonly PlanBlock[]): PlanReading {
  const kept = blocks.filter((block) => block.kind === 'table' || !isOfContents(block));
  const reader = new Reader(schemeOf(kept));
  for (const block of kept) reader.take(block);
  return reader.finish();
}

/** 1.1 编制目的……3 */
function isOfContents({ text }: Paragraph): boolean {
  return CONTENTS.test(text) || /(?:\t|[.…·]{2,})\s*\d{1,3}$/.test(text);
}

/** Walks through the blocks once; what it has recognised so far decides what the next one can be. */
class Reader {
  readonly #scheme: Scheme;
  readonly #clauses: ClauseText[] = [];
  readonly #preface: string[] = [];
  readonly #text: Omit<PlanText, 'clauses' | 'cards' | 'basis'> = { responses: [], duties: [], contacts: [] };
  #cardBlocks: PlanBlock[] = [];
  #annex: AnnexKind | null = null;
  #title = '';
  /** The last number of a list within a clause, so that its next item is not taken for a chapter. */
  #item = 0;

  constructor(scheme: Scheme) {
    this.#scheme = scheme;
  }

  take(block: PlanBlock): void {
    if (block.kind === 'table') this.#takeTable(block.rows);
    else if (block.text.trim() !== '') this.#takeParagraph({ ...block, text: block.text.trim() });
  }

  finish(): PlanReading {
    const { cards, rest } = readCards(this.#cardBlocks);
    if (rest.length > 0) {
      const holder = this.#clauses.findLast(({ no }) => no.startsWith(ANNEX_WORD)) ?? this.#clauses.at(-1);
      if (holder) add(holder, rest.join('\n'));
      else this.#preface.push(...rest);
    }
    // An annex whose table was recognised stands on its own; only its remarks stay a clause.
    const clauses = this.#clauses.filter(
      (one, at) =>
        !one.no.startsWith(ANNEX_WORD) || one.body !== '' || (this.#clauses[at + 1]?.depth ?? 0) > one.depth,
    );
    const preface = this.#preface.join('\n');
    if (preface !== '') clauses.unshift({ ...PREFACE, body: preface, depth: 1 });
    const front = { key: '', title: this.#title, kind: '', level: '', eventType: '' };
    return { ...this.#text, clauses, cards, basis: [], front };
  }

  #takeTable(rows: string[][]): void {
    if (this.#annex === 'cards') return void this.#cardBlocks.push({ kind: 'table', rows });
    const responses = responseRows(rows);
    if (responses) return void this.#text.responses.push(...responses);
    const duties = dutyRows(rows);
    if (duties) return void this.#text.duties.push(...duties);
    const contacts = contactRows(rows);
    if (contacts) return void this.#text.contacts.push(...contacts);
    for (const row of rows) this.#addText(row.join('｜'));
  }

  #takeParagraph(paragraph: Paragraph): void {
    const { text } = paragraph;
    const annex = ANNEX.exec(text);
    if (annex && Array.from(text).length <= 40 && !END_OF_SENTENCE.test(text)) {
      this.#beginAnnex(annex[1]!, annex[2]!);
      return;
    }
    if (this.#annex === 'cards' || CARD_HEADING.test(text)) {
      this.#annex = 'cards';
      this.#cardBlocks.push(paragraph);
      return;
    }
    const numbered = this.#annex === null ? numberOf(paragraph, this.#scheme) : null;
    const clause = numbered && this.#clauseOf(paragraph, numbered);
    if (clause) this.#begin(clause);
    else if (paragraph.heading !== null) this.#takeHeading(paragraph, paragraph.heading);
    else this.#takeText(text);
  }

  #beginAnnex(number: string, title: string): void {
    const found = Object.entries(ANNEX_KINDS).find(([, words]) => words.test(title));
    this.#annex = (found?.[0] as AnnexKind | undefined) ?? null;
    this.#clauses.push({ no: `${ANNEX_WORD}${number}`, title, body: '', depth: 1 });
    this.#item = 0;
  }

  /** The clause a numbered paragraph begins; null when the number cannot come next here. */
  #clauseOf({ heading }: Paragraph, found: Numbered): ClauseText | null {
    const numbered = this.#inPlace(found);
    if (this.#scheme === 'decimal' && /^[\d.]+$/.test(numbered.no) && heading === null) {
      const isItem = numbered.depth === 1 && this.#item > 0 && numbered.value === this.#item + 1;
      if (isItem || !follows(this.#lastDecimal(), numbered.no)) {
        if (numbered.depth === 1) this.#item = numbered.value;
        return null;
      }
    }
    const { no, depth, rest } = numbered;
    return { no, depth, ...(heading === null ? titleAndBody(rest) : { title: rest, body: '' }) };
  }

  /** A number that repeats under every chapter becomes the path to it. */
  #inPlace(numbered: Numbered): Numbered {
    const { no, depth, value } = numbered;
    if (this.#scheme === 'article' && depth === 0) {
      const above = this.#clauses.findLast((one) => PART_NUMBER.test(one.no));
      return { ...numbered, depth: above ? above.depth + 1 : 1 };
    }
    const chapter = this.#clauses.findLast((one) => one.depth === 1)?.no ?? '';
    if (this.#scheme === 'chinese' && no === '')
      return { ...numbered, no: depth === 1 ? String(value) : [chapter, value].filter(Boolean).join('.') };
    if (depth === 2 && value === 0) return { ...numbered, no: `${chapter}${no}` };
    return numbered;
  }

  #lastDecimal(): string {
    return this.#clauses.findLast(({ no }) => /^[\d.]+$/.test(no))?.no ?? '';
  }

  #begin(clause: ClauseText): void {
    this.#clauses.push(clause);
    this.#annex = null;
    this.#item = 0;
  }

  /** A heading without a number: the title of the whole, else the next clause of its depth. */
  #takeHeading({ text }: Paragraph, depth: number): void {
    if (this.#clauses.length === 0 && this.#title === '' && TITLE_WORD.test(text)) this.#title = text;
    else if (this.#clauses.length === 0 && this.#preface.length === 0 && this.#title === '' && depth === 1)
      this.#title = text;
    else this.#begin({ no: this.#nextNumber(depth), title: text, body: '', depth });
  }

  #nextNumber(depth: number): string {
    const path = this.#lastDecimal().split('.').filter(Boolean).map(Number).slice(0, depth);
    while (path.length < depth) path.push(0);
    path[depth - 1]! += 1;
    return path.map((part) => Math.max(1, part)).join('.');
  }

  #takeText(text: string): void {
    const isTitle = this.#clauses.length === 0 && this.#title === '' && TITLE_WORD.test(text);
    if (isTitle && Array.from(text).length <= 50 && !END_OF_SENTENCE.test(text)) this.#title = text;
    else this.#addText(text);
  }

  #addText(text: string): void {
    const clause = this.#clauses.at(-1);
    if (clause) add(clause, text);
    else this.#preface.push(text);
  }
}

function add(clause: ClauseText, text: string): void {
  clause.body = clause.body === '' ? text : `${clause.body}\n${text}`;
}

/** “加强领导。各乡镇……” is a title and its text; a sentence alone is text; a few words are a title. */
export function titleAndBody(words: string): { title: string; body: string } {
  const text = words.trim();
  if (!END_OF_SENTENCE.test(text) && Array.from(text).length <= 30)
    return { title: text.replace(/[：:]$/u, ''), body: '' };
  const [, title, body] = /^([^，,。：:；]{2,20})[。：:\n][\s\u3000]*(.+)$/su.exec(text) ?? [];
  return title !== undefined && body !== undefined ? { title, body } : { title: '', body: text };
}
