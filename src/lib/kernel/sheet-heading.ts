import { halfWidth, withoutSpaces } from './chinese.ts';
import type { Grid } from './sheet-grid.ts';

/** The words by which fields are known, the best first. */
export type FieldWords<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/** A match of a heading with a field: how good, 0 to 1. */
export type WordMatch<Field extends string> = { field: Field; strength: number };

/** One column's heading: as it stands in the sheet, and the forms in which it may be known. */
export type Heading = { text: string; keys: readonly string[] };

export type HeadingRows = { rows: readonly number[]; headings: ReadonlyMap<number, Heading>; score: number };

const ROWS_SEARCHED = 40;

/** A heading for comparing: no spaces, marks or brackets, half-width, lower case. */
export function headingKey(text: string): string {
  const plain = halfWidth(withoutSpaces(text)).toLowerCase();
  const open = plain.replace(/\([^()]*\)|\[[^[\]]*\]|\u3010[^\u3011]*\u3011/gu, '');
  return (open === '' ? plain : open).replace(/[*:#"'\u2605\u203b]/gu, '');
}

/** A finder of fields by heading words; what is not a field but known (序号) counts as `ignored`. */
export function wordMatcher<Field extends string>(words: FieldWords<Field>, ignored: readonly string[]) {
  const exact = new Map<string, WordMatch<Field> | 'ignored'>();
  const parts: { word: string; match: WordMatch<Field> }[] = [];
  for (const word of ignored) exact.set(headingKey(word), 'ignored');
  for (const field of Object.keys(words) as Field[]) {
    words[field].forEach((word, rank) => {
      const key = headingKey(word);
      exact.set(key, { field, strength: 1 - rank / 100 });
      if (key.length > 1) parts.push({ word: key, match: { field, strength: 0.6 - rank / 1000 } });
    });
  }
  parts.sort((one, other) => other.word.length - one.word.length);

  return function match(heading: Heading): WordMatch<Field> | 'ignored' | null {
    const found = heading.keys.map((key) => exact.get(key)).filter((hit) => hit !== undefined);
    const field = found.find((hit) => hit !== 'ignored');
    if (field) return field;
    if (found.length > 0) return 'ignored';
    for (const key of heading.keys) {
      const part = parts.find(({ word }) => key.includes(word));
      if (part) return part.match;
    }
    return null;
  };
}

/**
 * The row, or the two rows, whose words name the most fields; null when no row names two. Two rows are
 * taken only when the second adds names: group titles above, columns below.
 */
export function findHeadingRows<Field extends string>(
  grid: Grid,
  match: (heading: Heading) => WordMatch<Field> | 'ignored' | null,
  isContent: (text: string) => boolean,
): HeadingRows | null {
  let best: HeadingRows | null = null;
  for (const { row } of grid.sheet.rows.slice(0, ROWS_SEARCHED)) {
    if (grid.columns.some((column) => isContent(grid.own(row, column).text))) continue;
    const below = grid.columns.some((column) => isContent(grid.own(row + 1, column).text));
    for (const rows of below || !hasGroups(grid, row) ? [[row]] : [[row], [row, row + 1]]) {
      const headings = headingsOf(grid, rows);
      // Half a name more is the least for which a second row is taken.
      const score = scoreOf(headings, match) - (rows.length - 1) * 0.5;
      if (score >= 1.5 && score > (best?.score ?? 0)) best = { rows, headings, score };
    }
  }
  return best;
}

/** Whether a row can be the upper one of two: at least two short titles, none with a value behind it. */
function hasGroups(grid: Grid, row: number): boolean {
  const texts = grid.columns.map((column) => grid.own(row, column).text).filter((text) => text !== '');
  return texts.length >= 2 && texts.every(isGroupTitle);
}

function isGroupTitle(text: string): boolean {
  return withoutSpaces(text).length <= 20 && !/[:\uff1a]./u.test(text);
}

/** The headings of a given row, or of two. */
export function headingsOf(grid: Grid, rows: readonly number[]): Map<number, Heading> {
  const headings = new Map<number, Heading>();
  for (const column of grid.columns) {
    const above = grid.spread(rows[0]!, column).text;
    const top = isGroupTitle(above) ? above : '';
    const bottom = rows.length > 1 ? grid.own(rows[1]!, column).text : '';
    const texts = bottom === '' ? [grid.own(rows[0]!, column).text] : [top + bottom, bottom];
    const keys = texts.map(headingKey).filter((key) => key !== '');
    if (keys.length > 0) headings.set(column, { text: withoutSpaces(texts.at(-1)!), keys });
  }
  return headings;
}

function scoreOf<Field extends string>(
  headings: ReadonlyMap<number, Heading>,
  match: (heading: Heading) => WordMatch<Field> | 'ignored' | null,
): number {
  const strengths = new Map<Field, number>();
  let ignored = 0;
  for (const heading of headings.values()) {
    const hit = match(heading);
    if (hit === 'ignored') ignored += 0.1;
    else if (hit) strengths.set(hit.field, Math.max(hit.strength, strengths.get(hit.field) ?? 0));
  }
  const named = strengths.size < 2 ? 0 : [...strengths.values()].reduce((sum, strength) => sum + strength, 0);
  return named === 0 ? 0 : named + ignored;
}
