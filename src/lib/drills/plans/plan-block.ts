/** What a document is made of, whatever file it came in: the recogniser sees nothing else. */
export type PlanBlock =
  | {
      kind: 'paragraph';
      text: string;
      /** 1–9 as the writer marked it; null for running text. */ heading: number | null;
    }
  | { kind: 'table'; rows: string[][] };

/** Reads Markdown as blocks: headings, tables with vertical bars, paragraphs; a list item is a paragraph. */
export function markdownBlocks(text: string): PlanBlock[] {
  const blocks: PlanBlock[] = [];
  let rows: string[][] = [];
  const endTable = () => {
    if (rows.length > 0) blocks.push({ kind: 'table', rows });
    rows = [];
  };
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const trimmed = line.trim();
    if (trimmed.startsWith('|')) {
      if (!/^\|[\s:|-]+\|$/.test(trimmed)) rows.push(cellsOf(trimmed));
      continue;
    }
    endTable();
    if (trimmed === '' || /^(-{3,}|\*{3,}|_{3,})$/.test(trimmed)) continue;
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(trimmed);
    blocks.push({
      kind: 'paragraph',
      text: plain(heading ? heading[2]! : trimmed),
      heading: heading ? heading[1]!.length : null,
    });
  }
  endTable();
  return blocks;
}

function cellsOf(line: string): string[] {
  return line
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => plain(cell.trim()));
}

function plain(text: string): string {
  return text
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/^[-*+]\s+/, '')
    .trim();
}
