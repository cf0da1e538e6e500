import * as v from 'valibot';
import { durationMs, isDuration } from './duration.ts';

/**
 * Conditions of a script: a small tree of data, evaluated by one pure function. No expression strings:
 * an author's screen can draw a tree, the lint can read it, and nothing in it can run.
 */

/** What can have happened to an inject, an expected action or a phase. */
export const HAPPENED = [
  'released',
  'acked',
  'skipped',
  'expired',
  'met',
  'late',
  'missed',
  'entered',
  'exited',
] as const;
export type Happened = (typeof HAPPENED)[number];

/** Something of the script, and what became of it. `late` counts as `met` as well, as `late` alone does not. */
export type Ref = { of: string; is: Happened };

export const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const;
export type Comparison = (typeof COMPARISONS)[number];

export type Value = number | string | boolean;

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { ref: Ref }
  | { elapsed: string; since: Ref }
  | { var: string; cmp: Comparison; value: Value }
  | { decision: string; is: string }
  | { count: string[]; is: Happened; atLeast: number };

export const durationSchema = v.pipe(v.string(), v.check(isDuration, 'duration'));

export const refSchema = v.strictObject({ of: v.pipe(v.string(), v.minLength(1)), is: v.picklist(HAPPENED) });

export const valueSchema = v.union([v.pipe(v.number(), v.finite()), v.string(), v.boolean()]);

export const conditionSchema: v.GenericSchema<Condition> = v.lazy(() =>
  v.union([
    v.strictObject({ all: v.pipe(v.array(conditionSchema), v.minLength(1)) }),
    v.strictObject({ any: v.pipe(v.array(conditionSchema), v.minLength(1)) }),
    v.strictObject({ not: conditionSchema }),
    v.strictObject({ ref: refSchema }),
    v.strictObject({ elapsed: durationSchema, since: refSchema }),
    v.strictObject({ var: v.string(), cmp: v.picklist(COMPARISONS), value: valueSchema }),
    v.strictObject({ decision: v.string(), is: v.string() }),
    v.strictObject({
      count: v.pipe(v.array(v.string()), v.minLength(1)),
      is: v.picklist(HAPPENED),
      atLeast: v.pipe(v.number(), v.integer(), v.minValue(1)),
    }),
  ]),
);

/** What a condition asks of a run, as of one moment of exercise time. */
export type Known = {
  nowMs: number;
  /** Exercise time at which it first was so, or null. */
  sinceOf(ref: Ref): number | null;
  valueOf(variable: string): Value | undefined;
  /** The option taken, or null while open. */
  optionOf(decision: string): string | null;
};

/** Whether a condition holds. */
export function holds(condition: Condition, known: Known): boolean {
  if ('all' in condition) return condition.all.every((each) => holds(each, known));
  if ('any' in condition) return condition.any.some((each) => holds(each, known));
  if ('not' in condition) return !holds(condition.not, known);
  if ('ref' in condition) return known.sinceOf(condition.ref) !== null;
  if ('elapsed' in condition) {
    const since = known.sinceOf(condition.since);
    return since !== null && known.nowMs >= since + durationMs(condition.elapsed);
  }
  if ('var' in condition) return compare(known.valueOf(condition.var), condition.cmp, condition.value);
  if ('decision' in condition) return known.optionOf(condition.decision) === condition.is;
  const many = condition.count.filter((of) => known.sinceOf({ of, is: condition.is }) !== null).length;
  return many >= condition.atLeast;
}

function compare(left: Value | undefined, comparison: Comparison, right: Value): boolean {
  if (left === undefined || typeof left !== typeof right) return false;
  if (comparison === '=') return left === right;
  if (comparison === '!=') return left !== right;
  if (comparison === '<') return left < right;
  if (comparison === '<=') return left <= right;
  return comparison === '>' ? left > right : left >= right;
}

/**
 * When time alone may next change the answer: the earliest moment after `known.nowMs` at which an
 * `elapsed` whose beginning is known comes true. Null when only an event can change it. Whoever waits for
 * a condition must wake then, because nothing else would.
 */
export function wakesAt(condition: Condition, known: Known): number | null {
  if ('all' in condition) return earliest(condition.all.map((each) => wakesAt(each, known)));
  if ('any' in condition) return earliest(condition.any.map((each) => wakesAt(each, known)));
  if ('not' in condition) return wakesAt(condition.not, known);
  if (!('elapsed' in condition)) return null;
  const since = known.sinceOf(condition.since);
  if (since === null) return null;
  const at = since + durationMs(condition.elapsed);
  return at > known.nowMs ? at : null;
}

/** The earliest of some moments, null standing for never. */
export function earliest(moments: readonly (number | null)[]): number | null {
  let first: number | null = null;
  for (const moment of moments) if (moment !== null && (first === null || moment < first)) first = moment;
  return first;
}

/** Every part of the script that a condition asks about, for the lint and for what wakes what. */
export function refsOf(condition: Condition): {
  refs: Ref[];
  variables: string[];
  decisions: { id: string; option: string }[];
} {
  const found = {
    refs: [] as Ref[],
    variables: [] as string[],
    decisions: [] as { id: string; option: string }[],
  };
  const walk = (each: Condition): void => {
    if ('all' in each) each.all.forEach(walk);
    else if ('any' in each) each.any.forEach(walk);
    else if ('not' in each) walk(each.not);
    else if ('ref' in each) found.refs.push(each.ref);
    else if ('elapsed' in each) found.refs.push(each.since);
    else if ('var' in each) found.variables.push(each.var);
    else if ('decision' in each) found.decisions.push({ id: each.decision, option: each.is });
    else for (const of of each.count) found.refs.push({ of, is: each.is });
  };
  walk(condition);
  return found;
}
