import type { PlanBlock } from './plan-block.ts';
import { ARTICLE, BRACKETED, CHAPTER, chineseNumber, ENUMERATED, SECTION } from './reading-words.ts';

/**
 * How a document numbers its clauses: 5.1.2, 第十二条, or 一、（一）. A document has one way; what looks like
 * another is a list in the text of a clause.
 */
export type Scheme = 'decimal' | 'article' | 'chinese';

/** A number at the beginning of a paragraph. */
export type Numbered = {
  /** What people cite. Empty for a number that repeats: the path of its ancestors makes it one. */
  no: string;
  depth: number;
  /** The last segment, for telling whether it follows. */
  value: number;
  rest: string;
};

type Paragraph = Extract<PlanBlock, { kind: 'paragraph' }>;

const DOTTED = /^(\d{1,2}(?:[.．]\d{1,2}){1,4})(?![\d%])[.．、\s\u3000]*(.*)$/s;
const SINGLE = /^(\d{1,2})(?:[.．、\s\u3000]+)(?!\d)(.*)$/s;

/** The way a document numbers most of its paragraphs. */
export function schemeOf(blocks: readonly PlanBlock[]): Scheme {
  const paragraphs = blocks.filter((block): block is Paragraph => block.kind === 'paragraph');
  const count = (pattern: RegExp) => paragraphs.filter(({ text }) => pattern.test(text)).length;
  const [dotted, articles, enumerated] = [count(DOTTED), count(ARTICLE), count(ENUMERATED)];
  const singles = paragraphs.filter(({ text, heading }) => heading !== null && SINGLE.test(text)).length;
  if (articles >= 3 && articles >= dotted) return 'article';
  if (dotted >= 2 || singles >= 2) return 'decimal';
  return enumerated >= 1 ? 'chinese' : 'decimal';
}

/** The number a paragraph of a document of this scheme begins with, if it has one. */
export function numberOf({ text, heading }: Paragraph, scheme: Scheme): Numbered | null {
  const chapter = CHAPTER.exec(text);
  if (chapter && isShort(chapter[2]!)) return { no: chapter[1]!, depth: 1, value: 0, rest: chapter[2]! };
  const section = SECTION.exec(text);
  if (section && isShort(section[2]!)) return { no: section[1]!, depth: 2, value: 0, rest: section[2]! };
  if (scheme === 'article') return articleOf(text);
  if (scheme === 'chinese') return enumeratedOf(text);
  return decimalOf(text, heading !== null);
}

function articleOf(text: string): Numbered | null {
  const article = ARTICLE.exec(text);
  return article && { no: article[1]!, depth: 0, value: 0, rest: article[2]! };
}

function enumeratedOf(text: string): Numbered | null {
  const first = ENUMERATED.exec(text);
  if (first) return { no: '', depth: 1, value: chineseNumber(first[1]!), rest: first[2]! };
  const second = BRACKETED.exec(text);
  return second && { no: '', depth: 2, value: chineseNumber(second[1]!), rest: second[2]! };
}

function decimalOf(text: string, isHeading: boolean): Numbered | null {
  const dotted = DOTTED.exec(text);
  if (dotted) {
    const parts = dotted[1]!.split(/[.．]/).map(Number);
    return { no: parts.join('.'), depth: parts.length, value: parts.at(-1)!, rest: dotted[2]! };
  }
  const single = SINGLE.exec(text);
  if (single && (isHeading || isShort(single[2]!)))
    return { no: String(Number(single[1])), depth: 1, value: Number(single[1]), rest: single[2]! };
  const enumerated = ENUMERATED.exec(text);
  if (!enumerated || !isShort(enumerated[2]!)) return null;
  const value = chineseNumber(enumerated[1]!);
  return { no: String(value), depth: 1, value, rest: enumerated[2]! };
}

/** A heading is short and is no sentence. */
function isShort(words: string): boolean {
  return Array.from(words).length <= 30 && !/[。；;，]/u.test(words);
}

/**
 * Whether a decimal number can come next: it is greater than the last, by little where they first differ,
 * and begins low behind that. A number left out by a slip, or a chapter that was not seen, loses no clause.
 */
export function follows(last: string, next: string): boolean {
  const before = last === '' ? [] : last.split('.').map(Number);
  const after = next.split('.').map(Number);
  const differing = after.findIndex((part, index) => part !== before[index]);
  if (differing < 0) return false;
  const step = after[differing]! - (before[differing] ?? 0);
  return step >= 1 && step <= 3 && after.slice(differing + 1).every((part) => part >= 1 && part <= 2);
}
