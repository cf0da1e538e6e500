import type { Known, Ref, Value } from '../scripts/condition.ts';
import type { RunState } from './run-state.ts';
import type { ScriptIndex } from '../scripts/script-index.ts';

/** What a condition may ask of a run, as of a moment of exercise time. */
export function knownOf(state: RunState, index: ScriptIndex, nowMs: number): Known {
  return {
    nowMs,
    sinceOf: (ref) => sinceOf(state, ref),
    valueOf: (variable) => valueOf(state, index, variable, nowMs),
    optionOf: (decision) => state.decisions[decision]?.option ?? null,
  };
}

/** Exercise time since which something is so, or null. `met` is what was done in time or late; `late` only the latter. */
export function sinceOf(state: RunState, { of, is }: Ref): number | null {
  if (is === 'entered') return state.phases[of]?.enteredMs ?? null;
  if (is === 'exited') return state.phases[of]?.exitedMs ?? null;
  const inject = state.injects[of];
  if (inject) return sinceInject(inject, is, state.atMs);
  const expectation = state.expectations[of];
  if (!expectation) return null;
  const { state: now } = expectation;
  if (is === 'missed') return expectation.missedMs;
  if (is === 'late') return now === 'late' ? expectation.doneMs : null;
  return is === 'met' && (now === 'met' || now === 'late') ? expectation.doneMs : null;
}

function sinceInject(inject: RunState['injects'][string], is: Ref['is'], atMs: number): number | null {
  if (is === 'released') return inject.releasedMs;
  if (is === 'expired') return inject.expiredMs;
  if (is === 'skipped') return inject.state === 'skipped' ? (inject.armedMs ?? atMs) : null;
  if (is !== 'acked') return null;
  const times = Object.values(inject.acked);
  return times.length > 0 ? Math.min(...times) : null;
}

/** A variable's value: what was set, else what its series says at the moment, else its first. */
export function valueOf(state: RunState, index: ScriptIndex, id: string, nowMs: number): Value | undefined {
  if (id in state.set) return state.set[id];
  const variable = index.variables.get(id);
  const series = index.series.get(id);
  if (!series) return variable?.initial;
  let value: Value | undefined = variable?.initial;
  for (const [atMs, next] of series) if (atMs <= nowMs) value = next;
  return value;
}
