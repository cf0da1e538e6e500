import { setup, transition } from 'xstate';

export const FINDING_STATE_NAMES = [
  'open',
  'accepted',
  'in_progress',
  'submitted',
  'verified',
  'closed',
  'waived',
  'reopened',
] as const;
export type FindingState = (typeof FINDING_STATE_NAMES)[number];

export const FINDING_MOVES = [
  'ACCEPT',
  'BEGIN',
  'SUBMIT',
  'RETURN',
  'VERIFY',
  'CLOSE',
  'WAIVE',
  'REOPEN',
] as const;
export type FindingMove = (typeof FINDING_MOVES)[number];

/** The life of a problem found in a drill. The row is the truth; this is the rule. */
export const findingMachine = setup({ types: { events: {} as { type: FindingMove } } }).createMachine({
  id: 'finding',
  initial: 'open',
  states: {
    open: { on: { ACCEPT: 'accepted', WAIVE: 'waived' } },
    accepted: { on: { BEGIN: 'in_progress', WAIVE: 'waived' } },
    in_progress: { on: { SUBMIT: 'submitted', WAIVE: 'waived' } },
    submitted: { on: { VERIFY: 'verified', RETURN: 'in_progress' } },
    verified: { on: { CLOSE: 'closed', REOPEN: 'reopened' } },
    closed: { on: { REOPEN: 'reopened' } },
    waived: { on: { REOPEN: 'reopened' } },
    /** It has come up again: the unit takes it on anew, with what was learned. */
    reopened: { on: { BEGIN: 'in_progress', WAIVE: 'waived' } },
  },
});

/** The state after a move; null when the move is not for this state. */
export function stateAfter(state: FindingState, type: FindingMove): FindingState | null {
  const snapshot = findingMachine.resolveState({ value: state });
  if (!snapshot.can({ type })) return null;
  const [next] = transition(findingMachine, snapshot, { type });
  return next.value as FindingState;
}
