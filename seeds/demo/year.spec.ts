import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '#lib/kernel/day.ts';
import { beginningOf, COUNTY_YEAR, seasonsOf, SMALL_YEAR, workdaysAt } from './year.ts';

const days = fc.integer({ min: 0, max: 4 * 366 }).map((count) => addDays('2026-01-01', count));

/** The classes that are held: those over before the last day of their season. */
const held = (today: string, classes: typeof COUNTY_YEAR) =>
  seasonsOf(today, classes).flatMap(({ from, until, classes: some }) =>
    some
      .map((plan) => ({ plan, days: workdaysAt(from, until, plan.at, plan.days) }))
      .filter((one) => one.days.at(-1)! < until),
  );

describe('the demo’s story', () => {
  it('is over before the day it is loaded, and begins after its rosters came', () => {
    fc.assert(
      fc.property(days, (today) => {
        for (const { from, until } of seasonsOf(today, COUNTY_YEAR)) {
          expect(from >= beginningOf(today)).toBe(true);
          expect(until <= today).toBe(true);
          expect(from <= until).toBe(true);
        }
      }),
    );
  });

  it('has a whole year of classes on every day of a year', () => {
    fc.assert(
      fc.property(days, (today) => {
        expect(held(today, COUNTY_YEAR).length).toBeGreaterThanOrEqual(COUNTY_YEAR.length - 1);
        expect(held(today, SMALL_YEAR).length).toBeGreaterThanOrEqual(1);
        expect(daysBetween(beginningOf(today), today)).toBeGreaterThanOrEqual(50);
      }),
    );
  });

  it('tells of the year before and of this one while this one is young', () => {
    const titles = (today: string) => held(today, COUNTY_YEAR).map(({ plan }) => plan.title);
    expect(titles('2027-01-02')).toHaveLength(8);
    expect(titles('2027-01-02').every((title) => title.startsWith('2026年'))).toBe(true);
    expect(titles('2027-02-28').at(-1)).toBe('2027年县级应急人员集中轮训（第一期）');
    expect(titles('2028-02-29').at(-1)).toBe('2028年县级应急人员集中轮训（第一期）');
    expect(titles('2027-03-01').some((title) => title.includes('年县级'))).toBe(false);
    expect(beginningOf('2026-12-31')).toBe('2026-01-08');
  });
});
