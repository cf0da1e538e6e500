import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answerFor,
  decideSave,
  dueAtOf,
  isLate,
  markPaper,
  reasonsNotToSave,
  reasonsNotToStart,
  receiptOf,
  shapeOf,
  shownItem,
  takenUntil,
  type AttemptState,
  type StoredAnswer,
} from './attempt.ts';
import type { PaperItem } from './blueprint.ts';

const at = (time: string) => new Date(`2026-11-22T${time}+08:00`);
const exam = {
  state: 'published' as const,
  opensAt: at('09:00:00'),
  entryUntil: at('09:30:00'),
  closesAt: at('11:00:00'),
  minutes: 60,
  attemptsMax: 2,
};
const codes = (reasons: { code: string }[]) => reasons.map((reason) => reason.code);

describe('dueAtOf', () => {
  it('is the earlier of the own minutes and the closing, and the last entry has no part in it', () => {
    expect(dueAtOf(exam, at('09:00:00'))).toEqual(at('10:00:00'));
    expect(dueAtOf(exam, at('10:20:00'))).toEqual(at('11:00:00'));
    expect(dueAtOf({ ...exam, minutes: 90 }, at('09:29:59'))).toEqual(at('10:59:59'));
    expect(dueAtOf(exam, at('09:20:00'), 15)).toEqual(at('10:35:00'));
    expect(dueAtOf(exam, at('09:50:00'), 15)).toEqual(at('11:00:00'));
  });

  it('never passes the closing nor the minutes, and extra time never takes any away', () => {
    const minute = fc.integer({ min: 1, max: 600 });
    fc.assert(
      fc.property(
        minute,
        fc.integer({ min: 0, max: 600 }),
        minute,
        fc.integer({ min: 0, max: 200 }),
        (length, start, close, extra) => {
          const times = { minutes: length, closesAt: new Date((start + close) * 60_000) };
          const startedAt = new Date(start * 60_000);
          const due = dueAtOf(times, startedAt, extra).getTime();
          expect(due).toBeLessThanOrEqual(times.closesAt.getTime());
          expect(due).toBeLessThanOrEqual(startedAt.getTime() + (length + extra) * 60_000);
          expect(due).toBeGreaterThanOrEqual(dueAtOf(times, startedAt).getTime());
          expect([times.closesAt.getTime(), startedAt.getTime() + (length + extra) * 60_000]).toContain(due);
        },
      ),
    );
  });
});

describe('reasonsNotToStart', () => {
  const start = (
    changes: Partial<typeof exam>,
    previous: { state: AttemptState; passed: boolean | null }[],
    enrolled: boolean,
    now: Date,
  ) => codes(reasonsNotToStart({ ...exam, ...changes }, previous, enrolled, now));

  it('has none at the edges of the window', () => {
    expect(start({}, [], true, at('09:00:00'))).toEqual([]);
    expect(start({}, [], true, at('09:30:00'))).toEqual([]);
  });

  it('names every reason at once', () => {
    const early = start(
      { state: 'cancelled' as never },
      [{ state: 'submitted', passed: true }],
      false,
      at('08:59:59'),
    );
    expect(early).toEqual(['exam_cancelled', 'not_enrolled', 'exam_not_open', 'already_passed']);
  });

  it('tells late entry from a closed exam', () => {
    expect(start({}, [], true, at('09:30:01'))).toEqual(['entry_over']);
    expect(start({}, [], true, at('11:00:00'))).toEqual(['exam_closed']);
  });

  it('counts attempts, but not void ones', () => {
    const failed = { state: 'collected' as const, passed: false };
    expect(start({}, [failed], true, at('09:10:00'))).toEqual([]);
    expect(start({}, [failed, failed], true, at('09:10:00'))).toEqual(['attempts_used_up']);
    expect(start({}, [failed, { state: 'void', passed: false }], true, at('09:10:00'))).toEqual([]);
    expect(start({}, [{ state: 'void', passed: true }], true, at('09:10:00'))).toEqual([]);
  });
});

describe('reasonsNotToSave', () => {
  const attempt = {
    state: 'in_progress' as AttemptState,
    dueAt: at('10:00:00'),
    graceSeconds: 30,
    lease: 'a',
    shape: 'd',
  };

  it('takes a save up to the end of the grace and marks what is late', () => {
    expect(reasonsNotToSave(attempt, 'a', 1, at('10:00:30'))).toEqual([]);
    expect(codes(reasonsNotToSave(attempt, 'a', 1, new Date(at('10:00:30').getTime() + 1)))).toEqual([
      'save_too_late',
    ]);
    expect(isLate(attempt.dueAt, at('10:00:00'))).toBe(false);
    expect(isLate(attempt.dueAt, at('10:00:01'))).toBe(true);
    expect(takenUntil(attempt)).toEqual(at('10:00:30'));
  });

  it('names every reason at once', () => {
    expect(codes(reasonsNotToSave({ ...attempt, state: 'submitted' }, 'b', 0, at('12:00:00')))).toEqual([
      'attempt_over',
      'lease_lost',
      'save_too_late',
      'answer_bad',
    ]);
    expect(codes(reasonsNotToSave({ ...attempt, lease: '' }, '', 1, at('09:30:00')))).toEqual(['lease_lost']);
    for (const seq of [0, -1, 1.5, Number.NaN, 2 ** 31])
      expect(codes(reasonsNotToSave(attempt, 'a', seq, at('09:30:00')))).toEqual(['answer_bad']);
  });
});

