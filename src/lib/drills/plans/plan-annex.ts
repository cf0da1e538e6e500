import type { PlanBlock } from './plan-block.ts';
import type { ActionCard, PlanContact, PlanDuty, PlanResponseLevel } from './plan.ts';
import {
  CARD_FIELDS,
  CARD_HEADING,
  CARD_TABLE_HEADING,
  CARD_TITLE_FIELD,
  CONTACT_COLUMNS,
  DUTY_COLUMNS,
  RESPONSE_COLUMNS,
} from './reading-words.ts';

/** Rows of a table by the headings of its first row; null when `needed` are not all among them. */
function byColumns<Field extends string>(
  rows: readonly string[][],
  columns: Readonly<Record<Field, RegExp>>,
  needed: readonly NoInfer<Field>[],
): Record<Field, string>[] | null {
  const heading = rows[0] ?? [];
  const places = new Map<Field, number>();
  const taken = new Set<number>();
  for (const [field, words] of Object.entries(columns) as [Field, RegExp][]) {
    const place = heading.findIndex((cell, index) => !taken.has(index) && words.test(cell));
    if (place < 0) continue;
    places.set(field, place);
    taken.add(place);
  }
  if (!needed.every((field) => places.has(field))) return null;
  return rows.slice(1).flatMap((row) => {
    const read = Object.fromEntries(
      (Object.keys(columns) as Field[]).map((field) => [field, (row[places.get(field) ?? -1] ?? '').trim()]),
    ) as Record<Field, string>;
    return Object.values(read).some((cell) => cell !== '') ? [read] : [];
  });
}

/** 响应分级; null when it is another table. */
export function responseRows(rows: readonly string[][]): PlanResponseLevel[] | null {
  return byColumns(rows, RESPONSE_COLUMNS, ['level', 'condition']);
}

/** 职责清单; null when it is another table. */
export function dutyRows(rows: readonly string[][]): PlanDuty[] | null {
  return byColumns(rows, DUTY_COLUMNS, ['post', 'duty']);
}

/** 通信录; null when it is another table. */
export function contactRows(rows: readonly string[][]): PlanContact[] | null {
  return byColumns(rows, CONTACT_COLUMNS, ['name', 'phone']);
}

type CardField = keyof typeof CARD_FIELDS;
const LABELS = (Object.entries(CARD_FIELDS) as [CardField, readonly string[]][]).flatMap(([field, words]) =>
  words.map((word) => ({ field, word })),
);

/** A line that begins with the name of a field: which, and what follows it. */
function labelled(line: string): { field: CardField; rest: string } | null {
  for (const { field, word } of LABELS) {
    if (!line.startsWith(word)) continue;
    const rest = line.slice(word.length);
    if (rest.trim() === '') return { field, rest: '' };
    if (/^[\s\u3000]*[：:]/.test(rest))
      return { field, rest: rest.replace(/^[\s\u3000]*[：:][\s\u3000]*/, '') };
  }
  return null;
}

/** A table of a card as lines, so that it is read like one written in paragraphs. */
function linesOfTable(rows: readonly string[][]): string[] {
  return rows.flatMap(([first = '', ...rest]) => {
    const words = rest.filter((cell) => cell !== '').join('\n');
    if (words === '') return first.split('\n');
    if (first === CARD_TABLE_HEADING) return [];
    if (CARD_TITLE_FIELD.includes(first)) return [`\u0000${words}`];
    return `${first}：${words}`.split('\n');
  });
}

/** Reads cards: each begins with a heading (卡片：…) or with the row that names it. */
export function readCards(blocks: readonly PlanBlock[]): { cards: ActionCard[]; rest: string[] } {
  const cards: ActionCard[] = [];
  const rest: string[] = [];
  let field: CardField | null = null;
  const begin = (title: string) => {
    cards.push({ title, trigger: '', steps: [], report: '', never: [], clause: '' });
    field = null;
  };
  for (const block of blocks) {
    const isHeading = block.kind === 'paragraph' && block.heading !== null;
    const lines = block.kind === 'table' ? linesOfTable(block.rows) : block.text.split('\n');
    for (const line of lines.map((one) => one.trim()).filter((one) => one !== '')) {
      const title = line.startsWith('\u0000') ? line.slice(1) : CARD_HEADING.exec(line)?.[1];
      if (title !== undefined || isHeading) {
        begin(title ?? line);
        continue;
      }
      const found = labelled(line);
      field = found?.field ?? field;
      const card = cards.at(-1);
      if (!card || field === null) rest.push(line);
      else addTo(card, field, found ? found.rest : line);
    }
    // What follows the table of a card is none of its text.
    if (block.kind === 'table') field = null;
  }
  return { cards, rest };
}

function addTo(card: ActionCard, field: CardField, words: string): void {
  if (words === '') return;
  if (field === 'steps')
    card.steps.push(
      ...words
        .split(/[\s\u3000]+(?=\d{1,2}[.．、]\s)/)
        .map((one) => one.replace(/^[(（]?\d{1,2}[)）.．、]\s*/, '')),
    );
  else if (field === 'never')
    card.never.push(
      ...words
        .replace(/[。.]$/u, '')
        .split(/[；;]/u)
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    );
  else card[field] = card[field] === '' ? words : `${card[field]}\n${words}`;
}
