import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { enrolment } from '#lib/server/db/schema/classes.ts';
import { attempt, examAllowance } from '#lib/server/db/schema/exams.ts';
import { record } from '#lib/server/events/record.ts';
import { writeAboutPeople } from '#lib/server/person-records.ts';
import { dueAtOf } from './attempt.ts';
import { demandExtraMinutes, demandReason } from './demands.ts';
import { stateAfter } from './attempt.machine.ts';
import { refuse } from './copy.ts';
import { findKeptExam } from './exam-scope.server.ts';
import { findAttemptRow, type AttemptRow, type ExamRow } from './marking.server.ts';

async function underWayOf(db: Db, examId: string, personId: string) {
  const [row] = await db
    .select()
    .from(attempt)
    .where(and(eq(attempt.examId, examId), eq(attempt.personId, personId), eq(attempt.state, 'in_progress')));
  return row ?? null;
}

export type ExtraMinutes = { examId: string; personId: string; minutes: number; reason: string };

/**
 * Sets how many minutes a person gets beyond the exam's own, with the reason; an attempt under way gets
 * its new deadline at once. The closing of the exam stands: where nothing is gained, `extra_no_effect`.
 */
export async function grantExtraMinutes(actor: Actor, grant: ExtraMinutes, now: Date): Promise<void> {
  const reason = demandReason(grant.reason);
  demandExtraMinutes(grant.minutes);
  // A start that slipped in between the look and the lock is seen the next time round.
  while (!(await grantOnce(actor, { ...grant, reason }, now)));
}

/** Answers false when an attempt began that the write does not hold. */
async function grantOnce(actor: Actor, grant: ExtraMinutes, now: Date): Promise<boolean> {
  const { examId, personId, minutes: extraMinutes, reason } = grant;
  const about = `attempt-of:${examId}:${personId}`;
  const seen = await read((db) => underWayOf(db, examId, personId));
  return await write([about, ...(seen ? [`attempt:${seen.id}`] : [])], async (tx) => {
    const row = await findKeptExam(actor, tx, examId);
    const underWay = await underWayOf(tx, examId, personId);
    if (underWay && underWay.id !== seen?.id) return false;
    const listed = and(eq(enrolment.classId, row.classId ?? ''), eq(enrolment.personId, personId));
    if ((await tx.$count(enrolment, listed)) === 0) throw refuse('not_found');
    const given = { extraMinutes, reason, grantedBy: actor.accountId ?? '', grantedAt: now };
    await tx
      .insert(examAllowance)
      .values({ examId, personId, ...given })
      .onConflictDoUpdate({ target: [examAllowance.examId, examAllowance.personId], set: given });
    const common = { actor, at: now, path: row.path };
    const detail = { examId, personId, minutes: extraMinutes, reason };
    await record(tx, { ...common, stream: about, kind: 'extra_minutes_granted', detail });
    if (underWay) await moveDeadline(tx, underWay, row, grant, common);
    return true;
  });
}

async function moveDeadline(
  tx: Tx,
  underWay: AttemptRow,
  row: ExamRow,
  { minutes, reason }: ExtraMinutes,
  common: { actor: Actor; at: Date; path: string },
): Promise<void> {
  const dueAt = dueAtOf(row, underWay.startedAt, minutes + underWay.addedMinutes);
  if (dueAt.getTime() === underWay.dueAt.getTime())
    throw refuse('extra_no_effect', { at: row.closesAt.getTime() });
  await tx
    .update(attempt)
    .set({ dueAt })
    .where(and(eq(attempt.id, underWay.id), eq(attempt.state, 'in_progress')));
  const detail = { fromAt: underWay.dueAt.getTime(), toAt: dueAt.getTime(), reason };
  await record(tx, { ...common, stream: `attempt:${underWay.id}`, kind: 'deadline_moved', detail });
}

/**
 * Declares an attempt void, with the reason, so that the person may sit again. It is kept with paper,
 * answers and events. A certificate that rests on a passed one is not revoked by this, but listed for review.
 */
export async function voidAttempt(actor: Actor, attemptId: string, reason: string, now: Date): Promise<void> {
  const because = demandReason(reason);
  const seen = await read((db) => findAttemptRow(actor, db, attemptId));
  if (!seen) throw refuse('not_found');
  const { personId, examId } = seen.attempt;
  const stream = `attempt:${attemptId}`;
  // A certificate may rest on it: the followers then ask the bureau to review it.
  await writeAboutPeople([personId], [stream, `attempt-of:${examId}:${personId}`], async (tx) => {
    await findKeptExam(actor, tx, examId);
    const { attempt: row, exam: of } = (await findAttemptRow(actor, tx, attemptId))!;
    const state = stateAfter(row.state, 'declare_void');
    if (state === null) throw refuse('attempt_void_already');
    await tx
      .update(attempt)
      .set({ state })
      .where(and(eq(attempt.id, attemptId), eq(attempt.state, row.state)));
    const detail = { from: row.state, reason: because };
    await record(tx, { stream, kind: 'attempt_voided', actor, at: now, path: of.path, detail });
  });
}
