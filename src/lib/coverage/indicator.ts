import { withoutSpaces } from '#lib/kernel/chinese.ts';
import { headingKey } from '#lib/kernel/sheet-heading.ts';
import { FOOTER_ROW, SECTION_ROW } from '#lib/kernel/sheet-words.ts';
import { HEADING_YEAR, INDICATOR_COLUMNS, NATURE_WORDS } from './indicator-words.ts';

export type Nature = 'expected' | 'binding';

export type IndicatorInput = {
  ordinal: number;
  name: string;
  unit: string;
  nature: Nature;
  baseValue: string;
  targetValue: string;
  finalValue: string;
};

export type PlanInput = { title: string; fromYear: number; untilYear: number; source: string };

export type PlanState = 'running' | 'ended' | 'closed';

/** running 执行中 · ended 已到期、待填报终值 · closed 已关闭, read only. */
export function planState(plan: { untilYear: number; closedAt: Date | null }, year: number): PlanState {
  if (plan.closedAt !== null) return 'closed';
  return plan.untilYear < year ? 'ended' : 'running';
}

export type PlanReason =
  'plan_title_missing' | 'plan_period_bad' | 'plan_overlaps' | 'indicators_missing' | 'source_missing';

const YEARS_MAX = 20;

/** Everything that speaks against entering a plan. Periods of one place may not overlap. */
export function reasonsNotToEnterPlan(
  plan: PlanInput,
  indicators: readonly unknown[],
  others: readonly { fromYear: number; untilYear: number }[],
): PlanReason[] {
  const reasons: PlanReason[] = [];
  if (Array.from(plan.title.trim()).length < 4) reasons.push('plan_title_missing');
  if (plan.source.trim() === '') reasons.push('source_missing');
  const span = plan.untilYear - plan.fromYear;
  if (!(span >= 0 && span < YEARS_MAX)) reasons.push('plan_period_bad');
  if (others.some((other) => other.fromYear <= plan.untilYear && plan.fromYear <= other.untilYear))
    reasons.push('plan_overlaps');
  if (indicators.length === 0) reasons.push('indicators_missing');
  return reasons;
}

export type CloseReason = 'plan_closed' | 'plan_running' | 'final_values_missing';

/** Everything that speaks against closing a plan: its period is not over, or final values are missing. */
export function reasonsNotToClose(
  plan: { untilYear: number; closedAt: Date | null },
  indicators: readonly { finalValue: string }[],
  year: number,
): CloseReason[] {
  const state = planState(plan, year);
  if (state === 'closed') return ['plan_closed'];
  const reasons: CloseReason[] = [];
  if (state === 'running') reasons.push('plan_running');
  if (indicators.some((indicator) => indicator.finalValue === '')) reasons.push('final_values_missing');
  return reasons;
}

export type RowRefusal = {
  row: number;
  code: 'indicator_name_missing' | 'indicator_target_missing' | 'nature_unknown';
  /** The indicator and what was meant to be its target, as far as they could be read. */
  name: string;
  targetValue: string;
};
export type ReadIndicators = { indicators: IndicatorInput[]; refused: RowRefusal[]; headingFound: boolean };

type Field = keyof typeof INDICATOR_COLUMNS;

/** 2030年目标值（％） is a 目标值. */
function fieldOf(heading: string): Field | null {
  const word = headingKey(heading).replace(HEADING_YEAR, '');
  for (const [field, words] of Object.entries(INDICATOR_COLUMNS))
    if ((words as readonly string[]).includes(word)) return field as Field;
  return null;
}

export function natureOf(text: string): Nature | null {
  const word = withoutSpaces(text);
  for (const [nature, words] of Object.entries(NATURE_WORDS))
    if ((words as readonly string[]).includes(word)) return nature as Nature;
  return null;
}

/** A title inside the table or a line under it: the only text of its row. */
function isBesideTheTable(row: readonly string[]): boolean {
  const [only, ...more] = row.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (only === undefined) return true;
  return more.length === 0 && (SECTION_ROW.test(only) || FOOTER_ROW.test(only));
}

/**
 * Decides rows of a sheet, copied or uploaded: the row that names at least an indicator and a value column
 * is the heading; rows above it (a title), empty rows, titles inside and notes below are left out.
 */
export function readIndicatorRows(rows: readonly (readonly string[])[]): ReadIndicators {
  const at = rows.findIndex((row) => {
    const fields = row.map(fieldOf);
    return fields.includes('name') && fields.includes('targetValue');
  });
  if (at < 0) return { indicators: [], refused: [], headingFound: false };
  const columns = new Map<Field, number>();
  for (const [column, heading] of rows[at]!.entries()) {
    const field = fieldOf(heading);
    if (field !== null && !columns.has(field)) columns.set(field, column);
  }
  const result: ReadIndicators = { indicators: [], refused: [], headingFound: true };
  for (const [index, row] of rows.entries()) {
    if (index <= at || isBesideTheTable(row)) continue;
    readRow((field) => (row[columns.get(field) ?? -1] ?? '').trim(), index + 1, result);
  }
  return result;
}

function readRow(cell: (field: Field) => string, row: number, result: ReadIndicators): void {
  const [name, targetValue] = [cell('name'), cell('targetValue')];
  const nature = cell('nature') === '' ? 'expected' : natureOf(cell('nature'));
  const refused = { row, name, targetValue };
  if (name === '') result.refused.push({ ...refused, code: 'indicator_name_missing' });
  else if (targetValue === '') result.refused.push({ ...refused, code: 'indicator_target_missing' });
  else if (nature === null) result.refused.push({ ...refused, code: 'nature_unknown' });
  else
    result.indicators.push({
      ordinal: result.indicators.length + 1,
      ...{ name, targetValue, nature },
      unit: cell('unit'),
      baseValue: cell('baseValue'),
      finalValue: cell('finalValue'),
    });
}

/** Characters of a table of indicators; the longest published ones have a few thousand. */
export const TABLE_CHARACTERS_MAX = 20_000;

/** Rows pasted out of a sheet: lines of cells parted by tabs. */
export function pastedRows(text: string): string[][] {
  return text.split(/\r?\n/).map((line) => line.split('\t'));
}
