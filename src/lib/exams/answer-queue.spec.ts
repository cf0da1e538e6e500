import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerQueue, retryDelayMs } from './answer-queue.ts';
import { decideSave, type StoredAnswer } from './attempt.ts';

/** A server as the rules say, for a network that loses, repeats and reorders. */
function server() {
  const stored = new Map<number, StoredAnswer>();
  return {
    stored,
    save(sent: readonly StoredAnswer[]) {
      return sent.map((one) => {
        const before = stored.get(one.slot) ?? null;
        const decision = decideSave(before, one);
        if (decision === 'take') stored.set(one.slot, one);
        return { ...stored.get(one.slot)!, kept: decision !== 'stale' };
      });
    },
  };
}

describe('AnswerQueue', () => {
  it('numbers each change and keeps only the newest of a slot unsent', () => {
    const queue = new AnswerQueue();
    expect(queue.put(1, 'A')).toBe(true);
    expect(queue.put(1, 'A')).toBe(false);
    queue.put(1, 'B');
    queue.put(2, 'T');
    queue.put(2, '');
    expect(queue.unsent()).toEqual([
      { slot: 1, seq: 2, answer: 'B' },
      { slot: 2, seq: 2, answer: '' },
    ]);
    expect(queue.answers()).toEqual(new Map([[1, 'B']]));
  });

  it('an answer changed while its save was under way stays in the queue', () => {
    const queue = new AnswerQueue();
    queue.put(1, 'A');
    const sent = queue.unsent();
    queue.put(1, 'C');
    queue.acknowledge(sent.map((one) => ({ ...one, kept: true })));
    expect(queue.unsent()).toEqual([{ slot: 1, seq: 2, answer: 'C' }]);
  });

  it('after a reload, newer kept answers are sent and older ones give way', () => {
    const queue = new AnswerQueue();
    queue.takeStored([
      { slot: 1, seq: 3, answer: 'A' },
      { slot: 2, seq: 1, answer: 'B' },
    ]);
    queue.takeKept([
      { slot: 1, seq: 2, answer: 'D' },
      { slot: 2, seq: 2, answer: 'C' },
      { slot: 3, seq: 1, answer: 'T' },
    ]);
    expect(queue.answerOf(1)).toBe('A');
    expect(queue.unsent()).toEqual([
      { slot: 2, seq: 2, answer: 'C' },
      { slot: 3, seq: 1, answer: 'T' },
    ]);
  });

  it('what another device answered in between stands, what it left alone is sent', () => {
    const queue = new AnswerQueue();
    queue.takeStored([{ slot: 1, seq: 1, answer: 'A' }]);
    for (const answer of ['B', 'C', 'D']) queue.put(1, answer);
    queue.put(2, 'T');
    queue.takeStored([{ slot: 1, seq: 2, answer: 'B' }], true);
    queue.takeKept([{ slot: 1, seq: 9, answer: 'C' }], true);
    expect(queue.answerOf(1)).toBe('B');
    expect(queue.unsent()).toEqual([{ slot: 2, seq: 1, answer: 'T' }]);
  });

  it('a slot the server refused for good no longer holds up the others', () => {
    const queue = new AnswerQueue();
    queue.put(1, 'A');
    queue.put(2, 'B');
    queue.giveUp(1);
    expect(queue.unsent().map((one) => one.slot)).toEqual([2]);
  });

  it('whatever the network does, in the end the server holds what is on the screen', () => {
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant('put' as const),
          slot: fc.integer({ min: 1, max: 3 }),
          answer: fc.constantFrom('', 'A', 'B'),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant('send' as const),
          lost: fc.constantFrom('no', 'packet', 'reply'),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('replay' as const), which: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const far = server();
        let queue = new AnswerQueue();
        const screen = new Map<number, string>();
        const packets: StoredAnswer[][] = [];
        for (const one of steps) {
          if (one.do === 'put') {
            queue.put(one.slot, one.answer);
            screen.set(one.slot, one.answer);
          } else if (one.do === 'send') {
            const sent = queue.unsent();
            packets.push(sent);
            const reply = one.lost === 'packet' ? [] : far.save(sent);
            if (one.lost === 'no') queue.acknowledge(reply);
          } else if (one.do === 'replay' && packets.length > 0) {
            far.save(packets[one.which % packets.length]!);
          } else if (one.do === 'reload') {
            const kept = queue.unsent();
            queue = new AnswerQueue();
            queue.takeStored([...far.stored.values()]);
            queue.takeKept(kept);
          }
        }
        for (let round = 0; round < 3; round += 1) queue.acknowledge(far.save(queue.unsent()));
        expect(queue.unsent()).toEqual([]);
        for (const [slot, answer] of screen) expect(far.stored.get(slot)?.answer ?? '').toBe(answer);
      }),
      { numRuns: 500 },
    );
  });
});

it('waits longer after each failure, but never longer than a quarter over 15 seconds', () => {
  const middle = (failures: number) => retryDelayMs(failures, () => 0.5);
  expect([1, 2, 3, 4, 5, 9].map(middle)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  expect(retryDelayMs(9, () => 0.999_999)).toBeLessThanOrEqual(18_750);
});
