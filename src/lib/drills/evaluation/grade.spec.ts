import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleScript } from '../../../../tests/drills/example-script.ts';
import { newExpectation } from '../runs/expectation-rules.ts';
import type { ExpectationState } from '../runs/run-state.ts';
import { expectationFactor, gradeUnit, psmuOf, type Evidence, type SheetAnswer } from './grade.ts';

const script = exampleScript();
const minute = 60_000;
const met: ExpectationState = {
  ...newExpectation(),
  state: 'met',
  openedMs: 0,
  dueMs: 10 * minute,
  doneMs: 5 * minute,
  evidence: [7],
};
const missed: ExpectationState = { ...met, state: 'missed', doneMs: null, missedMs: 10 * minute };
const late = (minutes: number): ExpectationState => ({
  ...met,
  state: 'late',
  doneMs: (10 + minutes) * minute,
});
const none: ExpectationState = { ...newExpectation(), state: 'not_applicable' };

const answer = (item: string, seat: string, text: string): SheetAnswer => ({
  sheet: 'tabletop',
  item,
  seat,
  answer: text,
  reason: '',
  seq: 9,
});
const all = (state: ExpectationState) => ({
  'e-report': state,
  'e-boat': state,
  'e-order': state,
  'e-count': state,
});
const graded = (change: Partial<Evidence>) =>
  gradeUnit(script, { expectations: all(met), answers: [], moderations: [], ...change });
const GOOD = [
  answer('q2', 'a', 'fit'),
  answer('q2', 'b', 'fit'),
  answer('q3', 'a', 'yes'),
  answer('q3', 'b', 'yes'),
];

describe('an expected action is worth', () => {
  const [report, , order] = script.expectations;
  it('what its late rule says', () => {
    expect(expectationFactor(report!, met)).toBe(1);
    expect(expectationFactor(report!, late(5))).toBe(0.5);
    expect(expectationFactor(report!, late(11))).toBe(0);
    expect(expectationFactor(order!, late(5))).toBe(0.5);
    expect(expectationFactor(order!, late(6))).toBe(0);
    expect(expectationFactor(report!, missed)).toBe(0);
    expect(expectationFactor(report!, none)).toBeNull();
  });

  it('only the share of the fields that were filled', () => {
    expect(expectationFactor(report!, { ...met, fieldShare: 0.8 })).toBe(0.8);
    expect(expectationFactor(report!, { ...late(4), fieldShare: 0.5 })).toBeCloseTo(0.3);
  });
});

describe('the grade', () => {
  it('joins the log and the evaluators', () => {
    expect(graded({ answers: GOOD })).toMatchObject({ total: 100, grade: '优', coverage: 1, vetoes: [] });
    const half = graded({
      answers: GOOD.map((each) => (each.item === 'q2' ? { ...each, answer: 'partly' } : each)),
    });
    // 40·1 + 60·(½·(½·1 + ½·0.6) + ½·1) = 94
    expect(half.total).toBe(94);
  });

  it('is none when too little was judged; what does not apply leaves the count, what nobody saw does not', () => {
    expect(graded({})).toMatchObject({ grade: null, coverage: 0.7 });
    expect(graded({ answers: [...GOOD.slice(0, 2), answer('q3', 'a', 'not_observed')] }).grade).toBeNull();
    const na = graded({
      answers: [
        ...GOOD.slice(0, 2),
        answer('q3', 'a', 'not_applicable'),
        answer('q3', 'b', 'not_applicable'),
      ],
    });
    expect(na).toMatchObject({ grade: '优', coverage: 1, total: 100 });
  });

  it('falls by a veto whatever the total', () => {
    const result = graded({
      answers: GOOD.map((each) => (each.item === 'q3' ? { ...each, answer: 'no' } : each)),
    });
    expect(result).toMatchObject({ total: 70, grade: '差', vetoes: ['2.2 转移人数清点清楚'] });
  });

  it('shows where evaluators differ until it is settled', () => {
    const answers = [...GOOD.slice(0, 3), answer('q3', 'b', 'no')];
    const q3 = (result: ReturnType<typeof graded>) => result.items.find(({ id }) => id === 'q3')!;
    expect(q3(graded({ answers }))).toMatchObject({ observed: 0.5, flags: ['dispersed'] });
    const moderations = [{ sheet: 'tabletop', item: 'q3', answer: 'yes', reason: '复看录像', seq: 30 }];
    expect(q3(graded({ answers, moderations }))).toMatchObject({
      observed: 1,
      flags: ['moderated'],
      trail: [9, 9, 30],
    });
  });

  it('takes the last answer of each evaluator, and says when only one judged', () => {
    const result = graded({
      answers: [...GOOD.slice(0, 2), answer('q3', 'a', 'no'), answer('q3', 'a', 'yes')],
    });
    expect(result.items.find(({ id }) => id === 'q3')).toMatchObject({ observed: 1, flags: ['single'] });
  });

  it('stays between 0 and 100 and rises with every better answer', () => {
    const states = fc.constantFrom(met, missed, late(3), none);
    const answers = fc.array(
      fc.tuple(
        fc.constantFrom('q2', 'q3'),
        fc.constantFrom('a', 'b'),
        fc.constantFrom('fit', 'partly', 'unfit', 'yes', 'no', 'not_applicable', 'not_observed'),
      ),
    );
    fc.assert(
      fc.property(states, answers, (state, given) => {
        const evidence = {
          expectations: all(state),
          answers: given.map(([item, seat, text]) => answer(item, seat, text)),
          moderations: [],
        };
        const result = gradeUnit(script, evidence);
        expect(result.coverage).toBeGreaterThanOrEqual(0);
        expect(result.coverage).toBeLessThanOrEqual(1);
        if (result.total === null) return;
        expect(result.total).toBeGreaterThanOrEqual(0);
        expect(result.total).toBeLessThanOrEqual(100);
        const better = gradeUnit(script, { ...evidence, expectations: all(met) });
        if (state !== none) expect(better.total).toBeGreaterThanOrEqual(result.total);
      }),
    );
  });
});

it('in four steps', () => {
  expect([1, 0.9, 0.6, 0.1, 0, null].map(psmuOf)).toEqual(['P', 'P', 'S', 'M', 'U', null]);
});
