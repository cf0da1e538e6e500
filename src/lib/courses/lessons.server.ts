import { asc, eq, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, write, type Tx } from '#lib/server/db/open.ts';
import { course, lesson } from '#lib/server/db/schema/courses.ts';
import { upload } from '#lib/server/db/schema/platform.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { JUDGE_WORDS, QUIZ_FAULTS, refuse } from './copy.ts';
import { findKeptCourse, type CourseRow } from './courses.server.ts';
import type { LessonInput } from './forms.ts';
import { movedOrder } from './lesson.ts';
import { listPlaces } from './places.server.ts';
import { maySeeCourse } from './policy.ts';
import { questionFaults, type QuizQuestion } from './quiz.ts';

export type LessonRow = typeof lesson.$inferSelect;

/** Uses of a lesson's files, and the types each may have. */
export const FILE_TYPES = {
  mp4: ['video/mp4'],
  webm: ['video/webm'],
  captions: ['text/vtt'],
  pdf: ['application/pdf'],
} as const;
export type FileUse = keyof typeof FILE_TYPES;

async function remember(
  actor: Actor,
  tx: Tx,
  of: CourseRow,
  kind: string,
  now: Date,
  detail: object,
): Promise<void> {
  const { path } = of;
  await record(tx, { stream: `course:${of.id}`, kind, actor, at: now, path, detail: { ...detail } });
}

/** Where a lesson belongs, before a command locks its course. Refused: 404. */
async function courseIdOf(lessonId: string): Promise<string> {
  const [row] = await read((db) =>
    db.select({ id: lesson.courseId }).from(lesson).where(eq(lesson.id, lessonId)),
  );
  if (!row) throw refuse('not_found');
  return row.id;
}

async function inCourseOf<T>(
  actor: Actor,
  lessonId: string,
  work: (tx: Tx, of: CourseRow, row: LessonRow) => Promise<T>,
): Promise<T> {
  const courseId = await courseIdOf(lessonId);
  return await write(`course:${courseId}`, async (tx) => {
    const of = await findKeptCourse(actor, tx, courseId);
    const [row] = await tx.select().from(lesson).where(eq(lesson.id, lessonId));
    if (!row) throw refuse('not_found');
    return await work(tx, of, row);
  });
}

/** Adds a lesson at the end of a course. Refused: 404, 403. */
export async function addLesson(
  actor: Actor,
  courseId: string,
  input: LessonInput,
  now: Date,
): Promise<string> {
  return await write(`course:${courseId}`, async (tx) => {
    const of = await findKeptCourse(actor, tx, courseId);
    const [last] = await tx
      .select({ ordinal: sql<number>`coalesce(max(${lesson.ordinal}), 0)`.mapWith(Number) })
      .from(lesson)
      .where(eq(lesson.courseId, courseId));
    const id = newId();
    await tx
      .insert(lesson)
      .values({ ...input, id, courseId, ordinal: (last?.ordinal ?? 0) + 1, files: {}, quiz: [] });
    await remember(actor, tx, of, 'lesson_added', now, { lessonId: id, title: input.title });
    return id;
  });
}

/** Changes a lesson; its kind too. Refused: 404, 403. */
export async function changeLesson(
  actor: Actor,
  lessonId: string,
  input: LessonInput,
  now: Date,
): Promise<void> {
  await inCourseOf(actor, lessonId, async (tx, of) => {
    await tx.update(lesson).set(input).where(eq(lesson.id, lessonId));
    await remember(actor, tx, of, 'lesson_changed', now, { lessonId, title: input.title });
  });
}

/** Moves a lesson one place up (−1) or down (+1); at an end nothing happens. */
export async function moveLesson(actor: Actor, lessonId: string, by: -1 | 1, now: Date): Promise<void> {
  await inCourseOf(actor, lessonId, async (tx, of, row) => {
    const rows = await tx
      .select({ id: lesson.id })
      .from(lesson)
      .where(eq(lesson.courseId, of.id))
      .orderBy(asc(lesson.ordinal), asc(lesson.id));
    const order = movedOrder(
      rows.map(({ id }) => id),
      lessonId,
      by,
    );
    for (const [index, id] of order.entries())
      await tx
        .update(lesson)
        .set({ ordinal: index + 1 })
        .where(eq(lesson.id, id));
    await remember(actor, tx, of, 'lesson_moved', now, { lessonId, title: row.title, by });
  });
}

