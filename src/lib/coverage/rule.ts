import { isWithin } from '#lib/kernel/actor.ts';
import { halfDaysOf, onlineCreditOf, type YearTotals } from './person-year.ts';

export type Metric = 'day_hundredths' | 'credit_hundredths';
export type Strength = 'hard' | 'soft' | 'target';
export type Risk = 'any' | 'high_risk' | 'other';

/** A rule where a bureau has adopted its pack; `path` is the place of the adoption. */
export type RuleInForce = {
  id: string;
  packId: string;
  title: string;
  categories: readonly string[];
  metric: Metric;
  required: number;
  strength: Strength;
  risk: Risk;
  hoursPerDay: number;
  onlineShareMax: number | null;
  path: string;
};

/** A post as far as rules and figures go. */
export type PostHeld = {
  id: string;
  category: string;
  roster: string;
  divisionId: string;
  path: string;
  organizationId: string | null;
  highRisk: boolean;
};

/**
 * A yearly quota is measured at the year's end: what is in force on this day holds for the whole year, so
 * figures do not change by themselves from one day to the next.
 */
export function evaluationDay(year: number): string {
  return `${year}-12-31`;
}

/** Whether something with a first and perhaps a last day holds on a day, both days included. */
export function isInForce(dated: { fromOn: string; untilOn: string | null }, day: string): boolean {
  return dated.fromOn <= day && (dated.untilOn === null || dated.untilOn >= day);
}

function fitsRisk(risk: Risk, highRisk: boolean): boolean {
  return risk === 'any' || (risk === 'high_risk') === highRisk;
}

/** The rules a post falls under, each once though county and city may both have adopted its pack. */
export function rulesFor(post: PostHeld, rules: readonly RuleInForce[]): RuleInForce[] {
  const fitting = new Map<string, RuleInForce>();
  for (const rule of rules)
    if (
      rule.categories.includes(post.category) &&
      isWithin(post.path, rule.path) &&
      fitsRisk(rule.risk, post.highRisk)
    )
      fitting.set(rule.id, rule);
  return [...fitting.values()];
}

/** What was done under a rule, by where it was done; in the unit of the rule's metric, hundredths. */
export type DoneParts = {
  inPerson: number;
  elsewhere: number;
  adjusted: number;
  online: number;
  onlineUncounted: number;
};

/** Hundredths of a day, or of a credit hour, that one half-day gives under a rule. */
function halfDayWorth(rule: Pick<RuleInForce, 'metric' | 'hoursPerDay'>): number {
  return rule.metric === 'day_hundredths' ? 50 : rule.hoursPerDay * 50;
}

type Measure = Pick<RuleInForce, 'metric' | 'required' | 'hoursPerDay' | 'onlineShareMax'>;

/** The online part, and how much of it the rule's cap leaves out. */
function onlineUnder(rule: Measure, totals: YearTotals): { counted: number; uncounted: number } {
  const credit = onlineCreditOf(totals);
  const online = rule.metric === 'day_hundredths' ? Math.floor(credit / rule.hoursPerDay) : credit;
  if (rule.onlineShareMax === null) return { counted: online, uncounted: 0 };
  const counted = Math.min(online, Math.floor((rule.required * rule.onlineShareMax) / 100));
  return { counted, uncounted: online - counted };
}

export function donePartsUnder(rule: Measure, totals: YearTotals): DoneParts {
  const worth = halfDayWorth(rule);
  const online = onlineUnder(rule, totals);
  return {
    inPerson: totals.attendanceHalfDays * worth,
    elsewhere: totals.elsewhereHalfDays * worth,
    adjusted: totals.adjustmentHalfDays * worth,
    online: online.counted,
    onlineUncounted: online.uncounted,
  };
}

/** What a person has done under a rule in a year, in hundredths of its unit. */
export function doneUnder(rule: Measure, totals: YearTotals): number {
  return Math.max(0, halfDaysOf(totals) * halfDayWorth(rule) + onlineUnder(rule, totals).counted);
}
