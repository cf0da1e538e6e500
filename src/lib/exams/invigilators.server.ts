import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { placesAbove } from '#lib/courses/policy.ts';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { examInvigilator } from '#lib/server/db/schema/exams.ts';
import { account, accountGrant } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { refuse } from './copy.ts';
import { findKeptExam, findWatchedExam } from './exam-scope.server.ts';

export type Invigilator = { id: string; name: string; loginName: string };

/** The accounts that may be assigned: enabled, and invigilators of the exam's place or of one above it. */
async function eligible(db: Db, path: string): Promise<Invigilator[]> {
  const { id, name, loginName } = account;
  return await db
    .selectDistinct({ id, name, loginName })
    .from(account)
    .innerJoin(accountGrant, eq(accountGrant.accountId, account.id))
    .where(
      and(
        eq(accountGrant.role, 'invigilator'),
        isNull(accountGrant.organizationId),
        inArray(accountGrant.path, placesAbove(path)),
        isNull(account.disabledAt),
      ),
    )
    .orderBy(asc(loginName));
}

/** Who invigilates an exam; those who keep it also see whom they may still assign. Refused: not_found. */
export async function readInvigilators(
  actor: Actor,
  examId: string,
): Promise<{ assigned: Invigilator[]; assignable: Invigilator[] }> {
  return await read(async (db) => {
    const exam = await findWatchedExam(actor, db, examId);
    const { id, name, loginName } = account;
    const assigned = await db
      .select({ id, name, loginName })
      .from(examInvigilator)
      .innerJoin(account, eq(account.id, examInvigilator.accountId))
      .where(eq(examInvigilator.examId, examId))
      .orderBy(asc(loginName));
    const taken = new Set(assigned.map((one) => one.id));
    const assignable = (await eligible(db, exam.path)).filter((one) => !taken.has(one.id));
    return { assigned, assignable };
  });
}

/** Gives an exam to an invigilator to watch. Refused: not_found, forbidden, invigilator_unknown. */
export async function assignInvigilator(
  actor: Actor,
  examId: string,
  accountId: string,
  now: Date,
): Promise<void> {
  const stream = `exam:${examId}`;
  await write(stream, async (tx) => {
    const exam = await findKeptExam(actor, tx, examId);
    const found = (await eligible(tx, exam.path)).find((one) => one.id === accountId);
    if (!found) throw refuse('invigilator_unknown');
    const added = await tx
      .insert(examInvigilator)
      .values({ examId, accountId })
      .onConflictDoNothing()
      .returning({ accountId: examInvigilator.accountId });
    if (added.length === 0) return;
    const detail = { title: exam.title, name: found.name, accountId };
    await record(tx, { stream, kind: 'invigilator_assigned', actor, at: now, path: exam.path, detail });
  });
}

/** Takes an exam from an invigilator; to them it is gone at once. Refused: not_found, forbidden. */
export async function dismissInvigilator(
  actor: Actor,
  examId: string,
  accountId: string,
  now: Date,
): Promise<void> {
  const stream = `exam:${examId}`;
  await write(stream, async (tx) => {
    const exam = await findKeptExam(actor, tx, examId);
    const gone = await tx
      .delete(examInvigilator)
      .where(and(eq(examInvigilator.examId, examId), eq(examInvigilator.accountId, accountId)))
      .returning({ accountId: examInvigilator.accountId });
    if (gone.length === 0) return;
    const [dismissed] = await tx.select().from(account).where(eq(account.id, accountId));
    const detail = { title: exam.title, name: dismissed?.name ?? '', accountId };
    await record(tx, { stream, kind: 'invigilator_dismissed', actor, at: now, path: exam.path, detail });
  });
}
