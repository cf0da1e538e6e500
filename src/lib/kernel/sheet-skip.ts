import { withoutSpaces } from './chinese.ts';
import { isBlank, type Grid } from './sheet-grid.ts';
import { headingKey, type HeadingRows } from './sheet-heading.ts';
import { FOOTER_ROW, SECTION_ROW, TOTAL_ROW } from './sheet-words.ts';

/** A row inside or under a table that is no data and no error. */
export type SkippedRow = { row: number; why: 'blank' | 'total' | 'footer' | 'section' | 'heading' };

const BLANKS_LISTED = 200;

/**
 * Parts the rows under the heading into data and what is to be skipped. `importing` are the columns with
 * values a person writes: a row with nothing in them (a number already filled in, a formula) is blank.
 */
export function partRows(grid: Grid, heading: HeadingRows, importing: readonly number[]) {
  const data: number[] = [];
  const skipped: SkippedRow[] = [];
  const first = Math.max(0, ...heading.rows) + 1;
  let expected = first;
  for (const { row } of grid.sheet.rows) {
    if (row < first) continue;
    for (; expected < row && skipped.length < BLANKS_LISTED; expected += 1)
      skipped.push({ row: expected, why: 'blank' });
    expected = row + 1;
    const why = whyNoData(grid, heading, row, importing);
    if (why) skipped.push({ row, why });
    else data.push(row);
  }
  return { data, skipped: withFooters(withoutTrailingBlanks(skipped, data), data) };
}

function whyNoData(
  grid: Grid,
  heading: HeadingRows,
  row: number,
  importing: readonly number[],
): SkippedRow['why'] | null {
  const filled = grid.columns.filter((column) => !isBlank(grid.own(row, column)));
  if (filled.length === 0) return 'blank';
  const start = grid.own(row, filled[0]!).text.trim();
  if (TOTAL_ROW.test(withoutSpaces(start))) return 'total';
  const values = filled.filter((column) => importing.includes(column));
  if (values.length <= 1 && FOOTER_ROW.test(start)) return 'footer';
  if (filled.length === 1 && (SECTION_ROW.test(start) || isWide(grid, row, filled[0]!))) return 'section';
  const repeated = filled.filter(
    (column) =>
      headingKey(grid.own(row, column).text) === headingKey(heading.headings.get(column)?.text ?? ''),
  );
  if (repeated.length >= 3) return 'heading';
  return values.length === 0 ? 'blank' : null;
}

function isWide(grid: Grid, row: number, column: number): boolean {
  const merge = grid.merged(row, column);
  return merge !== undefined && merge.right - merge.left >= 2;
}

/** A wide line after the last row of data stands under the table. */
function withFooters(skipped: SkippedRow[], data: readonly number[]): SkippedRow[] {
  const last = data.at(-1) ?? 0;
  return skipped.map((line) =>
    line.why === 'section' && line.row > last ? { ...line, why: 'footer' } : line,
  );
}

function withoutTrailingBlanks(skipped: SkippedRow[], data: readonly number[]): SkippedRow[] {
  const lastWritten = Math.max(
    0,
    data.at(-1) ?? 0,
    ...skipped.filter(({ why }) => why !== 'blank').map(({ row }) => row),
  );
  return skipped.filter(({ row }) => row <= lastWritten);
}