/** Deletes a lesson of a course that is not published. Refused: 409 while learners can see it. */
export async function removeLesson(actor: Actor, lessonId: string, now: Date): Promise<void> {
  await inCourseOf(actor, lessonId, async (tx, of, row) => {
    if (of.state === 'published') throw refuse('course_locked');
    await tx.delete(lesson).where(eq(lesson.id, lessonId));
    await remember(actor, tx, of, 'lesson_removed', now, { lessonId, title: row.title });
  });
}

/** Replaces the quiz of a lesson. Refused: 400 with the first question that is unfit and why. */
export async function changeQuiz(
  actor: Actor,
  lessonId: string,
  quiz: QuizQuestion[],
  now: Date,
): Promise<void> {
  for (const [index, question] of quiz.entries()) {
    const faults = questionFaults(question, JUDGE_WORDS);
    if (faults.length > 0)
      throw refuse('question_unfit', {
        number: index + 1,
        faults: faults.map((fault) => QUIZ_FAULTS[fault]),
      });
  }
  await inCourseOf(actor, lessonId, async (tx, of, row) => {
    await tx.update(lesson).set({ quiz }).where(eq(lesson.id, lessonId));
    await remember(actor, tx, of, 'quiz_changed', now, {
      lessonId,
      title: row.title,
      questions: quiz.length,
    });
  });
}

/**
 * Puts one question at a place of the quiz (behind the last: a new one), or takes it out (`null`).
 * Refused: 400 with its faults, 404.
 */
export async function keepQuestion(
  actor: Actor,
  lessonId: string,
  at: number,
  question: QuizQuestion | null,
  now: Date,
): Promise<void> {
  const { lesson: row } = await findLessonToKeep(actor, lessonId);
  if (at < 0 || at > row.quiz.length) throw refuse('not_found');
  const quiz = question === null ? row.quiz.toSpliced(at, 1) : row.quiz.toSpliced(at, 1, question);
  await changeQuiz(actor, lessonId, quiz, now);
}

/** Puts a stored upload onto a lesson for one use. Refused: 400 when its type does not fit the use. */
export async function attachLessonFile(
  actor: Actor,
  lessonId: string,
  file: { use: FileUse; uploadId: string },
  now: Date,
): Promise<void> {
  await inCourseOf(actor, lessonId, async (tx, of, row) => {
    const [stored] = await tx.select().from(upload).where(eq(upload.id, file.uploadId));
    if (!stored || stored.about !== `lesson:${lessonId}`) throw refuse('not_found');
    const types: readonly string[] = FILE_TYPES[file.use];
    if (!types.includes(stored.type.split(';')[0] ?? '')) throw refuse('lesson_file_unfit');
    await tx
      .update(lesson)
      .set({ files: { ...row.files, [file.use]: stored.id } })
      .where(eq(lesson.id, lessonId));
    await remember(actor, tx, of, 'lesson_file_attached', now, {
      lessonId,
      use: file.use,
      name: stored.name,
    });
  });
}

/** Whether the actor may keep the course of a lesson, for routes that store a file before attaching it. */
export async function findLessonToKeep(
  actor: Actor,
  lessonId: string,
): Promise<{ course: CourseRow; lesson: LessonRow }> {
  return await read(async (db) => {
    const [row] = await db.select().from(lesson).where(eq(lesson.id, lessonId));
    if (!row) throw refuse('not_found');
    return { course: await findKeptCourse(actor, db, row.courseId), lesson: row };
  });
}

/** Whether the files of a lesson (`lesson:<id>`) may be read by the actor: who sees the course does. */
export async function mayReadLessonFiles(actor: Actor, about: string, now = new Date()): Promise<boolean> {
  return await read(async (db) => {
    const [row] = await db
      .select({ path: course.path, state: course.state, isPublic: course.isPublic })
      .from(lesson)
      .innerJoin(course, eq(course.id, lesson.courseId))
      .where(eq(lesson.id, about.slice('lesson:'.length)));
    return row !== undefined && maySeeCourse(actor, await listPlaces(actor, db, now), row);
  });
}
