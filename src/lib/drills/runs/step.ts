import { durationMs } from '../scripts/duration.ts';
import { openerFailed } from './ending.ts';
import { takeEvidence, voidExpectation } from './expectation-rules.ts';
import { changeInject, injectOf, newInject, releaseInject } from './inject-rules.ts';
import { routeMs } from './route.ts';
import type { RunEvent, RunState } from './run-state.ts';
import type { ScriptIndex } from '../scripts/script-index.ts';
import { draftOf, settle } from './settle.ts';

/**
 * One event of the log, applied: the state after it and, in `facts`, what it brought about. Pure: no clock,
 * no randomness. It obeys; whether the event may happen was decided before it was logged (run.ts).
 */
export function step(before: RunState, event: RunEvent, index: ScriptIndex): RunState {
  const state = draftOf(before, event.atMs);
  obey(state, event, index);
  // What follows from the start follows from entering the first phase.
  if (event.type !== 'START') settle(state, index);
  if (state.jump && state.atMs >= state.jump.toMs) state.jump = null;
  return state;
}

/** The phase region's own steps: they join the event that moved it, so its facts are kept. */
export function enterPhase(
  before: RunState,
  phase: string,
  by: RunEvent['type'],
  index: ScriptIndex,
): RunState {
  const state = draftOf(before, before.atMs);
  const why = by === 'START' ? 'start' : by === 'GOTO' ? 'hand' : 'rule';
  state.phase = phase;
  state.phases[phase] = { enteredMs: state.atMs, exitedMs: null };
  state.facts.push({ type: 'phase_entered', phase, why });
  settle(state, index);
  return state;
}

export function exitPhase(before: RunState, phase: string): RunState {
  const state = draftOf(before, before.atMs);
  state.phases[phase] = { ...state.phases[phase]!, exitedMs: state.atMs };
  state.facts.push({ type: 'phase_exited', phase });
  return state;
}

function obey(state: RunState, event: RunEvent, index: ScriptIndex): void {
  switch (event.type) {
    case 'START':
      state.on = true;
      return;
    case 'JUMP':
      state.jump = event.jump;
      return;
    case 'RELEASE':
      return release(state, event, index);
    case 'HOLD':
      return changeInject(
        state,
        event.inject,
        { state: 'held' },
        { type: 'inject_held', inject: event.inject, why: 'hand' },
      );
    case 'UNHOLD':
      return changeInject(state, event.inject, { state: 'waiting' });
    case 'SKIP':
      return changeInject(
        state,
        event.inject,
        { state: 'skipped', armedMs: state.atMs },
        { type: 'inject_skipped', inject: event.inject, why: 'hand' },
      );
    case 'EDIT':
      state.edits[event.inject] = { title: event.title, body: event.body };
      return;
    case 'ADD':
      state.added.push(event.inject);
      state.injects[event.inject.id] = newInject();
      return;
    case 'EXTEND': {
      const { dueMs } = state.expectations[event.expectation]!;
      state.expectations[event.expectation] = {
        ...state.expectations[event.expectation]!,
        dueMs: dueMs! + event.byMs,
      };
      return;
    }
    case 'VOID':
      return voidExpectation(state, event.expectation, 'hand');
    case 'SET':
      state.set[event.variable] = event.value;
      state.facts.push({ type: 'variable_set', variable: event.variable, value: event.value });
      return;
    case 'END':
    case 'ABORT':
      endExpectations(state, index);
      state.on = false;
      return;
    default:
      return act(state, event, index);
  }
}

/** What players do. */
function act(state: RunState, event: RunEvent, index: ScriptIndex): void {
  const { seq, atMs } = event;
  switch (event.type) {
    case 'ACK': {
      const { acked } = state.injects[event.inject]!;
      changeInject(state, event.inject, { acked: { ...acked, [event.role]: atMs } });
      return takeEvidence(state, index, {
        role: event.role,
        evidence: { kind: 'acked', inject: event.inject },
        doneMs: atMs,
        seq,
      });
    }
    case 'ACT':
      return takeEvidence(state, index, event);
    case 'DECIDE': {
      const { inject, option, role } = event;
      state.decisions[inject] = { ...state.decisions[inject]!, option, by: role, decidedMs: atMs };
      state.facts.push({ type: 'decision_taken', inject, option, role });
      return takeEvidence(state, index, {
        role,
        evidence: { kind: 'decision', inject, option },
        doneMs: atMs,
        seq,
      });
    }
    case 'DISPATCH':
      return dispatch(state, event, index);
  }
}

function release(state: RunState, event: Extract<RunEvent, { type: 'RELEASE' }>, index: ScriptIndex): void {
  const inject = injectOf(state, index, event.inject)!;
  const approvals = [...new Set([...state.injects[event.inject]!.approvals, event.seat])];
  changeInject(state, event.inject, { approvals });
  const needed = inject.approval === 'two_person' ? 2 : 1;
  if (approvals.length >= needed) releaseInject(state, inject, 'hand');
}

function dispatch(state: RunState, event: Extract<RunEvent, { type: 'DISPATCH' }>, index: ScriptIndex): void {
  const { seq, atMs, resource, quantity, to, role } = event;
  const { kind, mobilize } = index.resources.get(resource)!;
  const departsMs = atMs + durationMs(mobilize);
  const arrivesMs = departsMs + routeMs(index, resource, to);
  state.dispatches.push({
    seq,
    resource,
    quantity,
    to,
    by: role,
    sentMs: atMs,
    departsMs,
    arrivesMs,
    arrived: false,
  });
  takeEvidence(state, index, {
    role,
    evidence: { kind: 'dispatch', resource, resourceKind: kind, quantity, to },
    doneMs: atMs,
    seq,
  });
}

/** At the end: what is still open was not yet due; what never opened was missed or was not to be done. */
function endExpectations(state: RunState, index: ScriptIndex): void {
  for (const { id, ifNeverOpened = 'auto' } of index.script.expectations) {
    const now = state.expectations[id]!;
    if (now.state === 'open') voidExpectation(state, id, 'end');
    if (now.state !== 'dormant') continue;
    const isMissed =
      ifNeverOpened === 'missed' || (ifNeverOpened === 'auto' && openerFailed(state, index, id));
    state.expectations[id] = {
      ...now,
      state: isMissed ? 'missed' : 'not_applicable',
      missedMs: isMissed ? state.atMs : null,
    };
    state.facts.push(
      isMissed
        ? { type: 'expectation_missed', expectation: id, why: 'never_opened' }
        : { type: 'expectation_not_applicable', expectation: id },
    );
  }
}
