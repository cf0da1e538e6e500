import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bySlowness,
  isLow,
  missingOf,
  monthBefore,
  NO_FIGURES,
  tenthsSince,
  type Figures,
} from './figure.ts';

describe('figures', () => {
  it('marks rates below ninety per cent, and none without a denominator', () => {
    expect([isLow(89, 100), isLow(90, 100), isLow(0, 0)]).toEqual([true, false, false]);
  });

  it('takes exemptions out of those who are due', () => {
    expect(missingOf({ headcount: 20, covered: 3, ruled: 10, exempt: 2, met: 5 })).toBe(3);
  });

  it('compares rates in tenths of a point, and not without a denominator on both sides', () => {
    expect(tenthsSince({ numerator: 3, denominator: 4 }, { numerator: 1, denominator: 2 })).toBe(250);
    expect(tenthsSince({ numerator: 0, denominator: 0 }, { numerator: 1, denominator: 2 })).toBeNull();
    expect(tenthsSince({ numerator: 3, denominator: 4 }, null)).toBeNull();
  });

  it('knows the month before, across a year', () => {
    expect([monthBefore('2026-03-31'), monthBefore('2026-01-01'), monthBefore('2026-11-05')]).toEqual([
      '2026-02',
      '2025-12',
      '2026-10',
    ]);
  });

  it('orders places by slowness in one way only', () => {
    const some = fc
      .tuple(fc.nat(9), fc.nat(9), fc.nat(9))
      .map(([a, b, c]): Figures => ({ headcount: a + b + c, covered: c, ruled: a + b, exempt: 0, met: a }));
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        expect(Math.sign(bySlowness(a, b))).toBe(0 - Math.sign(bySlowness(b, a)));
        if (bySlowness(a, b) <= 0 && bySlowness(b, c) <= 0) expect(bySlowness(a, c)).toBeLessThanOrEqual(0);
      }),
    );
    expect(bySlowness(NO_FIGURES, { ...NO_FIGURES, headcount: 1, covered: 1 })).toBeGreaterThan(0);
  });
});
