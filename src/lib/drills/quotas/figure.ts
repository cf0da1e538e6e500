import { isWithin } from '#lib/kernel/actor.ts';
import { doneOf, type Duty } from './duty.ts';

/** 演练完成情况 of a set of units. */
export type Figures = {
  /** 应办单位: with at least one rule. */
  units: number;
  /** 已完成单位: with every rule met. */
  met: number;
  /** 应办场次 and what of it is done; more than is required does not count. */
  required: number;
  done: number;
  /** Part of `done` that only paper drills fill, held elsewhere and confirmed. */
  paper: number;
  /** Units with a span that ended unmet, and with one that ends soon. */
  overdue: number;
  dueSoon: number;
  /** Open findings of the drills counted, each drill once. */
  openFindings: number;
};

/** Sums what units owe. What was held here fills a requirement first, paper what is left. */
export function figuresOf(duties: readonly Duty[]): Figures {
  const units = dutiesByUnit(duties);
  const findings = new Map(
    duties.flatMap(({ drills }) => drills.map((drill) => [drill.id, drill.openFindings])),
  );
  const some = (state: Duty['state']) =>
    units.filter((own) => own.some((duty) => duty.state === state)).length;
  return {
    units: units.length,
    met: units.filter((own) => own.every(({ state }) => state === 'met')).length,
    required: sum(duties, ({ required }) => required),
    done: sum(duties, doneOf),
    paper: sum(duties, (duty) => Math.min(duty.paper, Math.max(0, duty.required - duty.here))),
    overdue: some('overdue'),
    dueSoon: some('due_soon'),
    openFindings: sum([...findings.values()], (count) => count),
  };
}

function sum<Row>(rows: readonly Row[], valueOf: (row: Row) => number): number {
  return rows.reduce((total, row) => total + valueOf(row), 0);
}

/** Duties unit by unit, in the order the units come. */
export function dutiesByUnit(duties: readonly Duty[]): Duty[][] {
  const found = new Map<string, Duty[]>();
  for (const duty of duties) {
    const known = found.get(duty.unit.id);
    if (known) known.push(duty);
    else found.set(duty.unit.id, [duty]);
  }
  return [...found.values()];
}

export const UNIT_KINDS = ['missing', 'met', 'overdue', 'due_soon', 'all'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** Whether a unit, given all it owes, stands on the list of a kind. */
export function isOfKind(duties: readonly Duty[], kind: UnitKind): boolean {
  if (duties.length === 0) return false;
  if (kind === 'all') return true;
  if (kind === 'met') return duties.every(({ state }) => state === 'met');
  if (kind === 'missing') return duties.some(({ state }) => state !== 'met');
  return duties.some(({ state }) => state === kind);
}

/** Slowest first: the lower rate of drills, then the more of them to go; places that owe nothing last. */
export function bySlowness(a: Figures, b: Figures): number {
  if (a.required === 0 || b.required === 0) return Number(a.required === 0) - Number(b.required === 0);
  const difference = a.done * b.required - b.done * a.required;
  if (difference !== 0) return difference;
  return b.required - b.done - (a.required - a.done);
}

/** The duties of the units at or below a place; `own` those of the place itself and of what is directly in it. */
export function dutiesIn(duties: readonly Duty[], path: string): Duty[] {
  return duties.filter(({ unit }) => isWithin(unit.path, path));
}

export function ownDuties(duties: readonly Duty[], path: string): Duty[] {
  return duties.filter(({ unit }) => unit.path === path);
}
