/** A person's year in numbers: what every rule is measured against. Half-days and hundredths of credit hours. */
export type YearTotals = {
  attendanceHalfDays: number;
  elsewhereHalfDays: number;
  onlineCreditHundredths: number;
  adjustmentHalfDays: number;
  adjustmentCreditHundredths: number;
  certificates: number;
  /** Qualifying items of 覆盖率: confirmed half-days or trainings elsewhere, lessons, certificates. */
  items: number;
};

export const NO_TOTALS: YearTotals = {
  attendanceHalfDays: 0,
  elsewhereHalfDays: 0,
  onlineCreditHundredths: 0,
  adjustmentHalfDays: 0,
  adjustmentCreditHundredths: 0,
  certificates: 0,
  items: 0,
};

/** A line of the ledger as far as the year's totals go; `items` is +1, or −1 when it reverses another. */
export type CreditLine = {
  kind: 'attendance' | 'lesson' | 'elsewhere' | 'adjustment';
  halfDays: number;
  creditHundredths: number;
  items: number;
};

/** How many qualifying items a stored line of the ledger is: a line that takes another back is −1. */
export function itemsOfLine(line: Omit<CreditLine, 'items'>): number {
  if (line.kind === 'adjustment') return 0;
  return line.halfDays < 0 || line.creditHundredths < 0 ? -1 : 1;
}

export const CERTIFICATE_CHANGE: YearTotals = { ...NO_TOTALS, certificates: 1, items: 1 };
export const REVOCATION_CHANGE: YearTotals = { ...NO_TOTALS, certificates: -1, items: -1 };

/**
 * What a ledger line changes. Half-days become credit by each rule's own hours per day, so a line that
 * carries half-days adds no credit of its own; an adjustment is no training, so it is no item.
 */
export function changeOf(line: CreditLine): YearTotals {
  const { kind, halfDays, creditHundredths, items } = line;
  if (kind === 'attendance') return { ...NO_TOTALS, attendanceHalfDays: halfDays, items };
  if (kind === 'elsewhere') return { ...NO_TOTALS, elsewhereHalfDays: halfDays, items };
  if (kind === 'lesson') return { ...NO_TOTALS, onlineCreditHundredths: creditHundredths, items };
  if (halfDays !== 0) return { ...NO_TOTALS, adjustmentHalfDays: halfDays };
  return { ...NO_TOTALS, adjustmentCreditHundredths: creditHundredths };
}

export function sumOf(changes: readonly YearTotals[]): YearTotals {
  const sum = { ...NO_TOTALS };
  for (const change of changes)
    for (const key of Object.keys(sum) as (keyof YearTotals)[]) sum[key] += change[key];
  return sum;
}

export function isNothing(totals: YearTotals): boolean {
  return (Object.keys(NO_TOTALS) as (keyof YearTotals)[]).every((key) => totals[key] === 0);
}

export function sameTotals(a: YearTotals, b: YearTotals): boolean {
  return (Object.keys(NO_TOTALS) as (keyof YearTotals)[]).every((key) => a[key] === b[key]);
}

/** Half-days of every kind that a person sat through or was credited with. */
export function halfDaysOf(totals: YearTotals): number {
  return totals.attendanceHalfDays + totals.elsewhereHalfDays + totals.adjustmentHalfDays;
}

/** Credit hours learnt online, in hundredths; a correction may take back more than there is, never below 0. */
export function onlineCreditOf(totals: YearTotals): number {
  return Math.max(0, totals.onlineCreditHundredths + totals.adjustmentCreditHundredths);
}
