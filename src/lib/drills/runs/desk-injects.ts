import { durationMs } from '../scripts/duration.ts';
import type { Inject, Phase, Role } from '../scripts/script.ts';
import { receiversOf, type ScriptIndex } from '../scripts/script-index.ts';
import type { Expectation } from '../scripts/script-expectations.ts';
import { injectOf, injectsOf, injectWakesAt } from './inject-rules.ts';
import type { InjectState, RunState } from './run-state.ts';

/** Injects as the director's desk lists them: what comes next, what a jump would pass, who has not got what. */

export type Expected = {
  /** When it is expected, as far as the rules tell; null when only people bring it about. */
  atMs: number | null;
  /** Known for certain, reckoned along a chain of injects, or only if an action is missed. */
  how: 'sure' | 'reckoned' | 'if_missed';
};

export type QueueItem = {
  inject: Inject;
  now: InjectState;
  expected: Expected;
  receivers: Role[];
  /** Whether the director changed its words. */
  isEdited: boolean;
};

/** A chain longer than this goes round in a circle. */
const CHAIN_MAX = 20;

/** When a waiting inject is expected to come due. */
export function expectedOf(state: RunState, index: ScriptIndex, inject: Inject, depth = CHAIN_MAX): Expected {
  const atMs = injectWakesAt(state, index, inject);
  if (atMs !== null) return { atMs, how: 'sure' };
  const { trigger } = inject;
  if ('manual' in trigger) return { atMs: null, how: 'sure' };
  if ('contingency' in trigger) {
    const { state: now, dueMs } = state.expectations[trigger.contingency.expectation] ?? {};
    const isOpen = now === 'open' && trigger.contingency.on === 'missed';
    return { atMs: isOpen ? (dueMs ?? null) : null, how: 'if_missed' };
  }
  if (!('after' in trigger) || trigger.after.is !== 'released' || depth === 0)
    return { atMs: null, how: 'sure' };
  const before = injectOf(state, index, trigger.after.of);
  if (!before || state.injects[before.id]?.state !== 'waiting') return { atMs: null, how: 'sure' };
  const chained = expectedOf(state, index, before, depth - 1);
  if (chained.atMs === null) return { atMs: null, how: 'sure' };
  return {
    atMs: chained.atMs + durationMs(trigger.delay ?? 'PT0S'),
    how: chained.how === 'if_missed' ? 'if_missed' : 'reckoned',
  };
}

const STATES = ['due', 'held', 'waiting'];

/**
 * What has not gone out, nearest first: what waits for a yes, what is held, what has a time, what waits for
 * something to happen, and last what only a hand sends.
 */
export function queueOf(state: RunState, index: ScriptIndex): QueueItem[] {
  return injectsOf(state, index)
    .filter(({ id }) => STATES.includes(state.injects[id]!.state))
    .map((each) => {
      const inject = injectOf(state, index, each.id)!;
      return {
        inject,
        now: state.injects[each.id]!,
        expected: expectedOf(state, index, inject),
        receivers: receiversOf(inject, index),
        isEdited: each.id in state.edits,
      };
    })
    .sort((a, b) => rankOf(a) - rankOf(b) || timeOf(a) - timeOf(b));
}

function rankOf({ now, expected, inject }: QueueItem): number {
  if (now.state !== 'waiting') return STATES.indexOf(now.state);
  if (expected.atMs !== null) return 2;
  return 'manual' in inject.trigger ? 4 : 3;
}

function timeOf({ inject: { trigger }, expected }: QueueItem): number {
  if (expected.atMs !== null) return expected.atMs;
  return 'manual' in trigger && trigger.suggestAt ? durationMs(trigger.suggestAt) : 0;
}

export type Passed = {
  /** Injects that would come due on the way. */
  injects: QueueItem[];
  /** Open actions whose limit would pass: they are taken out of the count, not missed. */
  expectations: { expectation: Expectation; dueMs: number }[];
  /** Decisions that would be taken by default. */
  decisions: { inject: Inject; dueMs: number }[];
};

/** What a jump of the clock to a moment of exercise time would pass over, as far as is known now. */
export function passedBy(state: RunState, index: ScriptIndex, toMs: number): Passed {
  return {
    injects: queueOf(state, index).filter(
      ({ now, expected }) =>
        now.state === 'waiting' &&
        expected.how !== 'if_missed' &&
        expected.atMs !== null &&
        expected.atMs <= toMs,
    ),
    expectations: index.script.expectations.flatMap((expectation) => {
      const { state: now, dueMs } = state.expectations[expectation.id]!;
      return now === 'open' && dueMs !== null && dueMs <= toMs ? [{ expectation, dueMs }] : [];
    }),
    decisions: Object.entries(state.decisions).flatMap(([id, { option, dueMs }]) => {
      const inject = injectOf(state, index, id);
      return inject && option === null && dueMs <= toMs ? [{ inject, dueMs }] : [];
    }),
  };
}

export type Receipt = {
  inject: Inject;
  releasedMs: number;
  /** Who said that it arrived, in the order of the script. */
  acked: { role: Role; atMs: number }[];
  missing: Role[];
  /** By when it should be acknowledged; null where no limit is set. */
  dueMs: number | null;
};

/** What has gone out, the newest first, and who has not acknowledged it. */
export function receiptsOf(state: RunState, index: ScriptIndex): Receipt[] {
  return injectsOf(state, index)
    .flatMap(({ id }) => {
      const { releasedMs, acked } = state.injects[id]!;
      if (releasedMs === null) return [];
      const inject = injectOf(state, index, id)!;
      const receivers = receiversOf(inject, index);
      return [
        {
          inject,
          releasedMs,
          acked: receivers.flatMap((role) => (role.id in acked ? [{ role, atMs: acked[role.id]! }] : [])),
          missing: receivers.filter((role) => !(role.id in acked)),
          dueMs: inject.ackLimit ? releasedMs + durationMs(inject.ackLimit) : null,
        },
      ];
    })
    .sort((a, b) => b.releasedMs - a.releasedMs);
}

export type PhaseView = {
  phase: Phase;
  enteredMs: number;
  /** When it ends by its longest duration, and in which phase; null without one. */
  timeout: { atMs: number; to: string } | null;
};

/** The phase the run is in; null before the start. */
export function phaseOf(state: RunState, index: ScriptIndex): PhaseView | null {
  const phase = index.phases.get(state.phase);
  const entered = state.phases[state.phase];
  if (!phase || !entered) return null;
  const { enteredMs } = entered;
  const { maxDuration, onTimeout } = phase;
  return {
    phase,
    enteredMs,
    timeout: maxDuration && onTimeout ? { atMs: enteredMs + durationMs(maxDuration), to: onTimeout } : null,
  };
}
