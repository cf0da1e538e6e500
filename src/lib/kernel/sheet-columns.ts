import type { Cell } from './sheet.ts';
import type { Grid } from './sheet-grid.ts';
import { isBlank } from './sheet-grid.ts';
import { headingKey, type Heading, type HeadingRows, type WordMatch } from './sheet-heading.ts';

/** How a column was recognised, the surest first. */
export type Confidence = 'given' | 'remembered' | 'heading' | 'likely' | 'content';

export type FoundColumn<Field extends string> = {
  field: Field;
  column: number;
  heading: string;
  confidence: Confidence;
};

/** Tells by content: `weight` is how far the content alone may decide (0: it never does). */
export type ContentTest = { weight: number; test: (cell: Cell) => boolean };

export type ColumnRules<Field extends string> = {
  match: (heading: Heading) => WordMatch<Field> | 'ignored' | null;
  tests: Partial<Record<Field, ContentTest>>;
  /** What a person set: field → column, 0 for a field that no column holds. */
  mapping?: Partial<Record<Field, number>>;
  /** What this bureau's headings meant before; `` marks a column not to import. */
  memory?: Readonly<Record<string, Field | ''>>;
};

export type Columns<Field extends string> = {
  found: FoundColumn<Field>[];
  unassigned: { column: number; heading: string }[];
};

type Claim<Field extends string> = FoundColumn<Field> & { score: number };

const CELLS_SAMPLED = 300;

/** Which column holds what. Each field has one column, each column one field; the strongest claim first. */
export function recogniseColumns<Field extends string>(
  grid: Grid,
  heading: HeadingRows,
  rules: ColumnRules<Field>,
): Columns<Field> {
  const fixed = new Set(Object.keys(rules.mapping ?? {}));
  const claims = grid.columns
    .flatMap((column) => claimsOf(grid, heading, column, rules))
    .filter((claim) => claim.score >= 30 && !fixed.has(claim.field))
    .sort((one, other) => other.score - one.score || one.column - other.column);
  const found = givenColumns(heading, rules.mapping ?? {});
  for (const { score: _, ...claim } of claims) {
    if (!found.some(({ field, column }) => field === claim.field || column === claim.column))
      found.push(claim);
  }
  found.sort((one, other) => one.column - other.column);
  const taken = new Set(found.map(({ column }) => column));
  const unassigned = [...heading.headings]
    .filter(([column, text]) => !taken.has(column) && rules.match(text) !== 'ignored')
    .map(([column, { text }]) => ({ column, heading: text }));
  return { found, unassigned };
}

function givenColumns<Field extends string>(
  heading: HeadingRows,
  mapping: Partial<Record<Field, number>>,
): FoundColumn<Field>[] {
  return (Object.entries(mapping) as [Field, number][])
    .filter(([, column]) => column > 0)
    .map(([field, column]) => ({
      field,
      column,
      heading: heading.headings.get(column)?.text ?? '',
      confidence: 'given',
    }));
}

function claimsOf<Field extends string>(
  grid: Grid,
  headingRows: HeadingRows,
  column: number,
  rules: ColumnRules<Field>,
): Claim<Field>[] {
  const heading = headingRows.headings.get(column);
  const base = { column, heading: heading?.text ?? '' };
  const remembered = heading?.keys.map((key) => rules.memory?.[key]).find((field) => field !== undefined);
  if (remembered === '') return [];
  if (remembered) return [{ ...base, field: remembered, confidence: 'remembered', score: 300 }];
  const match = heading ? rules.match(heading) : null;
  if (match === 'ignored') return [];
  const cells = sample(grid, headingRows, column);
  const claims: Claim<Field>[] = [];
  for (const [field, { weight, test }] of Object.entries(rules.tests) as [Field, ContentTest][]) {
    const share = cells.length === 0 ? 0 : cells.filter(test).length / cells.length;
    const byHeading = match?.field === field;
    if (!byHeading && share >= 0.6 && weight > 0 && (cells.length >= 3 || !heading))
      claims.push({ ...base, field, confidence: 'content', score: weight * share });
  }
  if (match) claims.push({ ...base, ...headingClaim(match, cells, rules.tests[match.field]) });
  return claims;
}

function headingClaim<Field extends string>(match: WordMatch<Field>, cells: Cell[], content?: ContentTest) {
  const confidence: Confidence = match.strength > 0.8 ? 'heading' : 'likely';
  const share = content && cells.length > 0 ? cells.filter(content.test).length / cells.length : 0;
  // Content that contradicts its heading (the phone numbers stand under 身份证号) takes the claim away.
  const contradicted = content && content.weight >= 60 && cells.length >= 3 && share < 0.2 ? -70 : 0;
  return { field: match.field, confidence, score: match.strength * 100 + share * 60 + contradicted };
}

function sample(grid: Grid, heading: HeadingRows, column: number): Cell[] {
  const first = Math.max(0, ...heading.rows) + 1;
  const cells: Cell[] = [];
  for (const { row, cells: stored } of grid.sheet.rows) {
    const cell = stored[column - 1];
    if (row < first || !cell || isBlank(cell)) continue;
    cells.push(cell);
    if (cells.length === CELLS_SAMPLED) break;
  }
  return cells;
}

/** How a heading is remembered for a bureau (the memory's keys). */
export function rememberedHeading(text: string): string {
  return headingKey(text);
}
