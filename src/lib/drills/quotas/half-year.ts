import type { Day } from '#lib/kernel/day.ts';

export const CHECK_RESULTS = ['in_order', 'faulty', 'untrue'] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];

export type HalfYear = { year: number; half: number };

/** The half-year that a day lies in. */
export function halfYearOf(day: Day): HalfYear {
  return { year: Number(day.slice(0, 4)), half: Number(day.slice(5, 7)) <= 6 ? 1 : 2 };
}

/** Half-years that can be reported on a day: this one, once drills were held in it, and the three before. */
export function reportableHalfYears(day: Day): HalfYear[] {
  const { year, half } = halfYearOf(day);
  return [0, 1, 2, 3].map((back) => {
    const at = year * 2 + (half - 1) - back;
    return { year: Math.floor(at / 2), half: (at % 2) + 1 };
  });
}

export type ReportReason = 'half_year_bad' | 'report_checked';

/** Why a half-year cannot be reported: too old or to come, or found in order by a spot check already. */
export function reasonsNotToReport(
  asked: HalfYear,
  known: { checkResult: CheckResult | null } | null,
  today: Day,
): ReportReason[] {
  const reasons: ReportReason[] = [];
  const isKnown = reportableHalfYears(today).some(
    ({ year, half }) => year === asked.year && half === asked.half,
  );
  if (!isKnown) reasons.push('half_year_bad');
  if (known?.checkResult === 'in_order') reasons.push('report_checked');
  return reasons;
}

export type CheckReason = 'check_own' | 'check_note_missing' | 'check_day_bad';

/** Why a spot check cannot be entered: one's own report, no note where something is wrong, a day to come. */
export function reasonsNotToCheck(
  report: { submittedBy: string },
  check: { result: CheckResult; note: string; checkedOn: Day },
  checker: { accountId: string | null },
  today: Day,
): CheckReason[] {
  const reasons: CheckReason[] = [];
  if (checker.accountId === report.submittedBy) reasons.push('check_own');
  if (check.result !== 'in_order' && [...check.note.trim()].length < 4) reasons.push('check_note_missing');
  if (check.checkedOn > today) reasons.push('check_day_bad');
  return reasons;
}
