import { and, asc, desc, eq, inArray, like, or, sql, type SQL } from 'drizzle-orm';
import { isWithin, type Actor } from '#lib/kernel/actor.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { course, lesson } from '#lib/server/db/schema/courses.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { refuse } from './copy.ts';
import { lacksBasis, reasonsNotToPublish, type CourseState } from './course.ts';
import type { CourseInput } from './forms.ts';
import { courseSubtrees, mayKeepCourse } from './policy.ts';

export type CourseRow = typeof course.$inferSelect;

/** A course in the bureau's list, with what its lessons add up to. */
export type KeptCourse = CourseRow & { lessons: number; minutes: number; creditHundredths: number };

const about = (courseId: string) => `course:${courseId}`;

/** The course a command changes: 404 when it does not exist or is out of sight, 403 when it is another's. */
export async function findKeptCourse(actor: Actor, db: Db, courseId: string): Promise<CourseRow> {
  const [row] = await db.select().from(course).where(eq(course.id, courseId));
  if (!row) throw refuse('not_found');
  if (mayKeepCourse(actor, row.path)) return row;
  const isSeen = row.isPublic || actor.grants.some((grant) => isWithin(grant.path, row.path));
  throw refuse(row.state === 'published' && isSeen ? 'forbidden' : 'not_found');
}

async function remember(
  actor: Actor,
  tx: Tx,
  row: CourseRow,
  kind: string,
  now: Date,
  detail = {},
): Promise<void> {
  const { path, title } = row;
  await record(tx, { stream: about(row.id), kind, actor, at: now, path, detail: { title, ...detail } });
}

/** Begins a course as a draft. Refused: 404 unknown place, 403 not the bureau there, 400 timed without basis. */
export async function createCourse(
  actor: Actor,
  input: CourseInput & { divisionId: string; slug?: string },
  now: Date,
): Promise<{ id: string; slug: string }> {
  const id = newId();
  return await write(about(id), async (tx) => {
    const [place] = await tx.select().from(division).where(eq(division.id, input.divisionId));
    if (!place) throw refuse('not_found');
    if (!mayKeepCourse(actor, place.path)) throw refuse('forbidden');
    if (lacksBasis(input)) throw refuse('course_basis_missing');
    const { divisionId, slug = `c-${id.slice(-12)}`, dutyBasis, ...rest } = input;
    const row: CourseRow = {
      ...rest,
      id,
      slug,
      divisionId,
      path: place.path,
      dutyBasis: input.timed ? dutyBasis : null,
      state: 'draft',
      createdAt: now,
      publishedAt: null,
    };
    await tx.insert(course).values(row);
    await remember(actor, tx, row, 'course_created', now);
    return { id, slug };
  });
}

/** Changes what stands about a course. Refused: 404, 403, 400 timed without a named basis. */
export async function changeCourse(
  actor: Actor,
  courseId: string,
  input: CourseInput,
  now: Date,
): Promise<void> {
  await write(about(courseId), async (tx) => {
    const row = await findKeptCourse(actor, tx, courseId);
    if (lacksBasis(input)) throw refuse('course_basis_missing');
    const change = { ...input, dutyBasis: input.timed ? input.dutyBasis : null };
    await tx.update(course).set(change).where(eq(course.id, courseId));
    await remember(actor, tx, { ...row, ...change }, 'course_changed', now, { timed: input.timed });
  });
}

/** Shows a course to its learners. Refused with the first of {@link reasonsNotToPublish}. */
export async function publishCourse(actor: Actor, courseId: string, now: Date): Promise<void> {
  await write(about(courseId), async (tx) => {
    const row = await findKeptCourse(actor, tx, courseId);
    const lessons = await tx.select().from(lesson).where(eq(lesson.courseId, courseId));
    const [fault] = reasonsNotToPublish(row, lessons);
    if (fault) throw refuse(fault);
    await tx.update(course).set({ state: 'published', publishedAt: now }).where(eq(course.id, courseId));
    await remember(actor, tx, row, 'course_published', now, { lessons: lessons.length });
  });
}

/** Takes a course out of sight; what was learned stays credited. Refused: 409 when it is not published. */
export async function withdrawCourse(actor: Actor, courseId: string, now: Date): Promise<void> {
  await write(about(courseId), async (tx) => {
    const row = await findKeptCourse(actor, tx, courseId);
    if (row.state !== 'published') throw refuse('course_not_published');
    await tx.update(course).set({ state: 'withdrawn' }).where(eq(course.id, courseId));
    await remember(actor, tx, row, 'course_withdrawn', now);
  });
}

/** Deletes a draft and its lessons. Refused: 409 once it has been published. */
export async function removeCourse(actor: Actor, courseId: string, now: Date): Promise<void> {
  await write(about(courseId), async (tx) => {
    const row = await findKeptCourse(actor, tx, courseId);
    if (row.state !== 'draft') throw refuse('course_not_draft');
    await tx.delete(lesson).where(eq(lesson.courseId, courseId));
    await tx.delete(course).where(eq(course.id, courseId));
    await remember(actor, tx, row, 'course_removed', now);
  });
}

export type CourseFilters = { text?: string; state?: CourseState | '' };

/** The courses a bureau keeps, latest first. */
export async function listKeptCourses(
  actor: Actor,
  filters: CourseFilters,
  page: number,
): Promise<PageOf<KeptCourse>> {
  const subtrees = courseSubtrees(actor);
  if (subtrees.length === 0) throw refuse('forbidden');
  const where = and(
    or(...subtrees.map((path) => like(course.path, `${path}%`))),
    filters.state ? eq(course.state, filters.state) : undefined,
    filters.text ? like(course.title, `%${filters.text.replace(/[%_\\]/g, '')}%`) : undefined,
  );
  return await read(async (db) => {
    const total = await db.$count(course, where);
    const rows = await db
      .select()
      .from(course)
      .where(where)
      .orderBy(desc(course.createdAt), asc(course.id))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    const sums = await sumLessons(db, inArray(lesson.courseId, ['', ...rows.map((row) => row.id)]));
    const empty = { lessons: 0, minutes: 0, creditHundredths: 0 };
    return {
      rows: rows.map((row) => ({ ...row, ...(sums.get(row.id) ?? empty) })),
      total,
      page,
      pageSize: PAGE_SIZE,
    };
  });
}

type LessonSums = { lessons: number; minutes: number; creditHundredths: number };

async function sumLessons(db: Db, where: SQL): Promise<Map<string, LessonSums>> {
  const rows = await db
    .select({
      courseId: lesson.courseId,
      lessons: sql<number>`count(*)`.mapWith(Number),
      minutes: sql<number>`sum(${lesson.minutes})`.mapWith(Number),
      creditHundredths: sql<number>`sum(${lesson.creditHundredths})`.mapWith(Number),
    })
    .from(lesson)
    .where(where)
    .groupBy(lesson.courseId);
  return new Map(rows.map(({ courseId, ...sums }) => [courseId, sums]));
}

/** A course in the editor, with its lessons whole. Refused: 404, 403. */
export async function findCourseToKeep(actor: Actor, courseId: string) {
  return await read(async (db) => {
    const row = await findKeptCourse(actor, db, courseId);
    const lessons = await db
      .select()
      .from(lesson)
      .where(eq(lesson.courseId, courseId))
      .orderBy(asc(lesson.ordinal), asc(lesson.id));
    const [place] = await db
      .select({ name: division.name })
      .from(division)
      .where(eq(division.id, row.divisionId));
    return { course: row, lessons, placeName: place?.name ?? '', faults: reasonsNotToPublish(row, lessons) };
  });
}
