import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assign,
  blueprintFaults,
  drawPaper,
  feasibilityOf,
  fits,
  groupsOf,
  shuffled,
  withShuffledOptions,
  type BankQuestion,
  type BlueprintPart,
} from './blueprint.ts';
import { letterOf, type Difficulty, type QuestionType } from './question.ts';

const TYPES: QuestionType[] = ['single', 'multiple', 'judge'];
const LEVELS: Difficulty[] = ['easy', 'medium', 'hard'];
const TOPICS = ['洪水', '火灾', '急救'];

const partOf = (part: Partial<BlueprintPart>): BlueprintPart => ({
  topic: null,
  type: 'single',
  difficulty: null,
  count: 1,
  scoreEach: 1,
  ...part,
});

const questionOf = (id: string, question: Partial<BankQuestion> = {}): BankQuestion => ({
  id,
  version: 1,
  type: 'single',
  stem: `题干 ${id}`,
  options: question.type === 'judge' ? [] : ['甲', '乙', '丙', '丁'],
  answer: question.type === 'judge' ? 'T' : question.type === 'multiple' ? 'AC' : 'B',
  explanation: '',
  basis: '',
  difficulty: 'easy',
  topic: '洪水',
  ...question,
});

const someParts = fc.array(
  fc.record({
    topic: fc.constantFrom(null, ...TOPICS.slice(0, 2)),
    type: fc.constantFrom(...TYPES.slice(0, 2)),
    difficulty: fc.constantFrom(null, ...LEVELS.slice(0, 2)),
    count: fc.integer({ min: 1, max: 3 }),
    scoreEach: fc.integer({ min: 1, max: 5 }),
  }),
  { minLength: 1, maxLength: 4 },
);
const someBank = fc
  .array(
    fc.record({
      topic: fc.constantFrom(...TOPICS.slice(0, 2)),
      type: fc.constantFrom(...TYPES.slice(0, 2)),
      difficulty: fc.constantFrom(...LEVELS.slice(0, 2)),
    }),
    { maxLength: 9 },
  )
  .map((kinds) => kinds.map((kind, index) => questionOf(`q${index}`, { ...kind, ...answersOf(kind.type) })));

function answersOf(type: QuestionType): Partial<BankQuestion> {
  return { answer: type === 'multiple' ? 'AC' : 'B' };
}

/** Every way of giving each question to one part or none: slow and plainly right. */
function mostByBruteForce(parts: readonly BlueprintPart[], bank: readonly BankQuestion[]): number {
  const left = parts.map((part) => part.count);
  function best(index: number): number {
    const question = bank[index];
    if (!question) return 0;
    let most = best(index + 1);
    parts.forEach((part, at) => {
      if (!left[at] || !fits(part, question)) return;
      left[at]! -= 1;
      most = Math.max(most, 1 + best(index + 1));
      left[at]! += 1;
    });
    return most;
  }
  return best(0);
}

