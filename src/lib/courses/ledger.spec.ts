import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountsToReach,
  countedElsewhere,
  countedHalfDays,
  creditOfHalfDays,
  hoursRuleFor,
  isCounted,
  keptChain,
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
  const half = (attendanceId: string, name: string, counted = false, own = true) => ({
    ...{ attendanceId, half: name, counted, own },
  });

  it('count once for each half, so that nobody is in two rooms', () => {
    expect([...countedHalfDays([half('1', 'am'), half('2', 'am'), half('3', 'pm')])]).toEqual(['1', '3']);
  });

  it('keep what counts already', () => {
    expect([...countedHalfDays([half('1', 'am'), half('2', 'am', true)])]).toEqual(['2']);
  });

  it('keep that of the surviving record when two records were one person all along', () => {
    expect([...countedHalfDays([half('1', 'am', true, false), half('2', 'am', true)])]).toEqual(['2']);
    expect([...countedHalfDays([half('1', 'am', true, false), half('2', 'am')])]).toEqual(['1']);
  });

  it('are never more than two, and as many whatever the order', () => {
    const halves = fc.array(
      fc.record({
        attendanceId: fc.uuid(),
        half: fc.constantFrom('am', 'pm', 'x'),
        counted: fc.boolean(),
        own: fc.boolean(),
      }),
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

const DAYS = ['2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08'];
const training = (trainingId: string, from: number, to: number, halfDays: number) => ({
  ...{ trainingId, fromOn: DAYS[from]!, toOn: DAYS[to]!, halfDays },
});

describe('training elsewhere beside sign-ins here', () => {
  it('counts whole where nothing else was on its days', () => {
    const signed = new Map([[DAYS[3]!, 2]]);
    expect([...countedElsewhere([training('a', 0, 2, 6)], signed)]).toEqual([['a', 6]]);
  });

  it('never counts a half-day that a sign-in filled', () => {
    expect([...countedElsewhere([training('a', 0, 0, 2)], new Map([[DAYS[0]!, 1]]))]).toEqual([['a', 1]]);
    expect([...countedElsewhere([training('a', 0, 0, 1)], new Map([[DAYS[0]!, 2]]))]).toEqual([['a', 0]]);
  });

  it('is read in the person’s favour where the registration does not name its halves', () => {
    expect([...countedElsewhere([training('a', 0, 0, 1)], new Map([[DAYS[0]!, 1]]))]).toEqual([['a', 1]]);
    expect([...countedElsewhere([training('a', 0, 2, 4)], new Map([[DAYS[0]!, 2]]))]).toEqual([['a', 4]]);
  });

  it('is one training when two records of a person are on its list', () => {
    const twice = [training('a', 0, 1, 2), training('a', 0, 1, 3)];
    expect([...countedElsewhere(twice, new Map())]).toEqual([['a', 3]]);
  });

  it('gives as much as the calendar holds, whatever the order, and never more', () => {
    const trainings = fc
      .array(fc.tuple(fc.nat(3), fc.nat(3), fc.integer({ min: 1, max: 8 })), { maxLength: 5 })
      .map((some) =>
        some.map(([one, other, halves], index) => {
          const [from, to] = [Math.min(one, other), Math.max(one, other)];
          return training(String(index), from, to, Math.min(halves, (to - from + 1) * 2));
        }),
      );
    const signed = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 });
    const sum = (counted: ReadonlyMap<string, number>) =>
      [...counted.values()].reduce((total, one) => total + one, 0);
    fc.assert(
      fc.property(trainings, signed, (some, halves) => {
        const signedOn = new Map(DAYS.map((day, index) => [day, halves[index]!]));
        const counted = countedElsewhere(some, signedOn);
        expect(countedElsewhere([...some].reverse(), signedOn)).toEqual(counted);
        expect(sum(counted)).toBe(mostThatFits(some, halves));
        for (const { trainingId, halfDays } of some)
          expect(counted.get(trainingId)).toBeLessThanOrEqual(halfDays);
      }),
    );
  });
});

/**
 * The most half-days that fit, by another way (max-flow, min-cut): what can be placed is limited by the
 * free halves of some set of days and by the trainings that reach beyond it.
 */
function mostThatFits(trainings: ReturnType<typeof training>[], signed: number[]): number {
  let least = Infinity;
  for (let set = 0; set < 2 ** DAYS.length; set += 1) {
    const inSet = (index: number) => (set >> index) % 2 === 1;
    const free = signed.reduce((total, used, index) => total + (inSet(index) ? 2 - used : 0), 0);
    const beyond = trainings
      .filter(({ fromOn, toOn }) => DAYS.some((day, index) => day >= fromOn && day <= toOn && !inSet(index)))
      .reduce((total, { halfDays }) => total + halfDays, 0);
    least = Math.min(least, free + beyond);
  }
  return least;
}

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

describe('coming to an amount', () => {
  const line = (id: string, reverses: string | null, halfDays: number) => ({
    ...{ id, reverses, halfDays, creditHundredths: halfDays * 400, personId: 'p' },
  });
  const [six, back] = [line('a', null, 6), line('b', 'a', -6)];

  it('takes the whole line back and enters what remains, at the hours of the first line', () => {
    expect(amountsToReach([six], 6)).toEqual([]);
    expect(amountsToReach([six], 5)).toEqual([
      { halfDays: -6, creditHundredths: -2400 },
      { halfDays: 5, creditHundredths: 2000 },
    ]);
    expect(amountsToReach([six], 0)).toEqual([{ halfDays: -6, creditHundredths: -2400 }]);
    expect(amountsToReach([six, back], 6)).toEqual([{ halfDays: 6, creditHundredths: 2400 }]);
    expect(amountsToReach([six, back], 0)).toEqual([]);
    expect(amountsToReach([six, back, line('c', 'b', 5)], 6)).toEqual([
      { halfDays: -5, creditHundredths: -2000 },
      { halfDays: 6, creditHundredths: 2400 },
    ]);
    expect(amountsToReach([], 2)).toEqual([]);
  });

  it('goes on in the chain that counts, then in that of the surviving record', () => {
    const of = (personId: string, ...lines: (typeof six)[]) => lines.map((one) => ({ ...one, personId }));
    expect(keptChain([of('old', six), of('new', six)], 'new')?.[0]?.personId).toBe('new');
    expect(keptChain([of('old', six), of('new', six, back)], 'new')?.[0]?.personId).toBe('old');
    expect(keptChain([], 'new')).toBeUndefined();
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
