import { addDays, type Day } from '#lib/kernel/day.ts';

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

/**
 * The amounts of the lines to append to a chain, in order, each reversing the one before, so that it counts
 * `halfDays` half-days from then on; none when it does already. A part is never taken back by itself: the
 * whole line is reversed and what remains is entered anew, at the hours a day of the first line.
 */
export function amountsToReach(chain: readonly Chained[], halfDays: number): Amounts[] {
  const last = lastOf(chain);
  const first = chain.find((line) => line.reverses === null);
  if (!last || !first) return [];
  const counted = isCounted(chain);
  if ((counted ? last.halfDays : 0) === halfDays) return [];
  const steps: Amounts[] = counted ? [negated(last)] : [];
  if (halfDays > 0)
    steps.push({ halfDays, creditHundredths: (first.creditHundredths / first.halfDays) * halfDays });
  return steps;
}

/** What takes a line back as a whole. */
export function negated({ halfDays, creditHundredths }: Amounts): Amounts {
  return { halfDays: 0 - halfDays, creditHundredths: 0 - creditHundredths };
}

/**
 * Of the chains about one piece of evidence on several records of a person, the one that goes on: a chain
 * that counts before others, then the one of the surviving record. The others count no more.
 */
export function keptChain<Line extends Chained & { personId: string }>(
  chains: readonly (readonly Line[])[],
  survivorId: string,
): readonly Line[] | undefined {
  const rank = (chain: readonly Line[]) =>
    Number(isCounted(chain)) * 2 + Number(chain[0]?.personId === survivorId);
  return [...chains].sort(
    (a, b) => rank(b) - rank(a) || compare(a[0]?.personId ?? '', b[0]?.personId ?? ''),
  )[0];
}

/** A half-day somebody stood in, as a candidate for credit. */
export type HalfDay = {
  attendanceId: string;
  half: string;
  counted: boolean;
  /** On the surviving record of somebody whose records were merged. */
  own: boolean;
};

/**
 * Which half-days of one person and one day count: one for each half of the day, at most two, those that
 * count already before others, those of the surviving record before those of linked ones. The answer is
 * the same number whatever the order they were confirmed in.
 */
export function countedHalfDays(halves: readonly HalfDay[]): Set<string> {
  const chosen = new Map<string, string>();
  const inOrder = [...halves].sort(
    (a, b) =>
      Number(b.counted) - Number(a.counted) ||
      Number(b.own) - Number(a.own) ||
      compare(a.attendanceId, b.attendanceId),
  );
  for (const { attendanceId, half } of inOrder)
    if (!chosen.has(half) && chosen.size < ATTENDANCE_HALF_DAYS_MAX) chosen.set(half, attendanceId);
  return new Set(chosen.values());
}

/** Training elsewhere, confirmed for somebody: so many half-days somewhere between two days. */
export type Elsewhere = { trainingId: string; fromOn: Day; toOn: Day; halfDays: number };

/**
 * How many half-days of each training elsewhere count, beside the half-days somebody signed in for here. A
 * day has two halves, wherever they were spent, so a half that a sign-in fills is never counted again; the
 * sign-in goes first, because it names its half and the registration only its days. What a registration
 * does not say is read in the person's favour: half-days move within its days as far as there is room. So
 * the sum is the most that fits the calendar, whatever came first, and a record read twice changes nothing.
 */
export function countedElsewhere(
  trainings: readonly Elsewhere[],
  signedOn: ReadonlyMap<Day, number>,
): Map<string, number> {
  // The one that ends first takes the earliest free halves: nothing that comes after could use them better.
  const inOrder = [...largestOf(trainings)].sort(
    (a, b) => compare(a.toOn, b.toOn) || compare(a.fromOn, b.fromOn) || compare(a.trainingId, b.trainingId),
  );
  const taken = new Map(signedOn);
  const counted = new Map<string, number>();
  for (const { trainingId, fromOn, toOn, halfDays } of inOrder) {
    let left = halfDays;
    for (let day = fromOn; day <= toOn && left > 0; day = addDays(day, 1)) {
      const used = taken.get(day) ?? 0;
      const here = Math.min(left, Math.max(0, ATTENDANCE_HALF_DAYS_MAX - used));
      taken.set(day, used + here);
      left -= here;
    }
    counted.set(trainingId, halfDays - left);
  }
  return counted;
}

/** A training that two records of one person are listed in is one training: the longer stay stands. */
function largestOf(trainings: readonly Elsewhere[]): Iterable<Elsewhere> {
  const byId = new Map<string, Elsewhere>();
  for (const training of trainings)
    if ((byId.get(training.trainingId)?.halfDays ?? 0) < training.halfDays)
      byId.set(training.trainingId, training);
  return byId.values();
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
