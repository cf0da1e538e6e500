import { setup, transition } from 'xstate';
import type { AttemptState } from './attempt.ts';

type AttemptEvent =
  /** The candidate hands in. */
  | { type: 'submit' }
  /** The server takes the paper at the deadline. */
  | { type: 'collect' }
  /** The officer declares it void, with a reason; it is kept, but counts no more. */
  | { type: 'declare_void' };

/** The life of an attempt. The row is the truth; this is the rule, asked by {@link stateAfter}. */
export const attemptMachine = setup({ types: { events: {} as AttemptEvent } }).createMachine({
  id: 'attempt',
  initial: 'in_progress',
  states: {
    in_progress: { on: { submit: 'submitted', collect: 'collected', declare_void: 'void' } },
    submitted: { on: { declare_void: 'void' } },
    collected: { on: { declare_void: 'void' } },
    void: { type: 'final' },
  },
});

/** Where the event leads from a state, or null when it may not happen there. */
export function stateAfter(state: AttemptState, type: AttemptEvent['type']): AttemptState | null {
  const from = attemptMachine.resolveState({ value: state });
  if (!from.can({ type })) return null;
  const [next] = transition(attemptMachine, from, { type });
  return next.value;
}
