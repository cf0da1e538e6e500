import type { Condition, Ref } from './condition.ts';
import { fault, type ScriptFinding } from './lint-finding.ts';
import { indexOf, type ScriptIndex } from './script-index.ts';
import type { Inject, Script } from './script.ts';

/**
 * What can happen at all, whoever does what: the least set of phases, injects and expected actions closed
 * under "could follow". A part outside it can never happen. The set errs on the side of possible; whether
 * a phase is really walked through is shown by the dry runs (dry-run.ts).
 */
export function lintReach(script: Script): ScriptFinding[] {
  const possible = possibleParts(script);
  return [
    ...script.phases.flatMap(({ id, title }, at) =>
      possible.has(id) ? [] : [fault('phase_unreachable', `phases.${at}`, title)],
    ),
    ...script.injects.flatMap(({ id, code, title }, at) =>
      possible.has(id) ? [] : [fault('never_released', `injects.${at}`, `${code} ${title}`)],
    ),
    ...script.expectations.flatMap(({ id, title }, at) =>
      possible.has(id) ? [] : [fault('never_opens', `expectations.${at}`, title)],
    ),
  ];
}

/** Names of all phases that can be entered, injects that can be released, expected actions that can open. */
export function possibleParts(script: Script): Set<string> {
  const index = indexOf(script);
  const possible = new Set([script.phases[0]!.id]);
  for (let before = -1; before !== possible.size;) {
    before = possible.size;
    for (const phase of script.phases) {
      if (!possible.has(phase.id)) continue;
      for (const { when, manual, to } of phase.exits)
        if (manual || (when && mayHold(when, possible, index))) possible.add(to);
      if (phase.maxDuration && phase.onTimeout) possible.add(phase.onTimeout);
    }
    for (const inject of script.injects) if (mayBeReleased(inject, possible, index)) possible.add(inject.id);
    for (const { id, opensOn } of script.expectations)
      if (mayHappen(opensOn, possible, index)) possible.add(id);
  }
  return possible;
}

function mayBeReleased(
  { trigger, phases, outOfPhase }: Inject,
  possible: Set<string>,
  index: ScriptIndex,
): boolean {
  if (outOfPhase === 'skip' && phases && !phases.some((id) => possible.has(id))) return false;
  if ('at' in trigger || 'manual' in trigger) return true;
  if ('after' in trigger) return mayHappen(trigger.after, possible, index);
  if ('when' in trigger) return mayHold(trigger.when, possible, index);
  const { expectation, on } = trigger.contingency;
  if (!possible.has(expectation)) return false;
  return on !== 'wrong_action' || (index.expectations.get(expectation)?.wrong?.length ?? 0) > 0;
}

function mayHappen({ of, is }: Ref, possible: Set<string>, index: ScriptIndex): boolean {
  if (!possible.has(of)) return false;
  return is !== 'expired' || index.injects.get(of)?.ackLimit !== undefined;
}

function mayHold(condition: Condition, possible: Set<string>, index: ScriptIndex): boolean {
  if ('all' in condition) return condition.all.every((each) => mayHold(each, possible, index));
  if ('any' in condition) return condition.any.some((each) => mayHold(each, possible, index));
  if ('ref' in condition) return mayHappen(condition.ref, possible, index);
  if ('elapsed' in condition) return mayHappen(condition.since, possible, index);
  if ('decision' in condition) return possible.has(condition.decision);
  if ('count' in condition)
    return (
      condition.count.filter((of) => mayHappen({ of, is: condition.is }, possible, index)).length >=
      condition.atLeast
    );
  // A variable can be set by the director to anything; a `not` may hold before anything happened.
  return true;
}
