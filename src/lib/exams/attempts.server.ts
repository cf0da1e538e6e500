import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { prepared, read, write, type Tx } from '#lib/server/db/open.ts';
import { enrolment } from '#lib/server/db/schema/classes.ts';
import { attempt, attemptPaper, exam, examAllowance } from '#lib/server/db/schema/exams.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { writeAboutPeople } from '#lib/server/person-records.ts';
import { storeAnswers, type SentAnswers } from './answers.server.ts';
import { dueAtOf, reasonsNotToStart, shapeOf, takenUntil, type StoredAnswer } from './attempt.ts';
import { refuse, refuseFor } from './copy.ts';
import { drawForAttempt } from './drawing.server.ts';
import { findAttemptRow, handIn, readAnswers, receiptFor, type Receipt } from './marking.server.ts';
import { ownsAttempt } from './policy.ts';

function personOf(actor: Actor): string {
  if (actor.personId === null) throw refuse('no_person');
  return actor.personId;
}

async function startingPoint(tx: Tx, examId: string, personId: string) {
  const of = { examId, personId };
  const [found] = await prepared(tx, 'exam.start', (db) =>
    db
      .select()
      .from(exam)
      .where(eq(exam.id, sql.placeholder('examId'))),
  ).execute(of);
  if (!found) throw refuse('not_found');
  const previous = await prepared(tx, 'attempt.previous', (db) =>
    db
      .select({ id: attempt.id, ordinal: attempt.ordinal, state: attempt.state, passed: attempt.passed })
      .from(attempt)
      .where(
        and(eq(attempt.examId, sql.placeholder('examId')), eq(attempt.personId, sql.placeholder('personId'))),
      )
      .orderBy(desc(attempt.ordinal)),
  ).execute(of);
  const enrolled = await prepared(tx, 'exam.enrolled', (db) =>
    db
      .select({ id: enrolment.id })
      .from(enrolment)
      .where(
        and(
          eq(enrolment.classId, sql.placeholder('classId')),
          eq(enrolment.personId, sql.placeholder('personId')),
          isNull(enrolment.withdrawnAt),
        ),
      ),
  ).execute({ classId: found.classId ?? '', personId });
  const [allowance] = await prepared(tx, 'exam.allowance', (db) =>
    db
      .select({ extraMinutes: examAllowance.extraMinutes })
      .from(examAllowance)
      .where(
        and(
          eq(examAllowance.examId, sql.placeholder('examId')),
          eq(examAllowance.personId, sql.placeholder('personId')),
        ),
      ),
  ).execute(of);
  return { found, previous, isEnrolled: enrolled.length > 0, extraMinutes: allowance?.extraMinutes ?? 0 };
}

async function insertAttempt(
  tx: Tx,
  row: typeof attempt.$inferInsert,
  items: (typeof attemptPaper.$inferInsert)['items'],
) {
  await prepared(tx, 'attempt.insert', (db) =>
    db.insert(attempt).values({
      id: sql.placeholder('id'),
      examId: sql.placeholder('examId'),
      personId: sql.placeholder('personId'),
      ordinal: sql.placeholder('ordinal'),
      state: 'in_progress',
      startedAt: sql.placeholder('startedAt'),
      dueAt: sql.placeholder('dueAt'),
      lease: '',
      leaseAt: sql.placeholder('startedAt'),
      leaves: 0,
      shape: sql.placeholder('shape'),
    }),
  ).execute(row);
  await prepared(tx, 'attempt.paper', (db) =>
    db
      .insert(attemptPaper)
      .values({ attemptId: sql.placeholder('attemptId'), items: sql.placeholder('items') }),
  ).execute({ attemptId: row.id, items });
}

/**
 * Starts an attempt: the paper is drawn and stored in the one write. Answers the attempt under way when
 * there is one, so that two tabs or a repeated press never start twice. Refuses with the reasons of
 * {@link reasonsNotToStart}, `bank_short`, or `not_found` for an exam of somebody else's class.
 */
export async function startAttempt(actor: Actor, examId: string, now: Date): Promise<{ attemptId: string }> {
  const personId = personOf(actor);
  const attemptId = newId();
  const stream = `attempt:${attemptId}`;
  return await write([stream, `attempt-of:${examId}:${personId}`, `person:${personId}`], async (tx) => {
    const { found, previous, isEnrolled, extraMinutes } = await startingPoint(tx, examId, personId);
    const underWay = previous.find(({ state }) => state === 'in_progress');
    if (underWay) return { attemptId: underWay.id };
    if (!isEnrolled && previous.length === 0) throw refuse('not_found');
    const reasons = reasonsNotToStart(found, previous, isEnrolled, now);
    if (reasons.length > 0) throw refuseFor(reasons);
    const { items, bankRevision, paperHash } = await drawForAttempt(actor, tx, found);
    const dueAt = dueAtOf(found, now, extraMinutes);
    const ordinal = (previous[0]?.ordinal ?? 0) + 1;
    const row = { id: attemptId, examId, personId, ordinal, startedAt: now, dueAt, shape: shapeOf(items) };
    await insertAttempt(tx, row as typeof attempt.$inferInsert, items);
    const detail = { examId, personId, ordinal, dueAt: dueAt.getTime(), bankRevision, paperHash };
    await record(tx, { stream, kind: 'attempt_started', actor, at: now, path: found.path, detail });
    return { attemptId };
  });
}

