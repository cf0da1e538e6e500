import { setup, transition } from 'xstate';

export const CLASS_STATE_NAMES = ['draft', 'open', 'finished', 'cancelled'] as const;
export type ClassState = (typeof CLASS_STATE_NAMES)[number];
export type ClassEvent = { type: 'OPEN' } | { type: 'FINISH' } | { type: 'REOPEN' } | { type: 'CANCEL' };

/** The life of a training class. The row is the truth; this is the rule. */
export const classMachine = setup({ types: { events: {} as ClassEvent } }).createMachine({
  id: 'training_class',
  initial: 'draft',
  states: {
    draft: { on: { OPEN: 'open', CANCEL: 'cancelled' } },
    open: { on: { FINISH: 'finished', CANCEL: 'cancelled' } },
    /** Paper comes back late: a finished class can be opened again, with a reason. */
    finished: { on: { REOPEN: 'open' } },
    cancelled: { type: 'final' },
  },
});

/** The state after an event; null when the event is not for this state. */
export function stateAfter(state: ClassState, type: ClassEvent['type']): ClassState | null {
  const snapshot = classMachine.resolveState({ value: state });
  if (!snapshot.can({ type })) return null;
  const [next] = transition(classMachine, snapshot, { type });
  return next.value as ClassState;
}
