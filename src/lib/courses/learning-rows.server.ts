import { and, eq, sql } from 'drizzle-orm';
import { prepared, type Tx } from '#lib/server/db/open.ts';
import { course, lesson, lessonProgress, livePlay } from '#lib/server/db/schema/courses.ts';
import type { Play } from './learning.ts';

/** What learning reads and writes on its hot path: prepared statements, one write a ping. */
export type ProgressRow = typeof lessonProgress.$inferSelect;
export type Study = {
  of: typeof course.$inferSelect;
  row: typeof lesson.$inferSelect;
  progress: ProgressRow;
};

/** The hot path of a ping: what it changes when nothing is completed by it. */
export async function saveCredit(tx: Tx, row: ProgressRow): Promise<void> {
  const { personId, lessonId, courseId, creditedMs, position, quizTries, openedAt, seenAt } = row;
  await prepared(tx, 'lesson_progress.credit', (db) =>
    db
      .insert(lessonProgress)
      .values({
        personId: sql.placeholder('personId'),
        lessonId: sql.placeholder('lessonId'),
        courseId: sql.placeholder('courseId'),
        creditedMs: sql.placeholder('creditedMs'),
        position: sql.placeholder('position'),
        quizTries: sql.placeholder('quizTries'),
        openedAt: sql.placeholder('openedAt'),
        seenAt: sql.placeholder('seenAt'),
      })
      .onConflictDoUpdate({
        target: [lessonProgress.personId, lessonProgress.lessonId],
        set: {
          creditedMs: sql`excluded.credited_ms`,
          position: sql`excluded.position`,
          seenAt: sql`excluded.seen_at`,
        },
      }),
  ).execute({ personId, lessonId, courseId, creditedMs, position, quizTries, openedAt, seenAt });
}

export async function saveProgress(tx: Tx, row: ProgressRow): Promise<void> {
  const mine = and(eq(lessonProgress.personId, row.personId), eq(lessonProgress.lessonId, row.lessonId));
  await tx.update(lessonProgress).set(row).where(mine);
}

export async function savePlay(tx: Tx, personId: string, play: Play): Promise<void> {
  const { promptUntil, ...rest } = play;
  // A placeholder cannot carry a missing instant; an open prompt is rare enough to be written plainly.
  if (promptUntil !== null) {
    await tx.update(livePlay).set(play).where(eq(livePlay.personId, personId));
    return;
  }
  await prepared(tx, 'live_play.save', (db) =>
    db
      .insert(livePlay)
      .values({
        personId: sql.placeholder('personId'),
        playId: sql.placeholder('playId'),
        lessonId: sql.placeholder('lessonId'),
        pingedAt: sql.placeholder('pingedAt'),
        promptAt: sql.placeholder('promptAt'),
        unconfirmedMs: sql.placeholder('unconfirmedMs'),
      })
      .onConflictDoUpdate({
        target: livePlay.personId,
        set: {
          playId: sql`excluded.play_id`,
          lessonId: sql`excluded.lesson_id`,
          pingedAt: sql`excluded.pinged_at`,
          promptAt: sql`excluded.prompt_at`,
          promptUntil: null,
          unconfirmedMs: sql`excluded.unconfirmed_ms`,
        },
      }),
  ).execute({ personId, ...rest });
}

export async function playOf(tx: Tx, personId: string): Promise<Play | null> {
  const [play] = await prepared(tx, 'live_play.find', (db) =>
    db
      .select()
      .from(livePlay)
      .where(eq(livePlay.personId, sql.placeholder('personId'))),
  ).execute({ personId });
  return play ?? null;
}

/** The lesson somebody plays, with the course and the progress. */
export async function liveStudy(tx: Tx, personId: string, lessonId: string): Promise<Study | undefined> {
  const [found] = await prepared(tx, 'live_play.study', (db) =>
    db
      .select({ of: course, row: lesson, progress: lessonProgress })
      .from(lessonProgress)
      .innerJoin(lesson, eq(lesson.id, lessonProgress.lessonId))
      .innerJoin(course, eq(course.id, lesson.courseId))
      .where(
        and(
          eq(lessonProgress.personId, sql.placeholder('personId')),
          eq(lessonProgress.lessonId, sql.placeholder('lessonId')),
        ),
      ),
  ).execute({ personId, lessonId });
  return found;
}
