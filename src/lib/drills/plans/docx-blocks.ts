import { numberingOf, type Numbering } from './docx-numbering.ts';
import type { PlanBlock } from './plan-block.ts';
import { childrenOf, readXml, valueOf, within, type XmlNode } from './xml-walk.ts';

/** The parts of a .docx that say what stands in it. */
export type DocxParts = { document: string; styles: string | null; numbering: string | null };

type Style = { heading: number | null; isContents: boolean; numId: string | undefined; level: number };
type Styles = ReadonlyMap<string, Style>;

/** What Word keeps beside the text: deleted words, what older programs see instead, remarks. */
const LEFT_OUT = new Set([
  'w:del',
  'w:moveFrom',
  'mc:Fallback',
  'w:instrText',
  'w:rPr',
  'w:pPr',
  'w:commentReference',
]);

/**
 * The paragraphs and tables of a Word document in their order, with the numbers Word counts itself written
 * out and the headings known by outline level. Null when its XML is damaged or holds no text body.
 */
export function docxBlocks(parts: DocxParts): PlanBlock[] | null {
  const body = within(readXml(parts.document) ?? undefined, 'w:body');
  if (!body) return null;
  const styles = stylesOf(parts.styles === null ? null : readXml(parts.styles));
  const numbering = numberingOf(parts.numbering === null ? null : readXml(parts.numbering));
  return blocksIn(body, styles, numbering);
}

function stylesOf(part: XmlNode | null): Styles {
  const styles = new Map<string, Style>();
  const nodes = new Map(
    childrenOf(part ?? undefined, 'w:style').map((node) => [node.attributes['w:styleId'] ?? '', node]),
  );
  for (const [id, node] of nodes) {
    const name = valueOf(within(node, 'w:name')) ?? '';
    const properties = within(node, 'w:pPr');
    const outline = valueOf(within(properties, 'w:outlineLvl')) ?? outlineAbove(nodes, node);
    const named = /^heading (\d)$/i.exec(name)?.[1];
    const number = within(properties, 'w:numPr');
    styles.set(id, {
      heading: named ? Number(named) : headingOf(outline),
      isContents: /^toc\b/i.test(name),
      numId: valueOf(within(number, 'w:numId')),
      level: Number(valueOf(within(number, 'w:ilvl')) ?? 0),
    });
  }
  return styles;
}

function outlineAbove(nodes: ReadonlyMap<string, XmlNode>, node: XmlNode): string | undefined {
  let above: XmlNode | undefined = node;
  for (let steps = 0; above && steps < 10; steps += 1) {
    above = nodes.get(valueOf(within(above, 'w:basedOn')) ?? '');
    const outline = valueOf(within(above, 'w:pPr', 'w:outlineLvl'));
    if (outline !== undefined) return outline;
  }
  return undefined;
}

/** Outline levels are counted from 0; 9 is running text. */
function headingOf(outline: string | undefined): number | null {
  const level = Number(outline ?? 9);
  return level >= 0 && level < 9 ? level + 1 : null;
}

function blocksIn(parent: XmlNode, styles: Styles, numbering: Numbering): PlanBlock[] {
  return childrenOf(parent).flatMap((node) => {
    if (node.name === 'w:p') return paragraphOf(node, styles, numbering);
    if (node.name === 'w:tbl') return [{ kind: 'table' as const, rows: rowsOf(node) }];
    if (node.name === 'w:sdt') return blocksIn(within(node, 'w:sdtContent') ?? node, styles, numbering);
    return ['w:ins', 'w:customXml', 'w:smartTag'].includes(node.name)
      ? blocksIn(node, styles, numbering)
      : [];
  });
}

function paragraphOf(node: XmlNode, styles: Styles, numbering: Numbering): PlanBlock[] {
  const properties = within(node, 'w:pPr');
  const styleId = valueOf(within(properties, 'w:pStyle')) ?? '';
  const style = styles.get(styleId);
  if (style?.isContents) return [];
  const text = textOf(node).trim();
  if (text === '') return [];
  const own = within(properties, 'w:numPr');
  const ofStyle = style?.numId ? { numId: style.numId, level: style.level } : numbering.ofStyle(styleId);
  const numId = valueOf(within(own, 'w:numId')) ?? ofStyle?.numId;
  const level = Number(valueOf(within(own, 'w:ilvl')) ?? ofStyle?.level ?? 0);
  const number = numId && numId !== '0' ? numbering.next(numId, level) : '';
  const outline = valueOf(within(properties, 'w:outlineLvl'));
  const heading = outline === undefined ? (style?.heading ?? null) : headingOf(outline);
  return [{ kind: 'paragraph', text: number === '' ? text : `${number} ${text}`, heading }];
}

/** The words of a node in order, inserted ones included, deleted ones not. */
function textOf(node: XmlNode): string {
  return childrenOf(node)
    .map((child) => {
      if (child.name === 'w:t') return child.children.filter((part) => typeof part === 'string').join('');
      if (child.name === 'w:tab') return '\t';
      if (child.name === 'w:br' || child.name === 'w:cr') return '\n';
      return LEFT_OUT.has(child.name) ? '' : textOf(child);
    })
    .join('');
}

function rowsOf(table: XmlNode): string[][] {
  const rows: string[][] = [];
  for (const row of childrenOf(table, 'w:tr')) {
    const cells: string[] = [];
    for (const cell of childrenOf(row, 'w:tc')) {
      const properties = within(cell, 'w:tcPr');
      const merge = within(properties, 'w:vMerge');
      const goesOn = merge !== undefined && valueOf(merge) !== 'restart';
      // A cell that spans rows or columns says the same in each of them.
      const words = goesOn
        ? (rows.at(-1)?.[cells.length] ?? '')
        : childrenOf(cell, 'w:p')
            .map((one) => textOf(one).trim())
            .filter((one) => one !== '')
            .join('\n');
      const span = Number(valueOf(within(properties, 'w:gridSpan')) ?? 1);
      cells.push(words, ...Array.from({ length: Math.min(span, 60) - 1 }, () => ''));
    }
    if (cells.some((cell) => cell !== '')) rows.push(cells);
  }
  return rows;
}
