import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import type { FollowedDetails } from '#lib/kernel/happening.ts';
import { prepared, type Db, type Tx } from '#lib/server/db/open.ts';
import { attempt, attemptAnswer, attemptPaper, exam } from '#lib/server/db/schema/exams.ts';
import { record } from '#lib/server/events/record.ts';
import { markPaper, receiptOf } from './attempt.ts';
import { stateAfter } from './attempt.machine.ts';

export type AttemptRow = typeof attempt.$inferSelect;
export type ExamRow = typeof exam.$inferSelect;

/** What a candidate gets for a hand-in: when, under which number, how many answers the server holds. */
export type Receipt = {
  state: 'submitted' | 'collected';
  at: Date;
  receipt: string;
  answered: number;
  questions: number;
};

export async function findAttemptRow(
  _system: Actor,
  tx: Db,
  attemptId: string,
): Promise<{ attempt: AttemptRow; exam: ExamRow } | null> {
  const [row] = await prepared(tx, 'attempt.row', (db) =>
    db
      .select({ attempt, exam })
      .from(attempt)
      .innerJoin(exam, eq(exam.id, attempt.examId))
      .where(eq(attempt.id, sql.placeholder('id'))),
  ).execute({ id: attemptId });
  return row ?? null;
}

export async function readAnswers(_system: Actor, tx: Db, attemptId: string) {
  return await tx
    .select()
    .from(attemptAnswer)
    .where(eq(attemptAnswer.attemptId, attemptId))
    .orderBy(attemptAnswer.slot);
}

export async function readPaper(_system: Actor, tx: Db, attemptId: string) {
  const [paper] = await tx.select().from(attemptPaper).where(eq(attemptPaper.attemptId, attemptId));
  return paper?.items ?? [];
}

export async function receiptFor(system: Actor, tx: Db, row: AttemptRow): Promise<Receipt> {
  const answers = await readAnswers(system, tx, row.id);
  return {
    state: row.state === 'collected' ? 'collected' : 'submitted',
    at: row.submittedAt ?? row.dueAt,
    receipt: row.receipt ?? '',
    answered: answers.filter(({ answer }) => answer !== '').length,
    questions: row.shape.length,
  };
}

/**
 * Hands an attempt in, by the candidate or by the server, and marks it at once. The write holds the
 * attempt and its person; the update names the state it was decided from. A collected paper counts as
 * handed in at its deadline, however late the server came by.
 */
export async function handIn(
  actor: Actor,
  tx: Tx,
  { attempt: row, exam: of }: { attempt: AttemptRow; exam: ExamRow },
  how: 'submit' | 'collect',
  now: Date,
): Promise<Receipt> {
  const state = stateAfter(row.state, how);
  if (state !== 'submitted' && state !== 'collected')
    throw new Error(`attempt ${row.id} is ${row.state}: cannot ${how}`);
  const answers = await readAnswers(actor, tx, row.id);
  const items = await readPaper(actor, tx, row.id);
  const { score, scoreMax, answered, result } = markPaper(
    items,
    new Map(answers.map(({ slot, answer }) => [slot, answer])),
  );
  const passed = score >= of.passScore;
  const submittedAt = how === 'collect' ? row.dueAt : now;
  const said = JSON.stringify([
    row.id,
    submittedAt.getTime(),
    answers.map(({ slot, seq, answer }) => [slot, seq, answer]),
  ]);
  const digest = createHash('sha256').update(said).digest();
  const receipt = receiptOf(dayOf(submittedAt), digest);
  await tx
    .update(attempt)
    .set({ state, submittedAt, receipt, score, passed, result })
    .where(and(eq(attempt.id, row.id), eq(attempt.state, row.state)));
  const common = { stream: `attempt:${row.id}`, actor, at: now, path: of.path };
  const detail = { receipt, answered, score, scoreMax, passed, answersHash: digest.toString('base64url') };
  await record(tx, { ...common, kind: how === 'submit' ? 'attempt_submitted' : 'attempt_collected', detail });
  if (passed) {
    const { personId, id: attemptId } = row;
    const followed: FollowedDetails['attempt_passed'] = {
      personId,
      attemptId,
      examId: of.id,
      classId: of.classId,
    };
    await record(tx, { ...common, kind: 'attempt_passed', detail: followed });
  }
  return { state, at: submittedAt, receipt, answered, questions: items.length };
}