/**
 * Gives this browser the right to answer. Free for the first browser and for the one that held it last
 * (`previous`: a reload, a crash); another needs `force`, and then the older one is told that it lost it.
 * Answers what is stored, so that a browser that comes back knows what another one saved.
 */
export async function takeLease(
  actor: Actor,
  attemptId: string,
  { previous, force }: { previous: string; force: boolean },
  now: Date,
): Promise<{ lease: string; answers: StoredAnswer[]; dueAt: number; now: number }> {
  const lease = newId();
  const stream = `attempt:${attemptId}`;
  return await write(stream, async (tx) => {
    const row = await findAttemptRow(actor, tx, attemptId);
    if (!row || !ownsAttempt(actor, row.attempt)) throw refuse('not_found');
    const { state, lease: held } = row.attempt;
    if (state !== 'in_progress') throw refuse('attempt_over', { state });
    if (held !== '' && held !== previous && !force) throw refuse('lease_held');
    await tx
      .update(attempt)
      .set({ lease, leaseAt: now })
      .where(and(eq(attempt.id, attemptId), eq(attempt.lease, held)));
    const detail = { takenOver: held !== '' && held !== previous };
    await record(tx, { stream, kind: 'lease_taken', actor, at: now, path: row.exam.path, detail });
    const answers = await readAnswers(actor, tx, attemptId);
    const stored = answers.map(({ slot, seq, answer }) => ({ slot, seq, answer }));
    return { lease, answers: stored, dueAt: row.attempt.dueAt.getTime(), now: now.getTime() };
  });
}

/**
 * Hands in, with answers that were still under way. Repeating it gives the same receipt. After the grace
 * the server collects instead, and the receipt says so; answers that come with it are not taken.
 */
export async function submitAttempt(
  actor: Actor,
  attemptId: string,
  sent: SentAnswers,
  now: Date,
): Promise<Receipt> {
  const personId = personOf(actor);
  return await write([`attempt:${attemptId}`, `person:${personId}`], async (tx) => {
    const row = await findAttemptRow(actor, tx, attemptId);
    if (!row || !ownsAttempt(actor, row.attempt)) throw refuse('not_found');
    if (row.attempt.state === 'void') throw refuse('attempt_void');
    if (row.attempt.state !== 'in_progress') return await receiptFor(actor, tx, row.attempt);
    const point = { ...row.attempt, graceSeconds: row.exam.graceSeconds, path: row.exam.path };
    if (now > takenUntil(point)) return await handIn(actor, tx, row, 'collect', now);
    if (row.attempt.lease === '' || row.attempt.lease !== sent.lease) throw refuse('lease_lost');
    await storeAnswers(actor, tx, attemptId, point, sent, now);
    return await handIn(actor, tx, row, 'submit', now);
  });
}

/** Notes that the page was left for a while: evidence for the invigilator, never a verdict. */
export async function recordLeave(
  actor: Actor,
  attemptId: string,
  seconds: number,
  now: Date,
): Promise<{ leaves: number }> {
  const stream = `attempt:${attemptId}`;
  return await write(stream, async (tx) => {
    const point = await findAttemptRow(actor, tx, attemptId);
    if (!point || !ownsAttempt(actor, point.attempt)) throw refuse('not_found');
    const { state, leaves } = point.attempt;
    if (state !== 'in_progress') throw refuse('attempt_over', { state });
    await tx
      .update(attempt)
      .set({ leaves: leaves + 1 })
      .where(eq(attempt.id, attemptId));
    const detail = { seconds, count: leaves + 1 };
    await record(tx, { stream, kind: 'attempt_left', actor, at: now, path: point.exam.path, detail });
    return { leaves: leaves + 1 };
  });
}

const COLLECTED_AT_ONCE = 200;

/**
 * Collects and marks every attempt past its deadline and grace, whether or not a browser is there.
 * Harmless to repeat; answers how many it collected.
 */
export async function collectDueAttempts(system: Actor, now: Date): Promise<number> {
  const due = await read((db) =>
    db
      .select({ id: attempt.id, personId: attempt.personId })
      .from(attempt)
      .innerJoin(exam, eq(exam.id, attempt.examId))
      .where(
        and(
          eq(attempt.state, 'in_progress'),
          sql`${attempt.dueAt} + ${exam.graceSeconds} * 1000 < ${now.getTime()}`,
        ),
      )
      .orderBy(attempt.dueAt)
      .limit(COLLECTED_AT_ONCE),
  );
  const collected = await Promise.all(
    due.map(({ id, personId }) =>
      // Whoever was merged meanwhile: a pass may bring the surviving record its certificate.
      writeAboutPeople([personId], [`attempt:${id}`], async (tx) => {
        const row = await findAttemptRow(system, tx, id);
        const isDue =
          row?.attempt.state === 'in_progress' && now > takenUntil({ ...row.exam, ...row.attempt });
        if (isDue) await handIn(system, tx, row, 'collect', now);
        return isDue;
      }),
    ),
  );
  return collected.filter(Boolean).length;
}
