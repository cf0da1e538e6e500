import { daysBetween, type Day } from '#lib/kernel/day.ts';
import {
  fits,
  PERIODS,
  rulesFor,
  windowsOf,
  type DrillContent,
  type DrillForm,
  type QuotaRule,
  type Window,
} from './rule.ts';
import type { Unit } from './unit.ts';

/**
 * A drill that counts: held here and evaluated with a signed report, or held on paper and confirmed by a
 * second person.
 */
export type HeldDrill = {
  id: string;
  /** Place whose drill it is, which need not be the units'. */
  path: string;
  title: string;
  heldOn: Day;
  form: DrillForm;
  content: DrillContent;
  planKinds: readonly string[];
  isPaper: boolean;
  /** Findings of it that are not closed. */
  openFindings: number;
  unitIds: readonly string[];
};

export type PlannedLine = {
  id: string;
  unitId: string;
  year: number;
  month: number;
  form: DrillForm;
  content: DrillContent;
  planKind: string;
};

export const DUTY_STATES = ['met', 'going', 'due_soon', 'overdue'] as const;
export type DutyState = (typeof DUTY_STATES)[number];

/** One rule for one unit in one span. */
export type Duty = {
  unit: Unit;
  rule: QuotaRule;
  window: Window;
  required: number;
  /** Of the drills that count: held here, and on paper. May exceed what is required. */
  here: number;
  paper: number;
  /** Lines of the year's plan for months that are not over. */
  planned: number;
  state: DutyState;
  drills: readonly HeldDrill[];
};

/** Days before the end of a span from which a unit is reminded. */
export const REMIND_DAYS = 60;

/** What was done under a duty, never more than is required. */
export function doneOf(duty: Pick<Duty, 'required' | 'here' | 'paper'>): number {
  return Math.min(duty.required, duty.here + duty.paper);
}

export function missingOf(duty: Pick<Duty, 'required' | 'here' | 'paper'>): number {
  return duty.required - doneOf(duty);
}

type Facts = {
  units: readonly Unit[];
  rules: readonly QuotaRule[];
  held: readonly HeldDrill[];
  planned: readonly PlannedLine[];
};

/**
 * Everything units owe in a year as of a day: a span that has not begun is not owed, and one drill serves
 * every rule it fits.
 */
export function dutiesOf(facts: Facts, year: number, today: Day): Duty[] {
  const heldBy = byUnit(facts.held, (drill) => drill.unitIds);
  const plannedBy = byUnit(facts.planned, (line) => [line.unitId]);
  const windows = PERIODS.flatMap((period) =>
    windowsOf(period, year).map((window) => ({ period, window })),
  ).filter(({ window }) => window.fromOn <= today);
  return facts.units.flatMap((unit) =>
    windows.flatMap(({ period, window }) =>
      rulesFor(unit, facts.rules, window.untilOn)
        .filter((rule) => rule.period === period)
        .map((rule) =>
          dutyOf({ unit, rule, window }, heldBy.get(unit.id) ?? [], plannedBy.get(unit.id) ?? [], today),
        ),
    ),
  );
}

function byUnit<Row>(rows: readonly Row[], unitsOf: (row: Row) => readonly string[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows)
    for (const id of new Set(unitsOf(row))) {
      const known = found.get(id);
      if (known) known.push(row);
      else found.set(id, [row]);
    }
  return found;
}

function dutyOf(
  what: Pick<Duty, 'unit' | 'rule' | 'window'>,
  held: readonly HeldDrill[],
  planned: readonly PlannedLine[],
  today: Day,
): Duty {
  const { rule, window } = what;
  const drills = held.filter(
    (drill) => drill.heldOn >= window.fromOn && drill.heldOn <= window.untilOn && fits(rule, drill),
  );
  const paper = drills.filter((drill) => drill.isPaper).length;
  const counts = { required: rule.count, here: drills.length - paper, paper };
  return {
    ...what,
    ...counts,
    planned: planned.filter(
      (line) => isAhead(line, window, today) && fits(rule, { ...line, planKinds: [line.planKind] }),
    ).length,
    state: stateOf(missingOf(counts), window, today),
    drills,
  };
}

function isAhead(line: PlannedLine, window: Window, today: Day): boolean {
  const month = `${line.year}-${String(line.month).padStart(2, '0')}`;
  return (
    month >= today.slice(0, 7) && month >= window.fromOn.slice(0, 7) && month <= window.untilOn.slice(0, 7)
  );
}

function stateOf(missing: number, window: Window, today: Day): DutyState {
  if (missing <= 0) return 'met';
  if (today > window.untilOn) return 'overdue';
  return daysBetween(today, window.untilOn) <= REMIND_DAYS ? 'due_soon' : 'going';
}
