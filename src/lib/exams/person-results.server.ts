import { and, desc, eq, inArray, isNotNull, ne, or } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { attempt, exam } from '#lib/server/db/schema/exams.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { watchedBy } from './exam-scope.server.ts';

/** One marked attempt of a person, as it stands in the person's file. */
export type PersonResult = {
  attemptId: string;
  examId: string;
  title: string;
  at: Date;
  score: number;
  totalScore: number;
  passScore: number;
  passed: boolean;
};

const RESULTS_MAX = 100;

/**
 * Marked attempts of a person at the exams the actor watches, latest first, those of records merged into
 * it as well; void ones do not count. Empty for whoever watches no exam.
 */
export async function listPersonResults(actor: Actor, personId: string): Promise<PersonResult[]> {
  return await read(async (db) => {
    const watched = watchedBy(actor, db);
    if (watched === null) return [];
    const merged = db.select({ id: person.id }).from(person).where(eq(person.mergedInto, personId));
    const rows = await db
      .select({ attempt, exam })
      .from(attempt)
      .innerJoin(exam, eq(exam.id, attempt.examId))
      .where(
        and(
          or(eq(attempt.personId, personId), inArray(attempt.personId, merged)),
          watched,
          ne(attempt.state, 'void'),
          isNotNull(attempt.score),
        ),
      )
      .orderBy(desc(attempt.startedAt), desc(attempt.id))
      .limit(RESULTS_MAX);
    return rows.map(({ attempt: one, exam: of }) => ({
      attemptId: one.id,
      examId: of.id,
      title: of.title,
      at: one.submittedAt ?? one.dueAt,
      score: one.score ?? 0,
      totalScore: of.totalScore,
      passScore: of.passScore,
      passed: one.passed ?? false,
    }));
  });
}
