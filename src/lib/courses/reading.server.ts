import { and, asc, eq, inArray, or } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import { course, lesson, lessonProgress } from '#lib/server/db/schema/courses.ts';
import { upload } from '#lib/server/db/schema/platform.ts';
import { refuse } from './copy.ts';
import { courseStateOf, type LearnerCourseState } from './course.ts';
import { missingFor, requiredMs, type LessonKind, type Missing } from './lesson.ts';
import { listPlaces } from './places.server.ts';
import { coursePlacesAbove, mayKeepCourse, maySeeCourse } from './policy.ts';
import { promptsOf, type QuizPrompt } from './quiz.ts';
import { markedTry } from './tries.ts';

/** A course as a learner sees it in a list. */
export type LearnerCourse = {
  slug: string;
  title: string;
  summary: string;
  audience: string;
  isPublic: boolean;
  timed: boolean;
  dutyBasis: string | null;
  lessons: number;
  minutes: number;
  creditHundredths: number;
  completed: number;
  state: LearnerCourseState;
};

type CourseRow = typeof course.$inferSelect;
type LessonRow = typeof lesson.$inferSelect;
type ProgressRow = typeof lessonProgress.$inferSelect;

/** The published courses that reach the actor's posts and roles, and the public ones; begun ones first. */
export async function listLearnerCourses(actor: Actor, now: Date): Promise<LearnerCourse[]> {
  return await read(async (db) => {
    const above = coursePlacesAbove(actor, await listPlaces(actor, db, now));
    const reach = or(eq(course.isPublic, true), inArray(course.path, ['', ...above]));
    const rows = await db
      .select()
      .from(course)
      .where(and(eq(course.state, 'published'), reach));
    return await withProgress(actor, db, rows);
  });
}

/** The courses anybody may open. */
export async function listPublicCourses(actor: Actor): Promise<LearnerCourse[]> {
  return await read(async (db) => {
    const rows = await db
      .select()
      .from(course)
      .where(and(eq(course.state, 'published'), eq(course.isPublic, true)));
    return await withProgress(actor, db, rows);
  });
}

const STATE_ORDER: Record<LearnerCourseState, number> = { learning: 0, untouched: 1, completed: 2 };

async function withProgress(actor: Actor, db: Db, courses: CourseRow[]): Promise<LearnerCourse[]> {
  const ids = ['', ...courses.map((row) => row.id)];
  const lessons = await db
    .select({ courseId: lesson.courseId, minutes: lesson.minutes, creditHundredths: lesson.creditHundredths })
    .from(lesson)
    .where(inArray(lesson.courseId, ids));
  const progress = await progressOf(actor, db, ids);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const listed = courses.map(({ id, slug, title, summary, audience, isPublic, timed, dutyBasis }) => {
    const own = lessons.filter((row) => row.courseId === id);
    const opened = progress.filter((row) => row.courseId === id);
    const completed = opened.filter((row) => row.completedAt !== null).length;
    const state = courseStateOf({ lessons: own.length, opened: opened.length, completed });
    const minutes = sum(own.map((row) => row.minutes));
    const creditHundredths = sum(own.map((row) => row.creditHundredths));
    const counts = { lessons: own.length, minutes, creditHundredths, completed, state };
    return { slug, title, summary, audience, isPublic, timed, dutyBasis, ...counts };
  });
  return listed.sort((a, b) => STATE_ORDER[a.state] - STATE_ORDER[b.state] || (a.slug < b.slug ? -1 : 1));
}

async function progressOf(actor: Actor, db: Db, courseIds: string[]): Promise<ProgressRow[]> {
  if (actor.personId === null) return [];
  return await db
    .select()
    .from(lessonProgress)
    .where(and(inArray(lessonProgress.courseId, courseIds), eq(lessonProgress.personId, actor.personId)));
}

/** A lesson in the table of contents. */
export type LessonLine = {
  id: string;
  chapter: string;
  title: string;
  kind: LessonKind;
  minutes: number;
  creditHundredths: number;
  questions: number;
  openedAt: Date | null;
  completedAt: Date | null;
  missing: Missing[];
};