const items: PaperItem[] = (
  [
    ['single', ['1', '2', '3', '4'], 'B', 2, '洪水'],
    ['single', ['1', '2', '3'], 'C', 2, '火灾'],
    ['multiple', ['1', '2', '3', '4', '5'], 'ACE', 3, '洪水'],
    ['judge', [], 'F', 1, '火灾'],
  ] as const
).map(([type, options, answer, score, topic], index) => ({
  slot: index + 1,
  questionId: `q${index + 1}`,
  version: 1,
  type,
  stem: '',
  options: [...options],
  answer,
  score,
  topic,
  explanation: '解析',
  basis: '依据',
}));
const shape = shapeOf(items);

describe('answers', () => {
  it('the shape says what may be answered where', () => {
    expect(shape).toBe('dcE!');
    expect(answerFor(shape, 1, 'd')).toBe('D');
    expect(answerFor(shape, 2, 'D')).toBeNull();
    expect(answerFor(shape, 1, 'AB')).toBeNull();
    expect(answerFor(shape, 3, 'ECAC')).toBe('ACE');
    expect(answerFor(shape, 3, 'F')).toBeNull();
    expect(answerFor(shape, 4, 'T')).toBe('T');
    expect(answerFor(shape, 4, 'A')).toBeNull();
    expect(answerFor(shape, 4, '')).toBe('');
    for (const slot of [0, 5, -1, 1.5, Number.NaN]) expect(answerFor(shape, slot, 'A')).toBeNull();
    expect(answerFor(shape, 3, 'ABCDE'.repeat(100))).toBeNull();
    expect(answerFor(shape, 1, "A'; --")).toBeNull();
  });

  it('keeps the highest sequence of each slot, whatever the order and repetition of packets', () => {
    const saves = fc.array(
      fc.record({
        slot: fc.constant(1),
        seq: fc.integer({ min: 1, max: 8 }),
        answer: fc.constantFrom('', 'A', 'B'),
      }),
    );
    fc.assert(
      fc.property(saves, (sent) => {
        let stored: StoredAnswer | null = null;
        for (const one of sent) {
          const before: StoredAnswer | null = stored;
          const decision = decideSave(stored, one);
          if (decision === 'take') stored = one;
          if (decision === 'acknowledge') expect(before).toEqual(one);
          expect(stored!.seq).toBeGreaterThanOrEqual(before?.seq ?? 0);
        }
        const highest = Math.max(0, ...sent.map((one) => one.seq));
        expect(stored?.seq ?? 0).toBe(highest);
        expect(stored).toEqual(sent.find((one) => one.seq === highest) ?? null);
      }),
    );
  });
});

describe('markPaper', () => {
  const mark = (answers: [number, string][]) => markPaper(items, new Map(answers));

  it('gives the score for exact answers only', () => {
    expect(
      mark([
        [1, 'B'],
        [2, 'C'],
        [3, 'ACE'],
        [4, 'F'],
      ]),
    ).toMatchObject({ score: 8, scoreMax: 8, answered: 4 });
    expect(mark([[3, 'ABCDE']]).score).toBe(0);
    expect(mark([[3, 'AC']]).score).toBe(0);
    expect(mark([]).score).toBe(0);
    expect(
      mark([
        [1, ''],
        [4, 'F'],
      ]),
    ).toMatchObject({ score: 1, answered: 1 });
  });

  it('tells how each type and topic went, the weakest topic first', () => {
    const { result } = mark([
      [1, 'B'],
      [3, 'ACE'],
      [4, 'T'],
    ]);
    expect(result.byType).toEqual([
      { key: 'single', count: 2, right: 1, score: 2, scoreMax: 4 },
      { key: 'multiple', count: 1, right: 1, score: 3, scoreMax: 3 },
      { key: 'judge', count: 1, right: 0, score: 0, scoreMax: 1 },
    ]);
    expect(result.byTopic.map((line) => [line.key, line.right, line.count])).toEqual([
      ['火灾', 0, 2],
      ['洪水', 2, 2],
    ]);
    expect(result.items).toEqual([
      ['q1', true],
      ['q2', false],
      ['q3', true],
      ['q4', false],
    ]);
  });

  it('never exceeds the total, and types and topics add up to the score', () => {
    const answers = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('', 'B', 'C', 'ACE', 'F')),
    );
    fc.assert(
      fc.property(answers, (given) => {
        const marking = mark(given);
        const sum = (lines: { score: number }[]) => lines.reduce((total, line) => total + line.score, 0);
        expect(marking.score).toBeLessThanOrEqual(marking.scoreMax);
        expect(sum(marking.result.byType)).toBe(marking.score);
        expect(sum(marking.result.byTopic)).toBe(marking.score);
      }),
    );
  });
});

it('what is shown before hand-in holds no answer', () => {
  for (const item of items) {
    const shown = JSON.stringify(shownItem(item));
    expect(Object.keys(shownItem(item))).toEqual(['slot', 'type', 'stem', 'options', 'score']);
    expect(shown).not.toContain('解析');
  }
});

it('a receipt has the day and eight plain signs', () => {
  expect(receiptOf('2026-11-22', new Uint8Array(32).fill(255))).toMatch(
    /^1122-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/,
  );
  expect(receiptOf('2026-11-22', new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]))).not.toBe(
    receiptOf('2026-11-22', new Uint8Array([1, 2, 3, 4, 5, 6, 7, 9])),
  );
});
