import { and, eq, inArray, like, or, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import type { Db } from '#lib/server/db/open.ts';
import { exam, examInvigilator } from '#lib/server/db/schema/exams.ts';
import { refuse } from './copy.ts';
import type { ExamRow } from './marking.server.ts';
import { examScope, mayKeepExam, mayWatchExam } from './policy.ts';

/** An exam the actor watches. Refused: not_found when it is not there or not the actor's to see. */
export async function findWatchedExam(actor: Actor, db: Db, id: string): Promise<ExamRow> {
  const [row] = await db.select().from(exam).where(eq(exam.id, id));
  if (!row) throw refuse('not_found');
  const assigned = await db
    .select({ accountId: examInvigilator.accountId })
    .from(examInvigilator)
    .where(eq(examInvigilator.examId, id));
  const place = { path: row.path, invigilators: assigned.map(({ accountId }) => accountId) };
  if (!mayWatchExam(actor, place)) throw refuse('not_found');
  return row;
}

/** An exam the actor keeps. Refused: not_found, and forbidden to whoever only watches it. */
export async function findKeptExam(actor: Actor, db: Db, id: string): Promise<ExamRow> {
  const row = await findWatchedExam(actor, db, id);
  if (!mayKeepExam(actor, row.path)) throw refuse('forbidden');
  return row;
}

/** The list face of {@link findWatchedExam}; null when the actor can watch none. */
export function watchedBy(actor: Actor, db: Db): SQL | null {
  const { kept, assigned } = examScope(actor);
  const within = (roots: readonly string[]) => or(...roots.map((root) => like(exam.path, `${root}%`)));
  const own = assigned
    ? and(
        within(assigned.subtrees),
        inArray(
          exam.id,
          db
            .select({ id: examInvigilator.examId })
            .from(examInvigilator)
            .where(eq(examInvigilator.accountId, assigned.accountId)),
        ),
      )
    : undefined;
  return or(within(kept), own) ?? null;
}
