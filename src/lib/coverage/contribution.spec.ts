import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accumulate, contributions, counterChanges, type Contribution } from './contribution.ts';
import { FIGURE_KEYS, missingOf } from './figure.ts';
import { stateOf, type Standing } from './standing.ts';

const TOWN = '/41/4114/411426/411426101/';
const standing = (some: Partial<Standing>): Standing => ({
  ...{
    postId: 'p1',
    ruleId: 'r1',
    year: 2026,
    personId: 'a',
    category: 'village_station_head',
    roster: 'cadre',
  },
  ...{ divisionId: 'v1', path: `${TOWN}v1/`, organizationId: null, required: 400, done: 0 },
  ...{ exempt: false, met: false, covered: false },
  ...some,
});
const figures = (one: Contribution | undefined) => one && FIGURE_KEYS.map((key) => one[key]);

describe('contributions', () => {
  it('counts one person once in every place above, by the posts inside it', () => {
    const both = contributions([
      standing({ met: true, covered: true }),
      standing({
        postId: 'p2',
        ruleId: 'r2',
        path: TOWN,
        divisionId: '411426101',
        covered: true,
        category: 'township_emergency',
      }),
    ]);
    expect(figures(both.get('v1|cadre'))).toEqual([1, 1, 1, 0, 1]);
    expect(figures(both.get('411426101|cadre'))).toEqual([1, 1, 1, 0, 0]);
    expect(figures(both.get('411426101|own:cadre'))).toEqual([1, 1, 1, 0, 0]);
    expect(figures(both.get('41|category:village_station_head'))).toEqual([1, 1, 1, 0, 1]);
    expect(both.has('v1|own:cadre')).toBe(false);
  });

  it('counts an exemption from one of two rules as neither exempt nor met until the other is met', () => {
    const exempt = standing({ exempt: true });
    const due = standing({ postId: 'p2', ruleId: 'r2' });
    expect(figures(contributions([exempt]).get('v1|cadre'))).toEqual([1, 0, 1, 1, 0]);
    expect(figures(contributions([exempt, due]).get('v1|cadre'))).toEqual([1, 0, 1, 0, 0]);
    expect(figures(contributions([exempt, { ...due, met: true }]).get('v1|cadre'))).toEqual([1, 0, 1, 0, 1]);
  });

  it('agrees with the state of the person, and a place never counts more than its parts', () => {
    const some = fc.array(
      fc.record({
        postId: fc.constantFrom('p1', 'p2', 'p3'),
        ruleId: fc.constantFrom('', 'r1', 'r2'),
        path: fc.constantFrom(TOWN, `${TOWN}v1/`, `${TOWN}v2/`),
        exempt: fc.boolean(),
        met: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(some, (rows) => {
        const standings = rows.map((row) => standing({ ...row, divisionId: row.path.split('/').at(-2)! }));
        const result = contributions(standings);
        const town = result.get('411426101|cadre')!;
        expect({
          missing: missingOf(town),
          met: town.met,
          exempt: town.exempt,
          unruled: 1 - town.ruled,
        }).toMatchObject({ [stateOf(standings)]: 1 });
        for (const one of result.values())
          for (const key of FIGURE_KEYS) expect(one[key]).toBeLessThanOrEqual(one.headcount);
        const parts = ['v1|cadre', 'v2|cadre', '411426101|own:cadre'].map(
          (key) => result.get(key)?.headcount ?? 0,
        );
        expect(town.headcount).toBeLessThanOrEqual(parts.reduce((a, b) => a + b));
      }),
    );
  });
});

describe('counterChanges', () => {
  it('moves counters by the difference, deepest place first', () => {
    const sum = new Map<string, Contribution>();
    accumulate(sum, contributions([standing({})]), -1);
    accumulate(sum, contributions([standing({ met: true, covered: true })]), 1);
    const changes = counterChanges(sum).filter((change) => change.grouping === 'cadre');
    expect(changes.map((change) => change.divisionId)).toEqual(['v1', '411426101', '411426', '4114', '41']);
    expect(figures(changes[0])).toEqual([0, 1, 0, 0, 1]);
    accumulate(sum, contributions([standing({})]), 1);
    accumulate(sum, contributions([standing({ met: true, covered: true })]), -1);
    expect(counterChanges(sum)).toEqual([]);
  });
});
