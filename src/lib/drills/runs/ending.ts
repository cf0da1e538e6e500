import { refsOf } from '../scripts/condition.ts';
import type { RunState } from './run-state.ts';
import { injectsOf } from './inject-rules.ts';
import type { ScriptIndex } from '../scripts/script-index.ts';

/**
 * Whether an expected action never opened because what should have opened it is itself a missed action.
 * Without this, failing early would raise the score: everything that hangs on the failure would drop out.
 */
export function openerFailed(state: RunState, index: ScriptIndex, expectation: string): boolean {
  return hasFailed(state, index, index.expectations.get(expectation)!.opensOn.of, new Set([expectation]));
}

function hasFailed(state: RunState, index: ScriptIndex, id: string, seen: Set<string>): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const failed = (of: string): boolean => hasFailed(state, index, of, seen);
  const expectation = state.expectations[id];
  if (expectation) {
    if (['missed', 'rectified'].includes(expectation.state)) return true;
    return expectation.state === 'dormant' && failed(index.expectations.get(id)!.opensOn.of);
  }
  const inject = injectsOf(state, index).find((each) => each.id === id);
  if (inject) return state.injects[id]!.state !== 'released' && waitsForFailed(inject.trigger, failed);
  const isEntered = id in state.phases;
  return !isEntered && exitsTo(index, id).some((when) => refsOf(when).refs.some(({ of }) => failed(of)));
}

function waitsForFailed(
  trigger: ReturnType<typeof injectsOf>[number]['trigger'],
  failed: (of: string) => boolean,
): boolean {
  if ('after' in trigger) return trigger.after.is !== 'missed' && failed(trigger.after.of);
  if ('when' in trigger) return refsOf(trigger.when).refs.some(({ of, is }) => is !== 'missed' && failed(of));
  return false;
}

function exitsTo(index: ScriptIndex, phase: string) {
  return index.script.phases.flatMap(({ exits }) =>
    exits.filter(({ to, when }) => to === phase && when).map(({ when }) => when!),
  );
}