function lineOf(of: CourseRow, row: LessonRow, progress: ProgressRow | undefined): LessonLine {
  const terms = { minutes: row.minutes, timed: of.timed, questions: row.quiz.length };
  const none = { creditedMs: 0, reachedEndAt: null, quizPassedAt: null, completedAt: null };
  return {
    id: row.id,
    chapter: row.chapter,
    title: row.title,
    kind: row.kind,
    minutes: row.minutes,
    creditHundredths: row.creditHundredths,
    questions: row.quiz.length,
    openedAt: progress?.openedAt ?? null,
    completedAt: progress?.completedAt ?? null,
    missing: progress?.completedAt ? [] : missingFor(terms, progress ?? none),
  };
}

async function visibleCourse(actor: Actor, db: Db, slug: string, now: Date) {
  const [row] = await db.select().from(course).where(eq(course.slug, slug));
  if (!row || !maySeeCourse(actor, await listPlaces(actor, db, now), row)) throw refuse('not_found');
  const lessons = await db
    .select()
    .from(lesson)
    .where(eq(lesson.courseId, row.id))
    .orderBy(asc(lesson.ordinal), asc(lesson.id));
  const progress = new Map((await progressOf(actor, db, [row.id])).map((line) => [line.lessonId, line]));
  return { row, lessons, progress };
}

/** A course with its lessons and how far the actor is in each. Refused: 404. */
export async function findCourse(actor: Actor, slug: string, now: Date) {
  return await read(async (db) => {
    const { row, lessons, progress } = await visibleCourse(actor, db, slug, now);
    return {
      course: row,
      lessons: lessons.map((each) => lineOf(row, each, progress.get(each.id))),
      mayKeep: mayKeepCourse(actor, row.path),
    };
  });
}

/** What the reader and the player need of one lesson; the quiz without its answers. */
export type LessonToRead = LessonLine & {
  body: string;
  /** Upload ids by use. */
  files: Record<string, string>;
  pdfName: string;
  prompts: QuizPrompt[];
  position: number;
  creditedMs: number;
  requiredMs: number;
  reachedEnd: boolean;
  quizPassed: boolean;
};

/** A lesson to read or play, with its neighbours. Refused: 404, also when it is in another course. */
export async function findLesson(actor: Actor, slug: string, lessonId: string, now: Date) {
  return await read(async (db) => {
    const { row, lessons, progress } = await visibleCourse(actor, db, slug, now);
    const index = lessons.findIndex((each) => each.id === lessonId);
    const found = lessons[index];
    if (!found) throw refuse('not_found');
    const own = progress.get(lessonId);
    const pdf = found.files.pdf;
    const [stored] = pdf ? await db.select({ name: upload.name }).from(upload).where(eq(upload.id, pdf)) : [];
    const toRead: LessonToRead = {
      ...lineOf(row, found, own),
      body: found.body,
      files: found.files,
      pdfName: stored?.name ?? '',
      prompts: promptsOf(found.quiz),
      position: own?.position ?? 0,
      creditedMs: own?.creditedMs ?? 0,
      requiredMs: row.timed ? requiredMs(found.minutes) : 0,
      reachedEnd: own?.reachedEndAt != null,
      quizPassed: own?.quizPassedAt != null,
    };
    const lines = lessons.map((each) => lineOf(row, each, progress.get(each.id)));
    return {
      course: row,
      lesson: toRead,
      previous: lines[index - 1] ?? null,
      next: lines[index + 1] ?? null,
      lines,
    };
  });
}

/**
 * Marks a try at a quiz without keeping anything: for a visitor of a public course, or an account without a
 * person. Refused: 404, 409 `quiz_absent`, 400 `quiz_incomplete`.
 */
export async function readVerdicts(actor: Actor, lessonId: string, answers: readonly string[], now: Date) {
  return await read(async (db) => {
    const [found] = await db
      .select({ of: course, quiz: lesson.quiz })
      .from(lesson)
      .innerJoin(course, eq(course.id, lesson.courseId))
      .where(eq(lesson.id, lessonId));
    if (!found || !maySeeCourse(actor, await listPlaces(actor, db, now), found.of)) throw refuse('not_found');
    return markedTry(found.quiz, answers);
  });
}
