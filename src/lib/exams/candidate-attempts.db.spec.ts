import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { read } from '#lib/server/db/open.ts';
import { attempt } from '#lib/server/db/schema/index.ts';
import {
  fillBank,
  openClass,
  publishedExam,
  questionsOf,
  rightAnswers,
  sitDown,
} from '#tests/worlds/exams.ts';
import { saveAnswers } from './answers.server.ts';
import { recordLeave, submitAttempt } from './attempts.server.ts';
import { readAttempt, readOutcome } from './candidate-attempts.server.ts';

const OPENS = new Date('2026-11-22T01:00:00Z');
const after = (seconds: number) => new Date(OPENS.getTime() + seconds * 1_000);

let classId: string;
let examId: string;

beforeAll(async () => {
  await fillBank(
    [...questionsOf('single', 8), ...questionsOf('multiple', 4), ...questionsOf('judge', 5)],
    OPENS,
  );
  classId = await openClass(OPENS);
  examId = await publishedExam(classId, OPENS);
});

const sitting = (now = after(0), of = examId) => sitDown(classId, of, now);
const rowOf = async (id: string) =>
  (await read((db) => db.select().from(attempt).where(eq(attempt.id, id))))[0]!;

describe('what a candidate sees', () => {
  it('a paper without answers or explanations, and what was saved', async () => {
    const { actor, id, lease } = await sitting();
    await saveAnswers(actor, id, { lease, answers: [{ slot: 4, seq: 3, answer: 'DB' }] }, after(60));
    const seen = await readAttempt(actor, id, after(61));
    expect(seen.items).toHaveLength(6);
    expect(Object.keys(seen.items[0]!)).toEqual(['slot', 'type', 'stem', 'options', 'score']);
    expect(JSON.stringify(seen)).not.toContain('解析');
    expect(JSON.stringify(seen)).not.toContain(lease);
    expect(seen.answers).toEqual([{ slot: 4, seq: 3, answer: 'BD', savedAt: after(60).getTime() }]);
    await expect(readOutcome(actor, id)).rejects.toMatchObject({ code: 'attempt_not_over' });
  });

  it('the result with wrong questions and why, when the exam shows them', async () => {
    const { actor, id, lease } = await sitting();
    const answers = (await rightAnswers(id)).map((one) =>
      one.slot === 4 ? { ...one, answer: 'ABCD' } : one,
    );
    await submitAttempt(actor, id, { lease, answers }, after(60));
    const outcome = await readOutcome(actor, id);
    expect(outcome).toMatchObject({ score: 8, totalScore: 10, passScore: 6, passed: true });
    expect(outcome.wrong).toMatchObject([
      { slot: 4, given: 'ABCD', explanation: expect.stringContaining('解析') },
    ]);
    expect(outcome.byType.map((line) => [line.key, line.score])).toEqual([
      ['single', 6],
      ['multiple', 0],
      ['judge', 2],
    ]);
  });

  it('the result without questions, when the exam does not show them', async () => {
    const secret = await publishedExam(classId, OPENS, { showReview: false });
    const { actor, id, lease } = await sitting(after(1), secret);
    await submitAttempt(actor, id, { lease, answers: [] }, after(60));
    expect(await readOutcome(actor, id)).toMatchObject({ score: 0, wrong: [], showReview: false });
  });

  it('leaving the page is counted, with how long', async () => {
    const { actor, id } = await sitting();
    await recordLeave(actor, id, 12, after(60));
    expect(await recordLeave(actor, id, 3, after(70))).toEqual({ leaves: 2 });
    expect((await rowOf(id)).leaves).toBe(2);
  });
});
