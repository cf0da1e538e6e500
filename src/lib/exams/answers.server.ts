import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { prepared, read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { attempt, attemptAnswer, exam } from '#lib/server/db/schema/exams.ts';
import { recordMany } from '#lib/server/events/record.ts';
import {
  answerFor,
  decideSave,
  isLate,
  reasonsNotToSave,
  type AttemptState,
  type StoredAnswer,
} from './attempt.ts';
import { refuse, refuseFor } from './copy.ts';
import { ownsAttempt } from './policy.ts';

/** What a save needs to know of an attempt: one row, by key, without the paper. */
async function savePoint(tx: Db, attemptId: string) {
  const [row] = await prepared(tx, 'answer.point', (db) =>
    db
      .select({
        personId: attempt.personId,
        state: attempt.state,
        dueAt: attempt.dueAt,
        lease: attempt.lease,
        shape: attempt.shape,
        graceSeconds: exam.graceSeconds,
        path: exam.path,
      })
      .from(attempt)
      .innerJoin(exam, eq(exam.id, attempt.examId))
      .where(eq(attempt.id, sql.placeholder('id'))),
  ).execute({ id: attemptId });
  return row ?? null;
}

async function upsertAnswer(tx: Tx, row: typeof attemptAnswer.$inferInsert): Promise<boolean> {
  const taken = await prepared(tx, 'answer.save', (db) =>
    db
      .insert(attemptAnswer)
      .values({
        attemptId: sql.placeholder('attemptId'),
        slot: sql.placeholder('slot'),
        seq: sql.placeholder('seq'),
        answer: sql.placeholder('answer'),
        savedAt: sql.placeholder('savedAt'),
        late: sql.placeholder('late'),
      })
      .onConflictDoUpdate({
        target: [attemptAnswer.attemptId, attemptAnswer.slot],
        set: {
          seq: sql`excluded.seq`,
          answer: sql`excluded.answer`,
          savedAt: sql`excluded.saved_at`,
          late: sql`excluded.late`,
        },
        setWhere: sql`${attemptAnswer.seq} < excluded.seq`,
      })
      .returning({ seq: attemptAnswer.seq }),
  ).execute(row);
  return taken.length > 0;
}

async function storedAnswer(tx: Tx, attemptId: string, slot: number) {
  const [row] = await prepared(tx, 'answer.stored', (db) =>
    db
      .select()
      .from(attemptAnswer)
      .where(
        and(
          eq(attemptAnswer.attemptId, sql.placeholder('attemptId')),
          eq(attemptAnswer.slot, sql.placeholder('slot')),
        ),
      ),
  ).execute({ attemptId, slot });
  return row ?? null;
}

export type SentAnswers = { lease: string; answers: StoredAnswer[] };

/** What the server holds for a slot after a save; `kept` is false when something newer stood there. */
export type SavedAnswer = StoredAnswer & { savedAt: number; late: boolean; kept: boolean };

export type SavePoint = NonNullable<Awaited<ReturnType<typeof savePoint>>>;

export async function storeAnswers(
  actor: Actor,
  tx: Tx,
  attemptId: string,
  point: SavePoint,
  sent: SentAnswers,
  now: Date,
) {
  const saved: SavedAnswer[] = [];
  const happenings = [];
  const late = isLate(point.dueAt, now);
  for (const { slot, seq, answer: text } of sent.answers) {
    const reasons = reasonsNotToSave(point, sent.lease, seq, now);
    if (reasons.length > 0) throw refuseFor(reasons);
    const answer = answerFor(point.shape, slot, text);
    if (answer === null) throw refuse('answer_bad', { slot });
    if (await upsertAnswer(tx, { attemptId, slot, seq, answer, savedAt: now, late })) {
      saved.push({ slot, seq, answer, savedAt: now.getTime(), late, kept: true });
      const detail = { slot, seq, answer, ...(late && { late }) };
      happenings.push({
        stream: `attempt:${attemptId}`,
        kind: 'answer_saved',
        actor,
        at: now,
        path: point.path,
        detail,
      });
      continue;
    }
    const stored = (await storedAnswer(tx, attemptId, slot))!;
    const kept = decideSave(stored, { slot, seq, answer }) === 'acknowledge';
    saved.push({
      slot,
      seq: stored.seq,
      answer: stored.answer,
      savedAt: stored.savedAt.getTime(),
      late: stored.late,
      kept,
    });
  }
  if (happenings.length > 0) await recordMany(tx, happenings);
  return saved;
}

/**
 * Saves answers one by one: the highest sequence number of a slot wins, a repeated packet is acknowledged
 * again, an older one is answered with what stands. Refuses (all of them) with `attempt_over`,
 * `lease_lost`, `save_too_late`, `answer_bad`; a foreign attempt is `not_found`.
 */
export async function saveAnswers(
  actor: Actor,
  attemptId: string,
  sent: SentAnswers,
  now: Date,
): Promise<SavedAnswer[]> {
  return await write(`attempt:${attemptId}`, async (tx) => {
    const point = await savePoint(tx, attemptId);
    if (!point || !ownsAttempt(actor, point)) throw refuse('not_found');
    return await storeAnswers(actor, tx, attemptId, point, sent, now);
  });
}

/** What the open page asks every half minute: the server's clock, the deadline, whether it may still answer. */
export type Pulse = {
  now: number;
  dueAt: number;
  graceSeconds: number;
  state: AttemptState;
  holdsLease: boolean;
};

export async function readPulse(actor: Actor, attemptId: string, lease: string, now: Date): Promise<Pulse> {
  const row = await read((db) => savePoint(db, attemptId));
  if (!row || !ownsAttempt(actor, row)) throw refuse('not_found');
  const { dueAt, graceSeconds, state } = row;
  const holdsLease = row.lease !== '' && row.lease === lease;
  return { now: now.getTime(), dueAt: dueAt.getTime(), graceSeconds, state, holdsLease };
}
