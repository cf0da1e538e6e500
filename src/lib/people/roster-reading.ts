import type { Sheet, Workbook } from '#lib/kernel/sheet.ts';
import { EMPTY_CELL } from '#lib/kernel/sheet.ts';
import { chooseSheet } from '#lib/kernel/sheet-choice.ts';
import { recogniseColumns, type Columns } from '#lib/kernel/sheet-columns.ts';
import { columnLetters, gridOf, type Grid } from '#lib/kernel/sheet-grid.ts';
import { findHeadingRows, headingKey, headingsOf, type HeadingRows } from '#lib/kernel/sheet-heading.ts';
import { partRows } from '#lib/kernel/sheet-skip.ts';
import { isRosterContent, matchRosterHeading, rosterContentTests } from './roster-columns.ts';
import { columnText, refuseRoster, ROSTER_FIELD_NAMES, rowMessage } from './roster-copy.ts';
import { readLabels } from './roster-labels.ts';
import { rosterLookup, type RosterLookup } from './roster-lookup.ts';
import { readRow, type ReadRow, type RowCells } from './roster-row.ts';
import { byRank, judgeTogether } from './roster-whole.ts';
import type { CategoryCode, RosterField, RosterOptions, RosterReading } from './roster.ts';
import type { RosterReference, RosterRow, WholeCategory } from './roster.ts';
import { CATEGORY_LEVELS } from './roster.ts';
import { SIDE_SHEET } from './roster-words.ts';

type Candidate = {
  sheet: Sheet;
  grid: Grid;
  heading: HeadingRows;
  columns: Columns<RosterField>;
  parted: ReturnType<typeof partRows>;
};

/** Without these no row can be decided. */
const NEEDED: readonly RosterField[] = ['name', 'id', 'category'];

/**
 * Reads a roster and decides every row: which sheet, which heading, which column holds what, which rows
 * are no data, and of each row whether it is taken (with what was cleaned) or refused (with all its
 * faults). The same file and reference always give the same reading.
 *
 * Refuses the file: `roster_not_found` when no visible sheet (or not the one asked for) has a heading with
 * names and numbers, `roster_sheet_unknown` when `options.sheetName` is not there.
 */
export function decideRoster(
  workbook: Workbook,
  reference: RosterReference,
  options: RosterOptions,
): RosterReading {
  const lookup = rosterLookup(reference);
  const { sheetName } = options;
  const { chosen, otherSheets, isThere } = chooseSheet(workbook, sheetName, SIDE_SHEET, (sheet, isMeant) =>
    candidateOf(sheet, lookup, isMeant ? options : { ...options, mapping: {} }),
  );
  if (!isThere && sheetName !== undefined) throw refuseRoster('roster_sheet_unknown', { sheet: sheetName });
  if (!chosen) throw refuseRoster('roster_not_found');
  const { grid, heading, columns, parted } = chosen;
  const labels = readLabels(grid, heading.rows[0] ?? 1, parted.data.at(-1) ?? grid.lastRow);
  const asOf = labels.asOf ?? options.uploadedOn;
  const byField = new Map(columns.found.map((found) => [found.field, found]));
  const fileKey = wholeFileKey(labels.title || chosen.sheet.name, columns);
  const wholeCategory = byField.has('category') ? null : wholeCategoryOf(fileKey, options);
  const lacking = NEEDED.filter(
    (field) => !byField.has(field) && !(field === 'category' && wholeCategory !== null),
  );
  const terms = { asOf, lookup, category: wholeCategory?.code };
  const rows =
    lacking.length > 0 ? [] : parted.data.map((row) => readRow(row, cellsOf(grid, byField, row), terms));
  judgeTogether(rows);
  return {
    kind: kindOf(rows, labels.enterprise !== null),
    sheetName: chosen.sheet.name,
    otherSheets,
    wholeCategory,
    fileKey,
    title: labels.title,
    reportedBy: labels.reportedBy,
    enterprise: labels.enterprise,
    asOf,
    asOfSource: labels.asOf ? 'sheet' : 'upload',
    headingRows: heading.rows,
    columns: columns.found,
    unassigned: columns.unassigned,
    lacking,
    skipped: parted.skipped,
    rows: rows.map((row) => outcomeOf(row, byField)),
  };
}

