import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure } from './throttle.ts';

const START = new Date('2026-03-05T01:00:00Z');
const MINUTE = 60_000;
const after = (ms: number) => new Date(START.getTime() + ms);

type Throttled = ReturnType<typeof afterFailure>;

/** So many failures at one moment. */
function failures(kind: 'account' | 'address', count: number, now = START): Throttled {
  let record: Throttled | null = null;
  for (let index = 0; index < count; index += 1) record = afterFailure(kind, record, now);
  return record!;
}

describe('afterFailure', () => {
  it('blocks an account at the fifth failure, for longer each time, up to an hour', () => {
    expect(failures('account', 4).blockedUntil).toBeNull();
    const blocks = [5, 6, 7, 8, 9, 10, 11, 12].map(
      (count) => (failures('account', count).blockedUntil!.getTime() - START.getTime()) / MINUTE,
    );
    expect(blocks).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('does not block an address that a classroom shares', () => {
    expect(failures('address', 199).blockedUntil).toBeNull();
    expect(failures('address', 200).blockedUntil).not.toBeNull();
  });

  it('forgets after the window', () => {
    const four = failures('account', 4);
    expect(afterFailure('account', four, after(14 * MINUTE)).failures).toBe(5);
    expect(afterFailure('account', four, after(16 * MINUTE))).toEqual({
      failures: 1,
      since: after(16 * MINUTE),
      blockedUntil: null,
    });
  });

  it('does not forget while a block longer than the window runs', () => {
    const twelve = failures('account', 12);
    expect(afterFailure('account', twelve, after(30 * MINUTE)).failures).toBe(13);
    expect(afterFailure('account', twelve, after(61 * MINUTE)).failures).toBe(1);
  });

  it('lets nobody guess faster than the limit, whatever the pace', () => {
    const paces = fc.array(fc.integer({ min: 0, max: 20 * MINUTE }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(paces, (gaps) => {
        let now = START.getTime();
        let record: Throttled | null = null;
        const tried: number[] = [];
        for (const gap of gaps) {
          now += gap;
          if (record?.blockedUntil && record.blockedUntil.getTime() > now) continue;
          record = afterFailure('account', record, new Date(now));
          tried.push(now);
        }
        // Between two forgettings there are at most four free tries, then the blocks double.
        for (const at of tried) {
          const inWindow = tried.filter((time) => time >= at && time <= at + 15 * MINUTE).length;
          expect(inWindow).toBeLessThanOrEqual(4 + 5 + 4);
        }
      }),
    );
  });
});
