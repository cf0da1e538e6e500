import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { attempt, examExtension } from '#lib/server/db/schema/exams.ts';
import { account } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { refuse } from './copy.ts';
import { demandExtraMinutes, demandReason } from './demands.ts';
import { findWatchedExam } from './exam-scope.server.ts';
import { planExtension } from './extension.ts';
import type { AttemptRow } from './marking.server.ts';

export type Extension = {
  /** Made with the form: sent twice, it extends once. */
  id: string;
  examId: string;
  minutes: number;
  reason: string;
  /** The people chosen; null: everybody under way. */
  personIds: readonly string[] | null;
};

/**
 * Gives extra minutes at once to all attempts under way, or to those of chosen people: a room lost its
 * power. On top of what anybody has already, for this attempt only, and never beyond the closing of the
 * exam. By the exam's officers and its invigilators. Refused: reason_missing, extra_minutes_bad,
 * not_found, extension_nobody, extra_no_effect when nobody would gain by it.
 */
export async function extendExam(actor: Actor, extension: Extension, now: Date): Promise<void> {
  const reason = demandReason(extension.reason);
  demandExtraMinutes(extension.minutes);
  // Each attempt is locked, so that none is handed in or extended meanwhile; one that began after the
  // look had its whole time anyway.
  const seen = await read((db) => underWay(db, extension));
  const abouts = [`exam:${extension.examId}`, ...seen.map(({ id }) => `attempt:${id}`)];
  await write(abouts, async (tx) => {
    const exam = await findWatchedExam(actor, tx, extension.examId);
    const [done] = await tx.select().from(examExtension).where(eq(examExtension.id, extension.id));
    if (done) return;
    const held = new Set(seen.map(({ id }) => id));
    const still = (await underWay(tx, extension)).filter(({ id }) => held.has(id));
    if (still.length === 0) throw refuse('extension_nobody');
    const { minutes, id, examId } = extension;
    const { moved, short } = planExtension(still, exam, minutes);
    if (moved.length === 0) throw refuse('extra_no_effect', { at: exam.closesAt.getTime() });
    const given = { id, examId, minutes, reason, people: moved.length, peopleShort: short };
    await tx.insert(examExtension).values({ ...given, grantedBy: actor.accountId ?? '', grantedAt: now });
    const common = { actor, at: now, path: exam.path };
    const attempts = new Map(still.map((one) => [one.id, one]));
    for (const { id: attemptId, from, to } of moved) {
      await moveTo(tx, attempts.get(attemptId)!, to, minutes);
      const detail = { fromAt: from.getTime(), toAt: to.getTime(), reason };
      await record(tx, { ...common, stream: `attempt:${attemptId}`, kind: 'deadline_moved', detail });
    }
    const personIds = moved.map((one) => attempts.get(one.id)!.personId);
    const detail = { minutes, reason, extended: moved.length, extendedShort: short, personIds };
    await record(tx, { ...common, stream: `exam:${examId}`, kind: 'exam_extended', detail });
  });
}

async function underWay(db: Db, { examId, personIds }: Extension): Promise<AttemptRow[]> {
  if (personIds?.length === 0) return [];
  return await db
    .select()
    .from(attempt)
    .where(
      and(
        eq(attempt.examId, examId),
        eq(attempt.state, 'in_progress'),
        personIds ? inArray(attempt.personId, [...personIds]) : undefined,
      ),
    )
    .orderBy(asc(attempt.id));
}

async function moveTo(tx: Tx, row: AttemptRow, dueAt: Date, minutes: number): Promise<void> {
  await tx
    .update(attempt)
    .set({ dueAt, addedMinutes: row.addedMinutes + minutes })
    .where(and(eq(attempt.id, row.id), eq(attempt.state, 'in_progress')));
}

export type ShownExtension = {
  id: string;
  minutes: number;
  reason: string;
  people: number;
  peopleShort: number;
  grantedAt: Date;
  by: string;
};

/** What was given to many at once, the latest first. Refused: not_found. */
export async function listExtensions(actor: Actor, examId: string): Promise<ShownExtension[]> {
  return await read(async (db) => {
    await findWatchedExam(actor, db, examId);
    const rows = await db
      .select({ given: examExtension, by: account.name })
      .from(examExtension)
      .leftJoin(account, eq(account.id, examExtension.grantedBy))
      .where(eq(examExtension.examId, examId))
      .orderBy(desc(examExtension.grantedAt), desc(examExtension.id));
    return rows.map(({ given, by }) => {
      const { id, minutes, reason, people, peopleShort, grantedAt } = given;
      return { id, minutes, reason, people, peopleShort, grantedAt, by: by ?? '' };
    });
  });
}
