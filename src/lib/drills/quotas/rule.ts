import { isWithin } from '#lib/kernel/actor.ts';
import type { Day } from '#lib/kernel/day.ts';
import type { Unit, UnitClass } from './unit.ts';

export const PERIODS = ['half_year', 'year', 'two_years', 'three_years'] as const;
export type Period = (typeof PERIODS)[number];
export type DrillForm = 'tabletop' | 'sandtable' | 'functional' | 'full_scale';
export type DrillContent = 'single' | 'comprehensive';
export const FORM_NEEDS = ['any', 'tabletop', 'full_scale'] as const;
export type FormNeed = (typeof FORM_NEEDS)[number];
export const CONTENT_NEEDS = ['any', 'single', 'comprehensive'] as const;
export type ContentNeed = (typeof CONTENT_NEEDS)[number];

/** What a rule asks of one drill. */
export type Need = { form: FormNeed; content: ContentNeed; planKinds: readonly string[] };

/** A rule where a bureau has adopted its pack; `path` is the place of the adoption, `count` what holds there. */
export type QuotaRule = Need & {
  id: string;
  packId: string;
  title: string;
  unitClass: UnitClass;
  count: number;
  period: Period;
  path: string;
  fromOn: Day;
  untilOn: Day | null;
};

/** A span of days in which a number of drills is due, both days included. */
export type Window = { fromOn: Day; untilOn: Day };

const YEARS: Readonly<Record<Exclude<Period, 'half_year'>, number>> = {
  year: 1,
  two_years: 2,
  three_years: 3,
};

/**
 * The spans that a year is judged by: both halves, the year, or the two or three calendar years that end
 * with it, so that "at least once in two years" is asked anew at the end of each year.
 */
export function windowsOf(period: Period, year: number): Window[] {
  if (period === 'half_year')
    return [
      { fromOn: `${year}-01-01`, untilOn: `${year}-06-30` },
      { fromOn: `${year}-07-01`, untilOn: `${year}-12-31` },
    ];
  return [{ fromOn: `${year - YEARS[period] + 1}-01-01`, untilOn: `${year}-12-31` }];
}

/**
 * The rules a unit falls under on the last day of a span, each once: where county and city have both
 * adopted a pack with a number of their own, the greater holds.
 */
export function rulesFor(unit: Unit, rules: readonly QuotaRule[], day: Day): QuotaRule[] {
  const fitting = new Map<string, QuotaRule>();
  for (const rule of rules) {
    if (!unit.classes.includes(rule.unitClass) || !isWithin(unit.path, rule.path)) continue;
    if (rule.fromOn > day || (rule.untilOn !== null && rule.untilOn < day)) continue;
    const known = fitting.get(rule.id);
    if (!known || known.count < rule.count) fitting.set(rule.id, rule);
  }
  return [...fitting.values()];
}

const HANDS_ON: readonly DrillForm[] = ['functional', 'full_scale'];

/** Whether a drill is of the kind a rule asks for; a sand table is a tabletop, a functional drill is hands-on. */
export function fits(
  need: Need,
  drill: { form: DrillForm; content: DrillContent; planKinds: readonly string[] },
): boolean {
  if (need.form !== 'any' && (need.form === 'full_scale') !== HANDS_ON.includes(drill.form)) return false;
  if (need.content !== 'any' && need.content !== drill.content) return false;
  return need.planKinds.length === 0 || drill.planKinds.some((kind) => need.planKinds.includes(kind));
}
