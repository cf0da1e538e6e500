import type { Day } from '#lib/kernel/day.ts';

/** Distinct persons of a place and group in a year. */
export type Figures = {
  /** 应训: everybody on the roster. */
  headcount: number;
  /** 已训: at least one qualifying item. */
  covered: number;
  /** Persons with at least one day or hour rule. */
  ruled: number;
  /** 免训: exempt from every rule they fall under. */
  exempt: number;
  /** 达标 */
  met: number;
};

export const NO_FIGURES: Figures = { headcount: 0, covered: 0, ruled: 0, exempt: 0, met: 0 };
export const FIGURE_KEYS = ['headcount', 'covered', 'ruled', 'exempt', 'met'] as const;

/** The denominator of 达标率: those with a rule, less approved exemptions. */
export function dueOf(figures: Figures): number {
  return figures.ruled - figures.exempt;
}

/** Not yet compliant. */
export function missingOf(figures: Figures): number {
  return dueOf(figures) - figures.met;
}

/** Without any training this year. */
export function uncoveredOf(figures: Figures): number {
  return figures.headcount - figures.covered;
}

/** Below 90 %, where a rate is printed bold with ▼; nothing where the denominator is 0. */
export function isLow(numerator: number, denominator: number): boolean {
  return numerator * 10 < denominator * 9;
}

/** Tenths of a percentage point between two rates; null where one of them has no denominator. */
export function tenthsSince(
  now: { numerator: number; denominator: number },
  before: { numerator: number; denominator: number } | null,
): number | null {
  if (before === null || now.denominator === 0 || before.denominator === 0) return null;
  const tenths = (rate: { numerator: number; denominator: number }) =>
    Math.floor((rate.numerator * 1000) / rate.denominator);
  return tenths(now) - tenths(before);
}

/** The rate by which places are compared: 达标率 where there are rules, else 覆盖率. */
export function leadingRate(figures: Figures): { numerator: number; denominator: number } {
  if (figures.ruled > 0) return { numerator: figures.met, denominator: dueOf(figures) };
  return { numerator: figures.covered, denominator: figures.headcount };
}

/** Slowest first; among equals the one with more persons to go; places without anybody last. */
export function bySlowness(a: Figures, b: Figures): number {
  const [rateA, rateB] = [leadingRate(a), leadingRate(b)];
  if (rateA.denominator === 0 || rateB.denominator === 0)
    return Number(rateA.denominator === 0) - Number(rateB.denominator === 0);
  const difference = rateA.numerator * rateB.denominator - rateB.numerator * rateA.denominator;
  if (difference !== 0) return difference;
  return rateB.denominator - rateB.numerator - (rateA.denominator - rateA.numerator);
}

/** The month before the one of a day, `YYYY-MM`: the last that can be frozen. */
export function monthBefore(day: Day): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
}
