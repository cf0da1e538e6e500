/** One line of the 学时 ledger, in amounts. */
export type Amounts = { halfDays: number; creditHundredths: number };

export type CreditKind = 'attendance' | 'lesson' | 'elsewhere' | 'adjustment';

/** A person cannot be in two rooms: at most two half-days of attendance a day, whatever the classes. */
export const ATTENDANCE_HALF_DAYS_MAX = 2;
/** Hours in a training day where no rule pack was adopted (design: 8, a parameter). */
export const HOURS_PER_DAY_DEFAULT = 8;
export const RULE_VERSION_DEFAULT = 'default';

/** Credit (hundredths of an hour) of half-days at so many hours a day. */
export function creditOfHalfDays(halfDays: number, hoursPerDay: number): number {
  return halfDays * hoursPerDay * 50;
}

/** An adopted rule pack as far as credit is concerned. */
export type HoursRule = {
  packId: string;
  hoursPerDay: number;
  path: string;
  fromOn: string;
  untilOn: string | null;
  /** Whom its rules are for: `cadre`, `enterprise`. */
  rosters: readonly string[];
};

/**
 * The pack that holds for somebody on a day: of those for the own roster the one of the nearest place that
 * adopted one, then the latest. Without one, the default.
 */
export function hoursRuleFor(
  rules: readonly HoursRule[],
  who: { path: string; rosters: readonly string[] },
  heldOn: string,
): { version: string; hoursPerDay: number } {
  const [chosen] = rules
    .filter(
      (rule) => who.path.startsWith(rule.path) && rule.fromOn <= heldOn && (rule.untilOn ?? '9999') >= heldOn,
    )
    .filter((rule) => rule.rosters.some((roster) => who.rosters.includes(roster)))
    .sort(
      (a, b) => b.path.length - a.path.length || compare(b.fromOn, a.fromOn) || compare(a.packId, b.packId),
    );
  if (!chosen) return { version: RULE_VERSION_DEFAULT, hoursPerDay: HOURS_PER_DAY_DEFAULT };
  return { version: chosen.packId, hoursPerDay: chosen.hoursPerDay };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** A line of the ledger as far as its chain is concerned. */
export type Chained = Amounts & { id: string; reverses: string | null };

/** The end of a chain of lines about one piece of evidence: each reverses the one before. */
export function lastOf<Line extends Chained>(chain: readonly Line[]): Line | undefined {
  const reversed = new Set(chain.map((line) => line.reverses));
  return chain.find((line) => !reversed.has(line.id));
}

/** Whether the evidence counts now: entered, and not taken back since. */
export function isCounted(chain: readonly Chained[]): boolean {
  return chain.length % 2 === 1;
}

/** A half-day somebody stood in, as a candidate for credit. */
export type HalfDay = { attendanceId: string; half: string; counted: boolean };

/**
 * Which half-days of one person and one day count: one for each half of the day, at most two, those that
 * count already before others. The answer is the same number whatever the order they were confirmed in.
 */
export function countedHalfDays(halves: readonly HalfDay[]): Set<string> {
  const chosen = new Map<string, string>();
  const inOrder = [...halves].sort(
    (a, b) => Number(b.counted) - Number(a.counted) || compare(a.attendanceId, b.attendanceId),
  );
  for (const { attendanceId, half } of inOrder)
    if (!chosen.has(half) && chosen.size < ATTENDANCE_HALF_DAYS_MAX) chosen.set(half, attendanceId);
  return new Set(chosen.values());
}

export type Totals = {
  attendanceHalfDays: number;
  elsewhereHalfDays: number;
  adjustmentHalfDays: number;
  lessonHundredths: number;
  attendanceHundredths: number;
  elsewhereHundredths: number;
  adjustmentHundredths: number;
};

/** A year of the ledger in sums, kept apart by where the training was done. */
export function totalsOf(lines: readonly (Amounts & { kind: CreditKind })[]): Totals {
  const sum = (kind: CreditKind, amount: (line: Amounts) => number) =>
    lines.filter((line) => line.kind === kind).reduce((total, line) => total + amount(line), 0);
  const halves = (line: Amounts) => line.halfDays;
  const hundredths = (line: Amounts) => line.creditHundredths;
  return {
    attendanceHalfDays: sum('attendance', halves),
    elsewhereHalfDays: sum('elsewhere', halves),
    adjustmentHalfDays: sum('adjustment', halves),
    lessonHundredths: sum('lesson', hundredths),
    attendanceHundredths: sum('attendance', hundredths),
    elsewhereHundredths: sum('elsewhere', hundredths),
    adjustmentHundredths: sum('adjustment', hundredths),
  };
}

export type AdjustFault = 'adjust_nothing' | 'adjust_reason_missing' | 'adjust_negative' | 'adjust_day_bad';

/** Why an adjustment by hand cannot be entered. Totals of a year may never fall below zero. */
export function reasonsNotToAdjust(
  adjustment: Amounts & { reason: string; heldOn: string },
  totals: Amounts,
  today: string,
): AdjustFault[] {
  const faults: AdjustFault[] = [];
  if (adjustment.halfDays === 0 && adjustment.creditHundredths === 0) faults.push('adjust_nothing');
  if ([...adjustment.reason.trim()].length < 4) faults.push('adjust_reason_missing');
  if (adjustment.heldOn > today) faults.push('adjust_day_bad');
  if (totals.halfDays + adjustment.halfDays < 0 || totals.creditHundredths + adjustment.creditHundredths < 0)
    faults.push('adjust_negative');
  return faults;
}