/**
 * Files that look alike share a key: their title (else the sheet) without its figures, so that next year's
 * list is known again, and their headings but those of no concern. A roster of another category has another
 * title.
 */
function wholeFileKey(title: string, { found, unassigned }: Columns<RosterField>): string {
  const headings = [...found, ...unassigned].toSorted((one, other) => one.column - other.column);
  const keys = headings.map(({ heading }) => headingKey(heading));
  return [headingKey(title).replace(/\d+/g, ''), ...keys].join('|');
}

/** What was chosen now, else what was chosen for such a file before. */
function wholeCategoryOf(fileKey: string, options: RosterOptions): WholeCategory | null {
  if (options.category !== undefined) return { code: options.category, source: 'given' };
  const remembered = options.categoryMemory?.[fileKey] ?? '';
  return remembered in CATEGORY_LEVELS ? { code: remembered as CategoryCode, source: 'remembered' } : null;
}

function candidateOf(sheet: Sheet, lookup: RosterLookup, options: RosterOptions): Candidate | null {
  const grid = gridOf(sheet);
  const heading = findHeadingRows(grid, matchRosterHeading, isRosterContent) ?? headingByContent(grid);
  if (!heading) return null;
  const columns = recogniseColumns(grid, heading, {
    match: matchRosterHeading,
    tests: rosterContentTests(lookup),
    mapping: options.mapping,
    memory: options.memory,
  });
  const fields = columns.found.map(({ field }) => field);
  if (!fields.includes('id') && !(fields.includes('name') && fields.length >= 3)) return null;
  const importing = columns.found.filter(({ field }) => field !== 'remark').map(({ column }) => column);
  return { sheet, grid, heading, columns, parted: partRows(grid, heading, importing) };
}

/** A table whose headings say nothing: its data begin at the first ID number. */
function headingByContent(grid: Grid): HeadingRows | null {
  const first = grid.sheet.rows.find(({ row }) =>
    grid.columns.some((column) => /^\d{17}[\dXx]$/.test(grid.own(row, column).text.trim())),
  );
  if (!first) return null;
  const above = first.row - 1;
  const isHeading = grid.columns.filter((column) => grid.own(above, column).kind === 'text').length >= 2;
  const rows = isHeading ? [above] : [];
  // Without a heading row the data begin where the first number stands, also when that is below row 1.
  return {
    rows: rows.length > 0 ? rows : [above],
    headings: isHeading ? headingsOf(grid, rows) : new Map(),
    score: 0,
  };
}

function cellsOf(grid: Grid, byField: ReadonlyMap<RosterField, { column: number }>, row: number): RowCells {
  return (field) => {
    const found = byField.get(field);
    return found ? (grid.spread(row, found.column) ?? EMPTY_CELL) : null;
  };
}

function kindOf(rows: readonly ReadRow[], hasEnterprise: boolean): RosterReading['kind'] {
  const known = rows.filter(({ faults }) => faults.every(({ code }) => code !== 'category_unknown'));
  const ofEnterprise = known.filter(({ fields }) => CATEGORY_LEVELS[fields.category] === 'enterprise').length;
  return ofEnterprise * 2 > known.length || (known.length === 0 && hasEnterprise) ? 'enterprise' : 'cadre';
}

function outcomeOf(
  { row, fields, notes, faults }: ReadRow,
  byField: ReadonlyMap<RosterField, { column: number; heading: string }>,
): RosterRow {
  if (faults.length === 0) return { row, outcome: 'accepted', fields, notes };
  const ranked = byRank(faults);
  const main = ranked[0]!;
  const placeOf = (field: RosterField) => {
    const found = byField.get(field);
    const letters = found ? columnText(columnLetters(found.column)) : '';
    return { heading: found?.heading || ROSTER_FIELD_NAMES[field], letters };
  };
  return {
    row,
    outcome: 'refused',
    code: main.code,
    also: [...new Set(ranked.slice(1).map(({ code }) => code))].filter((code) => code !== main.code),
    field: main.field,
    heading: placeOf(main.field).heading,
    shown: main.shown,
    message: rowMessage(row, ranked, placeOf),
    ...(main.hint ? { hint: main.hint } : {}),
    ...(main.other ? { other: main.other } : {}),
    name: fields.name,
  };
}
