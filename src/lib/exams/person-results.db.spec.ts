import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/kernel/actor.ts';
import {
  COUNTY,
  actorWith,
  fillBank,
  officer,
  openClass,
  publishedExam,
  questionsOf,
  rightAnswers,
  sitDown,
} from '#tests/worlds/exams.ts';
import { voidAttempt } from './allowances.server.ts';
import { startAttempt, submitAttempt, takeLease } from './attempts.server.ts';
import { listPersonResults } from './person-results.server.ts';

const OPENS = new Date('2026-11-22T01:00:00Z');
const after = (minutes: number) => new Date(OPENS.getTime() + minutes * 60_000);

let examId: string;
let candidate: Actor;
let first: string;

beforeAll(async () => {
  await fillBank(
    [...questionsOf('single', 8), ...questionsOf('multiple', 4), ...questionsOf('judge', 5)],
    OPENS,
  );
  const classId = await openClass(OPENS);
  examId = await publishedExam(classId, OPENS);
  const { actor, id, lease } = await sitDown(classId, examId, OPENS);
  await submitAttempt(actor, id, { lease, answers: [] }, after(5));
  [candidate, first] = [actor, id];
});

const resultsFor = (actor: Actor) => listPersonResults(actor, candidate.personId!);

describe('listPersonResults', () => {
  it('lists marked attempts for those who watch the exam, latest first', async () => {
    expect(await resultsFor(officer)).toMatchObject([
      { attemptId: first, examId, score: 0, totalScore: 10, passScore: 6, passed: false, at: after(5) },
    ]);
    const { attemptId } = await startAttempt(candidate, examId, after(10));
    expect(await resultsFor(officer)).toHaveLength(1);
    const { lease } = await takeLease(candidate, attemptId, { previous: '', force: false }, after(10));
    const answers = await rightAnswers(attemptId);
    await submitAttempt(candidate, attemptId, { lease, answers }, after(15));
    expect(await resultsFor(officer)).toMatchObject([
      { attemptId, score: 10, passed: true },
      { attemptId: first, passed: false },
    ]);
  });

  it('leaves out what was voided', async () => {
    await voidAttempt(officer, first, '设备故障，作废重考', after(20));
    expect((await resultsFor(officer)).map(({ attemptId }) => attemptId)).not.toContain(first);
  });

  it('shows nothing to a township, to another county and to an invigilator who is not assigned', async () => {
    for (const actor of [
      actorWith('township_officer', COUNTY.path),
      actorWith('exam_officer', '/41/4112/411224/'),
      actorWith('invigilator', COUNTY.path),
    ])
      expect(await resultsFor(actor)).toEqual([]);
  });
});
