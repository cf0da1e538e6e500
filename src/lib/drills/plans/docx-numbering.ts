import { chineseCount } from './reading-words.ts';
import { childrenOf, valueOf, within, type XmlNode } from './xml-walk.ts';

type Level = { start: number; format: string; text: string; style: string | undefined };

/** What Word shows before a paragraph: it is not in the text, it is counted when the page is drawn. */
export type Numbering = {
  next(numId: string, level: number): string;
  ofStyle(style: string): { numId: string; level: number } | null;
};

function levelsOf(abstract: XmlNode): Map<number, Level> {
  const levels = new Map<number, Level>();
  for (const node of childrenOf(abstract, 'w:lvl'))
    levels.set(Number(node.attributes['w:ilvl'] ?? 0), {
      start: Number(valueOf(within(node, 'w:start')) ?? 1),
      format: valueOf(within(node, 'w:numFmt')) ?? 'decimal',
      text: valueOf(within(node, 'w:lvlText')) ?? '',
      style: valueOf(within(node, 'w:pStyle')),
    });
  return levels;
}

function formatted(value: number, format: string): string {
  if (/chinese|japanese|ideograph|taiwanese/i.test(format)) return chineseCount(value);
  if (format === 'lowerLetter') return String.fromCodePoint(96 + value);
  if (format === 'upperLetter') return String.fromCodePoint(64 + value);
  return String(value);
}

/** Counts the automatic numbers of a document from its numbering part; without one nothing is numbered. */
export function numberingOf(part: XmlNode | null): Numbering {
  const abstracts = new Map(
    childrenOf(part ?? undefined, 'w:abstractNum').map((node) => [
      node.attributes['w:abstractNumId'] ?? '',
      levelsOf(node),
    ]),
  );
  const lists = new Map(
    childrenOf(part ?? undefined, 'w:num').map((node) => [
      node.attributes['w:numId'] ?? '',
      valueOf(within(node, 'w:abstractNumId')) ?? '',
    ]),
  );
  // Lists that share their levels are counted together, as Word does.
  const counters = new Map<string, number[]>();
  return {
    next(numId, at) {
      const abstract = lists.get(numId) ?? '';
      const levels = abstracts.get(abstract);
      const level = levels?.get(at);
      if (!levels || !level || level.format === 'bullet' || level.format === 'none') return '';
      const counts = counters.get(abstract) ?? [];
      const start = (index: number) => levels.get(index)?.start ?? 1;
      const upper = Array.from({ length: at }, (_, index) => counts[index] ?? start(index));
      const own = counts[at] === undefined ? level.start : counts[at] + 1;
      counters.set(abstract, [...upper, own]);
      const isLegal = /%\d.*%\d/.test(level.text) && level.format === 'decimal';
      return level.text.replace(/%(\d)/g, (_, digit: string) => {
        const index = Number(digit) - 1;
        return formatted(
          [...upper, own][index] ?? 1,
          isLegal ? 'decimal' : (levels.get(index)?.format ?? 'decimal'),
        );
      });
    },
    ofStyle(style) {
      for (const [numId, abstract] of lists)
        for (const [level, { style: of }] of abstracts.get(abstract) ?? [])
          if (of === style) return { numId, level };
      return null;
    },
  };
}
