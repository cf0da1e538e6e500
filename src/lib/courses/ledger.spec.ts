import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countedHalfDays,
  creditOfHalfDays,
  hoursRuleFor,
  isCounted,
  lastOf,
  reasonsNotToAdjust,
  totalsOf,
  type HoursRule,
} from './ledger.ts';

const RULE: HoursRule = {
  packId: 'a',
  hoursPerDay: 8,
  path: '/41/',
  fromOn: '2022-04-01',
  untilOn: null,
  rosters: ['cadre'],
};

describe('credit hours', () => {
  it('come from the hours a day of the pack', () => {
    expect([creditOfHalfDays(1, 8), creditOfHalfDays(3, 6), creditOfHalfDays(2, 8)]).toEqual([400, 900, 800]);
  });

  it('follow the nearest place that adopted a pack, then the latest, within its days', () => {
    const rules = [
      RULE,
      { ...RULE, packId: 'b', hoursPerDay: 6, path: '/41/4114/411426/' },
      {
        ...RULE,
        packId: 'c',
        hoursPerDay: 7,
        path: '/41/4114/411426/',
        fromOn: '2026-01-01',
        untilOn: '2026-06-30',
      },
    ];
    expect(
      hoursRuleFor(rules, { path: '/41/4114/411426/411426101/', rosters: ['cadre'] }, '2026-03-05'),
    ).toEqual({
      version: 'c',
      hoursPerDay: 7,
    });
    expect(hoursRuleFor(rules, { path: '/41/4114/411426/', rosters: ['cadre'] }, '2026-07-01')).toEqual({
      version: 'b',
      hoursPerDay: 6,
    });
    expect(hoursRuleFor(rules, { path: '/41/4110/', rosters: ['cadre'] }, '2026-07-01')).toEqual({
      version: 'a',
      hoursPerDay: 8,
    });
    expect(hoursRuleFor(rules, { path: '/41/4110/', rosters: ['cadre'] }, '2020-01-01')).toEqual({
      version: 'default',
      hoursPerDay: 8,
    });
  });
});

describe('a pack for another roster', () => {
  it('says nothing about the hours of a cadre', () => {
    const who = { path: '/41/4110/', rosters: ['enterprise'] };
    expect(hoursRuleFor([{ ...RULE, hoursPerDay: 6 }], who, '2026-03-05')).toEqual({
      version: 'default',
      hoursPerDay: 8,
    });
  });
});

describe('half-days of one person and day', () => {
  const half = (attendanceId: string, name: string, counted = false) => ({
    attendanceId,
    half: name,
    counted,
  });

  it('count once for each half, so that nobody is in two rooms', () => {
    expect([...countedHalfDays([half('1', 'am'), half('2', 'am'), half('3', 'pm')])]).toEqual(['1', '3']);
  });

  it('keep what counts already', () => {
    expect([...countedHalfDays([half('1', 'am'), half('2', 'am', true)])]).toEqual(['2']);
  });

  it('are never more than two, and as many whatever the order', () => {
    const halves = fc.array(
      fc.record({ attendanceId: fc.uuid(), half: fc.constantFrom('am', 'pm', 'x'), counted: fc.boolean() }),
    );
    fc.assert(
      fc.property(halves, (some) => {
        const size = countedHalfDays(some).size;
        expect(size).toBe(Math.min(2, new Set(some.map((each) => each.half)).size));
        expect(countedHalfDays([...some].reverse()).size).toBe(size);
      }),
    );
  });
});

describe('a chain of lines about one evidence', () => {
  const line = (id: string, reverses: string | null) => ({
    id,
    reverses,
    halfDays: 1,
    creditHundredths: 400,
  });

  it('ends at the line nobody reverses, and counts when it is odd', () => {
    const chain = [line('a', null), line('b', 'a'), line('c', 'b')];
    expect(lastOf(chain)?.id).toBe('c');
    expect([chain, chain.slice(0, 2), []].map(isCounted)).toEqual([true, false, false]);
  });
});

describe('totals and adjustments', () => {
  it('stay apart by kind', () => {
    const totals = totalsOf([
      { kind: 'attendance', halfDays: 1, creditHundredths: 400 },
      { kind: 'attendance', halfDays: -1, creditHundredths: -400 },
      { kind: 'elsewhere', halfDays: 4, creditHundredths: 1600 },
      { kind: 'lesson', halfDays: 0, creditHundredths: 30 },
    ]);
    expect(totals).toMatchObject({
      attendanceHalfDays: 0,
      elsewhereHalfDays: 4,
      lessonHundredths: 30,
      adjustmentHalfDays: 0,
    });
  });

  it('never make a year negative, and want a reason', () => {
    const base = { halfDays: -1, creditHundredths: 0, reason: '重复登记', heldOn: '2026-03-01' };
    const year = { halfDays: 1, creditHundredths: 400 };
    expect(reasonsNotToAdjust(base, year, '2026-03-05')).toEqual([]);
    expect(reasonsNotToAdjust({ ...base, halfDays: -2 }, year, '2026-03-05')).toEqual(['adjust_negative']);
    expect(
      reasonsNotToAdjust(
        { halfDays: 0, creditHundredths: 0, reason: '无', heldOn: '2027-01-01' },
        year,
        '2026-03-05',
      ),
    ).toEqual(['adjust_nothing', 'adjust_reason_missing', 'adjust_day_bad']);
  });
});
