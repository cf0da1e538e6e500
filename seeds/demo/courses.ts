import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { uuidv7 } from '#lib/kernel/id.ts';
import { suggestedCreditHundredths } from '#lib/courses/lesson.ts';
import { read, write } from '#lib/server/db/open.ts';
import { course, lesson, type QuizQuestion } from '#lib/server/db/schema/courses.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { storeBytes } from '#lib/server/storage.ts';
import { typeset } from '#lib/server/typeset/typeset.ts';

const FOLDER = resolve('seeds/demo/courses');

/** A course as it lies in seeds/demo/courses/<slug>/course.json. */
type CourseFile = {
  slug: string;
  title: string;
  summary: string;
  audience: string;
  timed: boolean;
  basis: string | null;
  isPublic?: boolean;
  chapters: {
    title: string;
    lessons: {
      slug: string;
      title: string;
      kind: 'article' | 'video' | 'pdf';
      file: string;
      minutes: number;
      quiz: QuizQuestion[];
    }[];
  }[];
  sources: string[];
};

/** Courses that anybody may read without an account. */
const PUBLIC_SLUGS = ['zijiu-hujiu', 'fangxun'];

/** Where the courses go, and who publishes them. */
export type CourseTarget = {
  /** The county: id of its division. */
  divisionId: string;
  /** The bureau of the county. */
  bureau: Actor;
  /** Before the slug of each course, where a second county gets the same ones: `lushi-`. */
  slugPrefix?: string;
  publishedAt: Date;
};

/** A course that is there now: its lessons in order, for demo learners. */
export type LoadedCourse = {
  id: string;
  slug: string;
  title: string;
  lessons: { id: string; title: string; creditHundredths: number }[];
};

function seedId(text: string, at: Date): string {
  return uuidv7(at.getTime(), createHash('sha256').update(text).digest());
}

function courseFiles(): CourseFile[] {
  return readdirSync(FOLDER)
    .sort()
    .filter((name) => existsSync(join(FOLDER, name, 'course.json')))
    .map((name) => JSON.parse(readFileSync(join(FOLDER, name, 'course.json'), 'utf8')) as CourseFile);
}

/**
 * Loads every written course for a county and publishes it. Harmless to repeat: a course whose slug is
 * there stays as it is. Ids are the same for the same day, county and content.
 */
export async function loadCourses(target: CourseTarget): Promise<LoadedCourse[]> {
  const loaded: LoadedCourse[] = [];
  for (const file of courseFiles()) loaded.push(await loadCourse(file, target));
  return loaded;
}

async function loadCourse(file: CourseFile, target: CourseTarget): Promise<LoadedCourse> {
  const { divisionId, bureau, slugPrefix = '', publishedAt } = target;
  const slug = slugPrefix + file.slug;
  const id = seedId(`course:${slug}`, publishedAt);
  const known = await knownCourse(slug);
  if (known) return known;
  const [place] = await read((db) => db.select().from(division).where(eq(division.id, divisionId)));
  if (!place) throw new Error(`no division ${divisionId}`);
  const rows = await lessonRows(file, { courseId: id, slug, path: place.path, ...target });
  await write(`course:${id}`, async (tx) => {
    await tx.insert(course).values({
      ...{ id, slug, title: file.title, summary: file.summary, audience: file.audience, divisionId, path: place.path },
      ...{ isPublic: slugPrefix === '' && (file.isPublic ?? PUBLIC_SLUGS.includes(file.slug)), timed: file.timed, dutyBasis: file.basis },
      ...{ state: 'published' as const, sources: file.sources, createdAt: publishedAt, publishedAt },
    });
    await tx.insert(lesson).values(rows);
    const happening = { stream: `course:${id}`, actor: bureau, at: publishedAt, path: place.path };
    await record(tx, { ...happening, kind: 'course_published', detail: { title: file.title, lessons: rows.length } });
  });
  return { id, slug, title: file.title, lessons: rows.map(({ id, title, creditHundredths }) => ({ id, title, creditHundredths })) };
}

async function knownCourse(slug: string): Promise<LoadedCourse | null> {
  return await read(async (db) => {
    const [row] = await db.select().from(course).where(eq(course.slug, slug));
    if (!row) return null;
    const lessons = await db.select().from(lesson).where(eq(lesson.courseId, row.id)).orderBy(lesson.ordinal);
    const listed = lessons.map(({ id, title, creditHundredths }) => ({ id, title, creditHundredths }));
    return { id: row.id, slug, title: row.title, lessons: listed };
  });
}

type Shelf = CourseTarget & { courseId: string; slug: string; path: string };

async function lessonRows(file: CourseFile, shelf: Shelf): Promise<(typeof lesson.$inferInsert)[]> {
  const rows: (typeof lesson.$inferInsert)[] = [];
  for (const chapter of file.chapters)
    for (const each of chapter.lessons) {
      const id = seedId(`lesson:${shelf.slug}/${each.slug}`, shelf.publishedAt);
      const folder = join(FOLDER, file.slug);
      rows.push({
        ...{ id, courseId: shelf.courseId, chapter: chapter.title, ordinal: rows.length + 1, title: each.title },
        ...{ kind: each.kind, minutes: each.minutes, creditHundredths: suggestedCreditHundredths(each.minutes) },
        body: each.kind === 'pdf' ? '' : readFileSync(join(folder, `${each.slug}.md`), 'utf8'),
        files: await lessonFiles(folder, each, { ...shelf, lessonId: id }),
        quiz: each.quiz.map(({ type, stem, options, answer, explanation, basis }) => ({
          ...{ type, stem, options, answer, explanation, basis },
        })),
      });
    }
  return rows;
}

async function lessonFiles(
  folder: string,
  each: { kind: string; file: string; slug: string; title: string },
  shelf: Shelf & { lessonId: string },
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const put = async (use: string, name: string, bytes: Uint8Array) => {
    const { lessonId, path, bureau, publishedAt: now } = shelf;
    const origin = { name, about: `lesson:${lessonId}`, path, byAccount: bureau.accountId ?? '', now };
    files[use] = (await storeBytes(bytes, origin)).id;
  };
  if (each.kind === 'pdf') await put('pdf', `${each.title}.pdf`, await typeset(readFileSync(join(folder, each.file), 'utf8')));
  if (each.kind === 'video')
    for (const [use, extension] of [
      ['mp4', 'mp4'],
      ['webm', 'webm'],
      ['captions', 'vtt'],
    ] as const) {
      const source = join(folder, `${each.slug}.${extension}`);
      if (existsSync(source)) await put(use, `${each.title}.${extension}`, readFileSync(source));
    }
  return files;
}
