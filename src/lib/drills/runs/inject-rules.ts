import { holds, wakesAt } from '../scripts/condition.ts';
import { durationMs } from '../scripts/duration.ts';
import type { Inject } from '../scripts/script.ts';
import { knownOf, sinceOf } from './known.ts';
import type { Fact, InjectState, RunState } from './run-state.ts';
import { receiversOf, type ScriptIndex } from '../scripts/script-index.ts';

/**
 * Injects (情景注入): when their time has come, and what their release brings. All functions change the
 * state they are given, which is the step's own copy (settle.ts).
 */

export function newInject(): InjectState {
  return { state: 'waiting', armedMs: null, releasedMs: null, approvals: [], acked: {}, expiredMs: null };
}

/** The inject as the run has it: the director's changed words over the script's. */
export function injectOf(state: RunState, index: ScriptIndex, id: string): Inject | undefined {
  const inject = index.injects.get(id) ?? state.added.find((added) => added.id === id);
  const edit = state.edits[id];
  return inject && edit ? { ...inject, ...edit } : inject;
}

/** All injects of the run, in the script's order, then those the director added. */
export function injectsOf(state: RunState, index: ScriptIndex): readonly Inject[] {
  return state.added.length > 0 ? [...index.script.injects, ...state.added] : index.script.injects;
}

export function changeInject(
  state: RunState,
  id: string,
  part: Partial<InjectState>,
  ...facts: Fact[]
): void {
  state.injects[id] = { ...state.injects[id]!, ...part };
  state.facts.push(...facts);
}

/** When the trigger comes due as far as is known now, or null. Arms a condition that has just come true. */
export function dueMsOf(state: RunState, index: ScriptIndex, { id, trigger }: Inject): number | null {
  if ('at' in trigger) return durationMs(trigger.at);
  if ('manual' in trigger) return null;
  if ('after' in trigger) {
    const since = sinceOf(state, trigger.after);
    return since === null ? null : since + durationMs(trigger.delay ?? 'PT0S');
  }
  if ('contingency' in trigger) return contingencyMs(state, index, trigger.contingency);
  const armedMs =
    state.injects[id]!.armedMs ??
    (holds(trigger.when, knownOf(state, index, state.atMs)) ? state.atMs : null);
  if (armedMs === null) return null;
  if (state.injects[id]!.armedMs === null) changeInject(state, id, { armedMs });
  return armedMs + durationMs(trigger.delay ?? 'PT0S');
}

function contingencyMs(
  state: RunState,
  index: ScriptIndex,
  { expectation, on }: Extract<Inject['trigger'], { contingency: unknown }>['contingency'],
): number | null {
  const now = state.expectations[expectation];
  if (!now) return null;
  if (on === 'missed') return now.missedMs;
  if (on === 'wrong_action') return now.wrongMs;
  if (now.state !== 'open' || now.openedMs === null) return null;
  return now.openedMs + Math.floor(durationMs(index.expectations.get(expectation)!.limit) / 2);
}

/** When time alone may next move this inject, or null. */
export function injectWakesAt(state: RunState, index: ScriptIndex, inject: Inject): number | null {
  const now = state.injects[inject.id]!;
  if (now.state === 'released') {
    if (!inject.ackLimit || now.expiredMs !== null || isAcked(state, index, inject)) return null;
    return now.releasedMs! + durationMs(inject.ackLimit) + 1;
  }
  if (now.state !== 'waiting') return null;
  const { trigger } = inject;
  if ('when' in trigger && now.armedMs === null)
    return wakesAt(trigger.when, knownOf(state, index, state.atMs));
  return dueMsOf(state, index, inject);
}

function isAcked(state: RunState, index: ScriptIndex, inject: Inject): boolean {
  const { acked } = state.injects[inject.id]!;
  return receiversOf(inject, index).every((role) => role.id in acked);
}