/** Chance that can be repeated (mulberry32). */
function randomFrom(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('assign', () => {
  it('gives as many questions as any assignment could', () => {
    fc.assert(
      fc.property(someParts, someBank, (parts, bank) => {
        const given = assign(parts, bank);
        const all = given.flat();
        expect(new Set(all).size).toBe(all.length);
        given.forEach((questions, part) => {
          expect(questions.length).toBeLessThanOrEqual(parts[part]!.count);
          for (const index of questions) expect(fits(parts[part]!, bank[index]!)).toBe(true);
        });
        expect(all.length).toBe(mostByBruteForce(parts, bank));
      }),
      { numRuns: 400 },
    );
  });

  it('makes a general part let go of what a particular one needs', () => {
    const bank = [questionOf('flood', { topic: '洪水' }), questionOf('fire', { topic: '火灾' })];
    const parts = [partOf({ count: 1 }), partOf({ topic: '洪水', count: 1 })];
    expect(assign(parts, bank)).toEqual([[1], [0]]);
    expect(assign(parts.toReversed(), bank)).toEqual([[0], [1]]);
  });
});

describe('feasibilityOf', () => {
  it('says per part what is needed, available and missing, and the total', () => {
    const bank = [
      questionOf('a'),
      questionOf('b', { difficulty: 'hard' }),
      questionOf('c', { topic: '火灾' }),
    ];
    const parts = [partOf({ topic: '洪水', count: 3, scoreEach: 2 }), partOf({ count: 1, scoreEach: 4 })];
    const report = feasibilityOf(parts, groupsOf(bank));
    expect(report).toMatchObject({ questions: 4, totalScore: 10, shortBy: 1, feasible: false });
    expect(report.parts.map(({ available, shortBy }) => ({ available, shortBy }))).toEqual([
      { available: 2, shortBy: 1 },
      { available: 3, shortBy: 0 },
    ]);
  });

  it('agrees with the draw: feasible exactly when a paper can be drawn', () => {
    fc.assert(
      fc.property(someParts, someBank, fc.integer(), (parts, bank, seed) => {
        const drawn = drawPaper(parts, bank, randomFrom(seed));
        expect(drawn !== null).toBe(feasibilityOf(parts, groupsOf(bank)).feasible);
      }),
      { numRuns: 300 },
    );
  });
});

describe('drawPaper', () => {
  const bank = TYPES.flatMap((type) =>
    Array.from({ length: 40 }, (_, index) =>
      questionOf(`${type}${index}`, {
        type,
        ...(type === 'judge' ? { options: [], answer: 'F' } : answersOf(type)),
        topic: TOPICS[index % 3]!,
        difficulty: LEVELS[index % 3]!,
      }),
    ),
  );
  const parts = [
    partOf({ type: 'judge', count: 10, scoreEach: 2 }),
    partOf({ type: 'multiple', count: 5, scoreEach: 3 }),
    partOf({ topic: '火灾', count: 4, scoreEach: 5 }),
    partOf({ count: 20, scoreEach: 2 }),
  ];

  it('has the exact counts and scores, no question twice, types grouped, slots from 1', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const paper = drawPaper(parts, bank, randomFrom(seed))!;
        expect(paper.map((item) => item.slot)).toEqual(Array.from({ length: 39 }, (_, index) => index + 1));
        expect(new Set(paper.map((item) => item.questionId)).size).toBe(39);
        expect(paper.map((item) => item.type)).toEqual([
          ...new Array(24).fill('single'),
          ...new Array(5).fill('multiple'),
          ...new Array(10).fill('judge'),
        ]);
        expect(paper.filter((item) => item.score === 5).every((item) => item.topic === '火灾')).toBe(true);
        expect(paper.filter((item) => item.score === 5)).toHaveLength(4);
        expect(paper.reduce((sum, item) => sum + item.score, 0)).toBe(95);
      }),
      { numRuns: 100 },
    );
  });

  it('gives two candidates different papers and the same candidate the same one', () => {
    const ids = (seed: number) => drawPaper(parts, bank, randomFrom(seed))!.map((item) => item.questionId);
    expect(ids(1)).toEqual(ids(1));
    expect(ids(1)).not.toEqual(ids(2));
  });

  it('is refused, never shorter, when one question is missing', () => {
    expect(drawPaper([partOf({ type: 'judge', count: 41 })], bank, randomFrom(1))).toBeNull();
    expect(drawPaper([partOf({ type: 'judge', count: 40 })], bank, randomFrom(1))).toHaveLength(40);
  });

  it('draws every question about equally often', () => {
    const times = new Map<string, number>();
    const random = randomFrom(7);
    for (let round = 0; round < 2_000; round += 1)
      for (const item of drawPaper([partOf({ count: 10 })], bank, random)!)
        times.set(item.questionId, (times.get(item.questionId) ?? 0) + 1);
    expect(times.size).toBe(40);
    for (const count of times.values()) expect(Math.abs(count - 500)).toBeLessThan(120);
  });
});

describe('withShuffledOptions', () => {
  it('keeps the right answers right', () => {
    const answers = fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(answers, fc.integer(), (right, seed) => {
        const options = ['一', '二', '三', '四', '五', '六'];
        const answer = right.toSorted().map(letterOf).join('');
        const mixed = withShuffledOptions({ type: 'multiple', options, answer }, randomFrom(seed));
        expect(mixed.options.toSorted()).toEqual(options.toSorted());
        const rightTexts = Array.from(mixed.answer).map((letter) => mixed.options[letter.charCodeAt(0) - 65]);
        expect(rightTexts.toSorted()).toEqual(right.map((index) => options[index]).toSorted());
        expect(mixed.answer).toBe(Array.from(mixed.answer).toSorted().join(''));
      }),
    );
  });

  it('leaves a judgement as it is', () => {
    expect(withShuffledOptions({ type: 'judge', options: [], answer: 'F' }, randomFrom(1))).toEqual({
      options: [],
      answer: 'F',
    });
  });
});

describe('blueprintFaults', () => {
  it('names each slip', () => {
    expect(blueprintFaults([])).toEqual(['blueprint_empty']);
    expect(blueprintFaults([partOf({ count: 0 })])).toEqual(['part_count_bad']);
    expect(blueprintFaults([partOf({ scoreEach: 1.5 })])).toEqual(['part_score_bad']);
    expect(blueprintFaults([partOf({ count: 200 }), partOf({ count: 101 })])).toEqual(['blueprint_too_long']);
    expect(blueprintFaults([partOf({})])).toEqual([]);
  });
});

it('shuffled keeps every item once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
      expect(shuffled(items, randomFrom(seed)).toSorted()).toEqual(items.toSorted());
    }),
  );
});
