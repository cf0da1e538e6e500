import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf, itemsOfLine, NO_TOTALS, sumOf, type YearTotals } from './person-year.ts';
import { donePartsUnder, doneUnder, isInForce, rulesFor, type PostHeld, type RuleInForce } from './rule.ts';

const days: RuleInForce = {
  ...{
    id: 'CAD-02',
    packId: 'lushi-2022',
    title: '',
    categories: ['township_emergency'],
    metric: 'day_hundredths',
  },
  ...{
    required: 500,
    strength: 'soft',
    risk: 'any',
    hoursPerDay: 8,
    onlineShareMax: null,
    path: '/41/4114/411426/',
  },
};
const hours: RuleInForce = {
  ...days,
  id: 'ENT-07',
  metric: 'credit_hundredths',
  required: 2000,
  strength: 'hard',
};
const post: PostHeld = {
  ...{
    id: 'p',
    category: 'township_emergency',
    roster: 'cadre',
    divisionId: '411426101',
    organizationId: null,
  },
  ...{ path: '/41/4114/411426/411426101/', highRisk: false },
};
const totals = (some: Partial<YearTotals>): YearTotals => ({ ...NO_TOTALS, ...some });

describe('doneUnder', () => {
  it('makes a day of two half-days and of hours_per_day hours online', () => {
    const year = totals({ attendanceHalfDays: 3, elsewhereHalfDays: 2, onlineCreditHundredths: 850 });
    expect(doneUnder(days, year)).toBe(250 + 106);
    expect(doneUnder(hours, year)).toBe(5 * 400 + 850);
    expect(donePartsUnder(days, year)).toEqual({
      inPerson: 150,
      elsewhere: 100,
      adjusted: 0,
      online: 106,
      onlineUncounted: 0,
    });
  });

  it('caps the online part at its share of the requirement', () => {
    const capped = { ...days, onlineShareMax: 40 };
    const year = totals({ onlineCreditHundredths: 8 * 1000, attendanceHalfDays: 2 });
    expect(doneUnder(capped, year)).toBe(100 + 200);
    expect(donePartsUnder(capped, year).onlineUncounted).toBe(800);
    expect(doneUnder({ ...days, onlineShareMax: 0 }, year)).toBe(100);
  });

  it('never falls below nothing, and never less for more', () => {
    const amount = fc.integer({ min: 0, max: 60 });
    const share = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null });
    fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        share,
        fc.constantFrom(6, 8),
        (half, online, taken, onlineShareMax, hoursPerDay) => {
          const rule = { ...days, onlineShareMax, hoursPerDay };
          const year = totals({
            attendanceHalfDays: half,
            onlineCreditHundredths: online * 50,
            adjustmentHalfDays: -taken,
          });
          const done = doneUnder(rule, year);
          expect(done).toBeGreaterThanOrEqual(0);
          expect(doneUnder(rule, { ...year, attendanceHalfDays: half + 1 })).toBeGreaterThanOrEqual(done);
          expect(
            doneUnder(rule, { ...year, onlineCreditHundredths: online * 50 + 50 }),
          ).toBeGreaterThanOrEqual(done);
        },
      ),
    );
  });
});

describe('changeOf', () => {
  it('is taken back whole by the line that reverses it', () => {
    const kind = fc.constantFrom('attendance', 'lesson', 'elsewhere', 'adjustment');
    const amount = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(kind, amount, fc.boolean(), (kind, size, online) => {
        const line = { kind, halfDays: online ? 0 : size, creditHundredths: size * 400 } as const;
        const back = { kind, halfDays: -line.halfDays, creditHundredths: -line.creditHundredths } as const;
        const changes = [line, back].map((one) => changeOf({ ...one, items: itemsOfLine(one) }));
        expect(sumOf(changes)).toEqual(sumOf([NO_TOTALS]));
      }),
    );
  });

  it('counts a confirmed half-day as an item and an adjustment as none', () => {
    const line = { halfDays: 1, creditHundredths: 400 };
    expect(changeOf({ ...line, kind: 'attendance', items: 1 })).toMatchObject({
      attendanceHalfDays: 1,
      items: 1,
      onlineCreditHundredths: 0,
    });
    expect(changeOf({ ...line, kind: 'adjustment', items: 1 })).toMatchObject({
      adjustmentHalfDays: 1,
      items: 0,
      adjustmentCreditHundredths: 0,
    });
  });
});

describe('rulesFor', () => {
  it('takes the rules adopted above the post for its category, each once', () => {
    expect(rulesFor(post, [days, { ...days, path: '/41/4114/' }]).map((rule) => rule.id)).toEqual(['CAD-02']);
    expect(rulesFor(post, [{ ...days, path: '/41/4112/411224/' }])).toEqual([]);
    expect(rulesFor({ ...post, category: 'disaster_informant_a' }, [days])).toEqual([]);
  });

  it('tells high-risk enterprises from others', () => {
    const risky = { ...post, highRisk: true };
    const both: RuleInForce[] = [
      { ...hours, risk: 'high_risk' },
      { ...hours, id: 'ENT-04', risk: 'other' },
    ];
    expect(rulesFor(risky, both).map((rule) => rule.id)).toEqual(['ENT-07']);
    expect(rulesFor(post, both).map((rule) => rule.id)).toEqual(['ENT-04']);
  });
});

describe('isInForce', () => {
  it('includes the first and the last day', () => {
    const dated = { fromOn: '2026-03-01', untilOn: '2026-12-31' };
    expect(
      ['2026-02-28', '2026-03-01', '2026-12-31', '2027-01-01'].map((day) => isInForce(dated, day)),
    ).toEqual([false, true, true, false]);
    expect(isInForce({ fromOn: '2026-03-01', untilOn: null }, '2036-01-01')).toBe(true);
  });
});
