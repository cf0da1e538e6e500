import { setup } from 'xstate';

export type PlayerEvent =
  /** The server gave this browser the right to answer. */
  | { type: 'lease_taken' }
  /** Another browser has it. */
  | { type: 'lease_held' }
  | { type: 'lease_lost' }
  /** The candidate wants to go on here. */
  | { type: 'take_over' }
  /** The candidate hands in, or the time is up. */
  | { type: 'hand_in' }
  | { type: 'time_up' }
  /** The hand-in could not be delivered; it is tried again. */
  | { type: 'delivery_failed' }
  | { type: 'receipt_came' }
  /** The server says that the attempt is over: collected, handed in elsewhere, declared void. */
  | { type: 'attempt_over' };

/**
 * What the exam page is doing. Every state but the last two can be left only by what the server said or
 * the candidate chose; an offline spell while answering is no state of its own, since answering goes on.
 */
export const examPlayerMachine = setup({ types: { events: {} as PlayerEvent } }).createMachine({
  id: 'examPlayer',
  initial: 'opening',
  states: {
    opening: {
      on: { lease_taken: 'answering', lease_held: 'held', attempt_over: 'over', time_up: 'handing_in' },
    },
    /** 已在另一台设备登录，是否在本机继续 */
    held: { on: { take_over: 'opening', attempt_over: 'over' } },
    answering: {
      on: { hand_in: 'handing_in', time_up: 'handing_in', lease_lost: 'lost', attempt_over: 'over' },
    },
    /** Another device took over while this one was answering. */
    lost: { on: { take_over: 'opening', attempt_over: 'over' } },
    handing_in: {
      on: {
        receipt_came: 'handed_in',
        delivery_failed: 'undelivered',
        lease_lost: 'lost',
        attempt_over: 'over',
      },
    },
    /** 请不要关闭页面 */
    undelivered: {
      on: { hand_in: 'handing_in', receipt_came: 'handed_in', lease_lost: 'lost', attempt_over: 'over' },
    },
    handed_in: { type: 'final' },
    over: { type: 'final' },
  },
});

export type PlayerPhase =
  'opening' | 'held' | 'answering' | 'lost' | 'handing_in' | 'undelivered' | 'handed_in' | 'over';
