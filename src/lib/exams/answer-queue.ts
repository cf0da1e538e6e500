import type { StoredAnswer } from './attempt.ts';

/** One slot in the browser: what stands there, its sequence number, and the highest the server has. */
type Slot = { answer: string; seq: number; savedSeq: number };

/** What the server says it holds for a slot. */
export type AcknowledgedAnswer = StoredAnswer & { kept: boolean };

/**
 * The answers of one sitting in the browser's memory: each change gets the next sequence number of its
 * slot, and what the server has not acknowledged stays in the queue, newest per slot. Knows no network.
 */
export class AnswerQueue {
  readonly #slots = new Map<number, Slot>();

  answerOf(slot: number): string {
    return this.#slots.get(slot)?.answer ?? '';
  }

  /** Answers by slot, without the empty ones. */
  answers(): Map<number, string> {
    const given = new Map<number, string>();
    for (const [slot, { answer }] of this.#slots) if (answer !== '') given.set(slot, answer);
    return given;
  }

  /** Puts an answer (`` clears it); false when it stands there already, so nothing needs to be sent. */
  put(slot: number, answer: string): boolean {
    const before = this.#slots.get(slot) ?? { answer: '', seq: 0, savedSeq: 0 };
    if (before.answer === answer) return false;
    this.#slots.set(slot, { ...before, answer, seq: before.seq + 1 });
    return true;
  }

  /**
   * Takes over what the server holds (at the start, and when this browser gets the lease back). Newer
   * answers of this browser stay in the queue, unless another device answered the slot in between: then
   * numbers tell nothing about which is later, and what is stored stands.
   */
  takeStored(stored: readonly StoredAnswer[], fromOtherDevice = false): void {
    for (const { slot, seq, answer } of stored) {
      const own = this.#slots.get(slot);
      const isOverruled = own !== undefined && fromOtherDevice && seq > own.savedSeq;
      if (!own || own.seq <= seq || isOverruled) this.#slots.set(slot, { answer, seq, savedSeq: seq });
      else this.#slots.set(slot, { ...own, savedSeq: seq });
    }
  }

  /** Puts back what an earlier page of this browser kept and the server may not have. */
  takeKept(kept: readonly StoredAnswer[], fromOtherDevice = false): void {
    for (const { slot, seq, answer } of kept) {
      const own = this.#slots.get(slot) ?? { answer: '', seq: 0, savedSeq: 0 };
      if (seq > own.seq && !(fromOtherDevice && own.seq > 0)) this.#slots.set(slot, { ...own, answer, seq });
    }
  }

  /** What the server has not acknowledged, in slot order. */
  unsent(): StoredAnswer[] {
    return [...this.#slots]
      .filter(([, { seq, savedSeq }]) => seq > savedSeq)
      .map(([slot, { seq, answer }]) => ({ slot, seq, answer }))
      .sort((a, b) => a.slot - b.slot);
  }

  /**
   * Notes what the server holds after a save. Where something newer stood there (another tab), this
   * browser has the lease and its answer is the candidate's latest word: it goes again with a higher number.
   */
  acknowledge(saved: readonly AcknowledgedAnswer[]): void {
    for (const { slot, seq, answer, kept } of saved) {
      const own = this.#slots.get(slot);
      if (!own) continue;
      own.savedSeq = Math.max(own.savedSeq, seq);
      if (!kept && own.seq <= seq) own.seq = own.answer === answer ? seq : seq + 1;
    }
  }

  /** Takes a slot's unsent answer out of the queue: the server refused it for good. */
  giveUp(slot: number): void {
    const own = this.#slots.get(slot);
    if (own) own.savedSeq = own.seq;
  }
}

/** Seconds to wait before try number `failures` (from 1): doubling to 15, a little scattered. */
export function retryDelayMs(failures: number, random: () => number): number {
  const seconds = Math.min(15, 2 ** Math.max(0, failures - 1));
  return Math.round(seconds * 1_000 * (0.75 + random() * 0.5));
}
