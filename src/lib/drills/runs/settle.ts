import { durationMs } from '../scripts/duration.ts';
import { earliest, wakesAt } from '../scripts/condition.ts';
import { lastInTimeMs, missExpectations, newExpectation, openExpectations } from './expectation-rules.ts';
import {
  defaultDecisions,
  expireInjects,
  injectsOf,
  injectWakesAt,
  newInject,
  releaseDue,
} from './inject-rules.ts';
import { knownOf, sinceOf } from './known.ts';
import type { RunState } from './run-state.ts';
import type { ScriptIndex } from '../scripts/script-index.ts';

/** More rounds than any checked script needs; a script that asks for more would never settle. */
const ROUNDS_MAX = 1000;

/** A run before its first event. */
export function newRunState(index: ScriptIndex): RunState {
  return {
    on: false,
    atMs: 0,
    phase: index.script.phases[0]!.id,
    phases: {},
    injects: Object.fromEntries(index.script.injects.map(({ id }) => [id, newInject()])),
    expectations: Object.fromEntries(index.script.expectations.map(({ id }) => [id, newExpectation()])),
    decisions: {},
    dispatches: [],
    set: {},
    told: {},
    revealed: {},
    added: [],
    edits: {},
    jump: null,
    facts: [],
  };
}

/** A copy that a step may change: containers anew, their entries replaced when they change. */
export function draftOf(state: RunState, atMs: number): RunState {
  return {
    ...state,
    atMs: Math.max(state.atMs, atMs),
    phases: { ...state.phases },
    injects: { ...state.injects },
    expectations: { ...state.expectations },
    decisions: { ...state.decisions },
    dispatches: [...state.dispatches],
    set: { ...state.set },
    told: { ...state.told },
    revealed: { ...state.revealed },
    added: [...state.added],
    edits: { ...state.edits },
    facts: [...state.facts],
  };
}

/** Lets everything that follows from the state as it is happen, until nothing more follows. */
export function settle(state: RunState, index: ScriptIndex): void {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const changes = [
      missExpectations(state, index),
      defaultDecisions(state, index),
      expireInjects(state, index),
      arrive(state),
      tellSeries(state, index),
      releaseDue(state, index),
      openExpectations(state, index),
      reveal(state, index),
    ];
    if (!changes.includes(true)) return;
  }
  throw new Error(`run does not settle at ${state.atMs} ms`);
}

function arrive(state: RunState): boolean {
  let changed = false;
  for (const [at, dispatch] of state.dispatches.entries()) {
    if (dispatch.arrived || state.atMs < dispatch.arrivesMs) continue;
    state.dispatches[at] = { ...dispatch, arrived: true };
    state.facts.push({
      type: 'resource_arrived',
      dispatch: dispatch.seq,
      resource: dispatch.resource,
      to: dispatch.to,
    });
    changed = true;
  }
  return changed;
}

/** Values that change by themselves: each is told once, at its moment. */
function tellSeries(state: RunState, index: ScriptIndex): boolean {
  let changed = false;
  for (const [variable, series] of index.series) {
    const told = state.told[variable] ?? 0;
    const past = series.filter(([atMs]) => atMs <= state.atMs).length;
    if (past <= told || variable in state.set) continue;
    state.told[variable] = past;
    state.facts.push({ type: 'variable_set', variable, value: series[past - 1]![1] });
    changed = true;
  }
  return changed;
}

function reveal(state: RunState, index: ScriptIndex): boolean {
  let changed = false;
  const { map, documents } = index.script;
  for (const [type, parts] of [
    ['feature', map.features],
    ['document', documents],
  ] as const)
    for (const { id, revealOn } of parts) {
      if (!revealOn || id in state.revealed || sinceOf(state, revealOn) === null) continue;
      state.revealed[id] = state.atMs;
      state.facts.push(
        type === 'feature'
          ? { type: 'feature_revealed', feature: id }
          : { type: 'document_revealed', document: id },
      );
      changed = true;
    }
  return changed;
}

/**
 * The next moment of exercise time at which something happens by time alone, after `state.atMs`; null when
 * only people can move the run. The scheduler wakes the run then, so nothing may be forgotten here.
 */
export function nextWakeMs(state: RunState, index: ScriptIndex): number | null {
  const moments: (number | null)[] = [state.jump ? state.jump.toMs : null];
  for (const inject of injectsOf(state, index)) moments.push(injectWakesAt(state, index, inject));
  for (const expectation of index.script.expectations) {
    const now = state.expectations[expectation.id]!;
    if (now.state === 'open') moments.push(lastInTimeMs(expectation, now.dueMs!) + 1);
  }
  for (const decision of Object.values(state.decisions))
    if (decision.option === null) moments.push(decision.dueMs);
  for (const dispatch of state.dispatches) if (!dispatch.arrived) moments.push(dispatch.arrivesMs);
  moments.push(...phaseMoments(state, index));
  for (const series of index.series.values()) for (const [atMs] of series) moments.push(atMs);
  return earliest(moments.filter((moment) => moment === null || moment > state.atMs));
}

/** When the present phase times out or one of its exits may open by time. */
function phaseMoments(state: RunState, index: ScriptIndex): (number | null)[] {
  const phase = index.phases.get(state.phase)!;
  const entered = state.phases[state.phase]?.enteredMs;
  const known = knownOf(state, index, state.atMs);
  const moments = phase.exits.map(({ when }) => (when ? wakesAt(when, known) : null));
  if (phase.maxDuration && phase.onTimeout && entered !== undefined)
    moments.push(entered + durationMs(phase.maxDuration));
  return moments;
}
