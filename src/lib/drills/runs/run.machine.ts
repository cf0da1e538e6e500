import { assign, createMachine, initialTransition, transition } from 'xstate';
import { holds, type Condition } from '../scripts/condition.ts';
import { durationMs } from '../scripts/duration.ts';
import type { Phase, Script } from '../scripts/script.ts';
import { knownOf } from './known.ts';
import type { RunEvent, RunState } from './run-state.ts';
import { indexOf } from '../scripts/script-index.ts';
import { newRunState } from './settle.ts';
import { enterPhase, exitPhase, step } from './step.ts';

/**
 * A script as a machine of two regions: the life of the run, and the script's phases. Injects and expected
 * actions are data in its context. On the server it is only asked, never started: no actor, no timer.
 */

/** 候场, 进行, 暂停, 结束, 现场点评, 评估, 公布, 归档, 终止. */
export const STAGES = [
  'lobby',
  'running',
  'paused',
  'ended',
  'hot_wash',
  'evaluating',
  'published',
  'archived',
  'aborted',
] as const;
export type Stage = (typeof STAGES)[number];

/** What a run is, as one keeps it: never XState's own snapshot, whose form changes between its versions. */
export type RunSnapshot = { stage: Stage; phase: string; state: RunState };

/** More transitions than any checked script takes on one event; XState's own limit is none. */
const MICROSTEPS_MAX = 500;

/** The phase region before the start; no script can name a phase so. */
const BEFORE = '(before)';

/** What players and control do while the run is on. */
export const DEEDS = [
  'TIME',
  'JUMP',
  'RELEASE',
  'HOLD',
  'UNHOLD',
  'SKIP',
  'EDIT',
  'ADD',
  'ACK',
  'ACT',
  'DECIDE',
  'DISPATCH',
  'EXTEND',
  'VOID',
  'SET',
  'GOTO',
] as const satisfies readonly RunEvent['type'][];

const obeyed = (target: Stage) => ({ target, actions: 'obey' });
const deeds = Object.fromEntries(DEEDS.map((type) => [type, { actions: 'obey' }]));
const endings = { END: obeyed('ended'), ABORT: obeyed('aborted') };

const control = {
  initial: 'lobby',
  states: {
    lobby: { on: { START: obeyed('running'), ABORT: obeyed('aborted') } },
    running: { on: { ...deeds, ...endings, PAUSE: obeyed('paused') } },
    paused: { on: { ...deeds, ...endings, RESUME: obeyed('running') } },
    ended: { on: { HOT_WASH: 'hot_wash', EVALUATE: 'evaluating' } },
    hot_wash: { on: { EVALUATE: 'evaluating' } },
    evaluating: { on: { PUBLISH: 'published' } },
    published: { on: { ARCHIVE: 'archived' } },
    archived: {},
    aborted: {},
  },
};

/** The exits of a phase in their order, then its time limit. */
function stateOf(phase: Phase) {
  const exits = phase.exits
    .filter(({ when }) => when)
    .map(({ when, to }) => ({
      target: `#phase.${to}`,
      guard: { type: 'holds', params: { condition: when! } },
    }));
  const timeout = { phase: phase.id, ms: durationMs(phase.maxDuration ?? 'PT0S') };
  return {
    entry: { type: 'enterPhase', params: { phase: phase.id } },
    exit: { type: 'exitPhase', params: { phase: phase.id } },
    always: [
      ...exits,
      ...(phase.maxDuration && phase.onTimeout
        ? [{ target: `#phase.${phase.onTimeout}`, guard: { type: 'outlasted', params: timeout } }]
        : []),
    ],
  };
}

function regionOf(script: Script) {
  return {
    id: 'phase',
    initial: BEFORE,
    states: {
      [BEFORE]: { on: { START: `#phase.${script.phases[0]!.id}` } },
      ...Object.fromEntries(script.phases.map((phase) => [phase.id, stateOf(phase)])),
    },
    on: {
      GOTO: script.phases.map(({ id }) => ({
        target: `#phase.${id}`,
        guard: { type: 'goesTo', params: { phase: id } },
      })),
    },
  };
}

type Asked = { context: RunState; event: RunEvent };

function compile(script: Script) {
  const index = indexOf(script);
  return createMachine(
    {
      id: 'run',
      type: 'parallel',
      context: newRunState(index),
      options: { maxIterations: MICROSTEPS_MAX },
      states: { control, phase: regionOf(script) },
      types: {} as { context: RunState; events: RunEvent },
    },
    {
      guards: {
        holds: ({ context }: Asked, { condition }: { condition: Condition }) =>
          context.on && holds(condition, knownOf(context, index, context.atMs)),
        outlasted: ({ context }: Asked, { phase, ms }: { phase: string; ms: number }) =>
          context.on && context.atMs >= context.phases[phase]!.enteredMs + ms,
        goesTo: ({ event }: Asked, { phase }: { phase: string }) =>
          event.type === 'GOTO' && event.phase === phase,
      },
      actions: {
        obey: assign(({ context, event }: Asked) => step(context, event, index)),
        enterPhase: assign(({ context, event }: Asked, { phase }: { phase: string }) =>
          enterPhase(context, phase, event.type, index),
        ),
        exitPhase: assign(({ context }: Asked, { phase }: { phase: string }) => exitPhase(context, phase)),
      },
    } as never,
  );
}

const machines = new WeakMap<Script, ReturnType<typeof compile>>();

/** Compiles a checked script; the same script object gives the same machine. */
export function machineOf(script: Script): ReturnType<typeof compile> {
  const machine = machines.get(script) ?? compile(script);
  machines.set(script, machine);
  return machine;
}

/** A run that nobody has started. */
export function newRun(script: Script): RunSnapshot {
  const [first] = initialTransition(machineOf(script));
  return asSnapshot(first as never);
}

/** Whether the machine takes the event now; it ignores in silence what it does not take, so ask first. */
export function takes(run: RunSnapshot, type: RunEvent['type']): boolean {
  const on = control.states[run.stage] as { on?: Record<string, unknown> };
  return type in (on.on ?? {});
}

/**
 * The run after one event of its log, with what the event brought about in `state.facts`.
 * Throws for a stage or phase that the script no longer has, and for an event the machine would ignore:
 * both would otherwise be lost in silence.
 */
export function advance(script: Script, run: RunSnapshot, event: RunEvent): RunSnapshot {
  if (!takes(run, event.type)) throw new Error(`run ignores ${event.type} while ${run.stage}`);
  const machine = machineOf(script);
  // resolveState throws for a state that is gone, as restoreSnapshot does, but does not walk the context.
  const from = machine.resolveState({
    value: { control: run.stage, phase: run.phase },
    context: { ...run.state, facts: [] },
  } as never);
  const [next] = transition(machine, from, event);
  return asSnapshot(next as never);
}

function asSnapshot(snapshot: { value: { control: Stage; phase: string }; context: RunState }): RunSnapshot {
  return { stage: snapshot.value.control, phase: snapshot.value.phase, state: snapshot.context };
}