/** Brings out what has come due. True when something changed. */
export function releaseDue(state: RunState, index: ScriptIndex): boolean {
  let changed = false;
  for (const inject of injectsOf(state, index)) {
    if (state.injects[inject.id]!.state !== 'waiting') continue;
    const dueMs = dueMsOf(state, index, inject);
    if (dueMs === null || dueMs > state.atMs) continue;
    comeDue(state, index, inject, dueMs);
    changed = true;
  }
  return changed;
}

function comeDue(state: RunState, index: ScriptIndex, inject: Inject, dueMs: number): void {
  const { id } = inject;
  const jumped =
    state.jump && dueMs <= state.jump.toMs ? (state.jump.choices[id] ?? defaultOnJump(index)) : 'fire';
  const isOut = inject.phases !== undefined && !inject.phases.includes(state.phase);
  const outOfPhase = isOut ? (inject.outOfPhase ?? 'hold') : 'fire';
  if (jumped === 'skip')
    changeInject(
      state,
      id,
      { state: 'skipped', armedMs: state.atMs },
      { type: 'inject_skipped', inject: id, why: 'jump' },
    );
  else if (jumped === 'hold')
    changeInject(state, id, { state: 'held' }, { type: 'inject_held', inject: id, why: 'jump' });
  else if (outOfPhase === 'skip')
    changeInject(
      state,
      id,
      { state: 'skipped', armedMs: state.atMs },
      { type: 'inject_skipped', inject: id, why: 'phase' },
    );
  else if (outOfPhase === 'hold')
    changeInject(state, id, { state: 'held' }, { type: 'inject_held', inject: id, why: 'phase' });
  else if ((inject.approval ?? 'auto') !== 'auto')
    changeInject(state, id, { state: 'due' }, { type: 'inject_due', inject: id });
  else releaseInject(state, inject, 'clock');
}

function defaultOnJump(index: ScriptIndex): 'fire' | 'hold' | 'skip' {
  const { onJump } = index.script.clock;
  return onJump === 'fire_all' ? 'fire' : onJump === 'skip' ? 'skip' : 'hold';
}

/** Brings an inject to its receivers, with the variables it sets and the decision it asks for. */
export function releaseInject(state: RunState, inject: Inject, why: 'clock' | 'hand'): void {
  changeInject(
    state,
    inject.id,
    { state: 'released', releasedMs: state.atMs },
    { type: 'inject_released', inject: inject.id, why },
  );
  for (const { variable, value } of inject.set ?? []) {
    state.set[variable] = value;
    state.facts.push({ type: 'variable_set', variable, value });
  }
  if (!inject.decision) return;
  const dueMs = state.atMs + durationMs(inject.decision.limit);
  state.decisions[inject.id] = { openedMs: state.atMs, dueMs, option: null, by: null, decidedMs: null };
  state.facts.push({ type: 'decision_opened', inject: inject.id, dueMs });
}

/** Marks what was not acknowledged within its limit. True when something changed. */
export function expireInjects(state: RunState, index: ScriptIndex): boolean {
  let changed = false;
  for (const inject of injectsOf(state, index)) {
    const now = state.injects[inject.id]!;
    if (now.state !== 'released' || !inject.ackLimit || now.expiredMs !== null) continue;
    if (state.atMs <= now.releasedMs! + durationMs(inject.ackLimit)) continue;
    const roles = receiversOf(inject, index)
      .map((role) => role.id)
      .filter((role) => !(role in now.acked));
    if (roles.length === 0) continue;
    changed = true;
    changeInject(
      state,
      inject.id,
      { expiredMs: state.atMs },
      { type: 'inject_expired', inject: inject.id, roles },
    );
  }
  return changed;
}

/** Takes the default of decisions whose limit has passed. True when something changed. */
export function defaultDecisions(state: RunState, index: ScriptIndex): boolean {
  let changed = false;
  for (const [id, decision] of Object.entries(state.decisions)) {
    if (decision.option !== null || state.atMs < decision.dueMs) continue;
    const option = injectOf(state, index, id)!.decision!.default;
    state.decisions[id] = { ...decision, option, decidedMs: state.atMs };
    state.facts.push({ type: 'decision_defaulted', inject: id, option });
    changed = true;
  }
  return changed;
}
