import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { VISITOR, type Actor } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import { course } from '#lib/server/db/schema/courses.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { upload } from '#lib/server/db/schema/platform.ts';
import { post } from '#lib/server/db/schema/people.ts';
import {
  changeCourse,
  createCourse,
  findCourseToKeep,
  listKeptCourses,
  publishCourse,
  removeCourse,
  withdrawCourse,
} from './courses.server.ts';
import {
  addLesson,
  attachLessonFile,
  changeLesson,
  changeQuiz,
  keepQuestion,
  mayReadLessonFiles,
  moveLesson,
  removeLesson,
} from './lessons.server.ts';
import {
  findCourse,
  findLesson,
  listLearnerCourses,
  listPublicCourses,
  readVerdicts,
} from './reading.server.ts';

const NOW = new Date('2026-03-05T01:00:00Z');
const COUNTY = '/41/4114/411426/';
const TOWN = `${COUNTY}411426101/`;

function actor(role: 'bureau' | 'trainee', path: string, personId: string | null = null): Actor {
  const grants = role === 'trainee' ? [] : [{ role, path, organizationId: null }];
  return { accountId: `account-${path}-${personId}`, personId, name: '王建国', grants };
}
const bureau = actor('bureau', COUNTY);
const otherBureau = actor('bureau', '/41/4112/411224/');
const learner = actor('trainee', TOWN, 'person-huiting');
const stranger = actor('trainee', '/41/4112/411224/', 'person-lushi');

const INPUT = {
  title: '防汛值守',
  summary: '值班员怎样接电话。',
  audience: '值班员',
  isPublic: false,
  timed: false,
  dutyBasis: '',
  sources: ['《中华人民共和国防洪法》'],
};
const LESSON = {
  chapter: '第一章',
  title: '接电话',
  kind: 'article' as const,
  body: '正文',
  minutes: 12,
  creditHundredths: 30,
};
const QUESTION = {
  type: 'single' as const,
  stem: '先做什么（　　）。',
  options: ['回拨', '等着'],
  answer: 'A',
  explanation: '回拨才问得清。',
  basis: '通行做法',
};

async function made(change: Partial<typeof INPUT> = {}) {
  const { id, slug } = await createCourse(bureau, { ...INPUT, ...change, divisionId: '411426' }, NOW);
  const lessonId = await addLesson(bureau, id, LESSON, NOW);
  return { id, slug, lessonId };
}

beforeAll(async () => {
  await write('world', async (tx) => {
    for (const [personId, path] of [
      ['person-huiting', TOWN],
      ['person-lushi', '/41/4112/411224/'],
    ] as const)
      await tx.insert(post).values({
        id: `post-${personId}`,
        personId,
        category: 'township_emergency',
        divisionId: path.split('/').at(-2)!,
        path,
        unit: '镇政府',
        title: '',
        operation: '',
        heldFrom: '2025-01-01',
        heldUntil: null,
        sameness: path,
        createdAt: NOW,
      });
  });
});

describe('a course', () => {
  it('is written by the bureau of its place only', async () => {
    await expect(createCourse(otherBureau, { ...INPUT, divisionId: '411426' }, NOW)).rejects.toMatchObject({
      status: 403,
    });
    await expect(createCourse(bureau, { ...INPUT, divisionId: 'none' }, NOW)).rejects.toMatchObject({
      status: 404,
    });
    const { id } = await made();
    await expect(changeCourse(otherBureau, id, INPUT, NOW)).rejects.toMatchObject({ status: 404 });
    await expect(findCourseToKeep(learner, id)).rejects.toMatchObject({ status: 404 });
  });

  it('is timed only with a named basis', async () => {
    const timed = { ...INPUT, timed: true, divisionId: '411426' };
    await expect(createCourse(bureau, timed, NOW)).rejects.toMatchObject({ code: 'course_basis_missing' });
    const { id } = await createCourse(bureau, { ...timed, dutyBasis: '《生产经营单位安全培训规定》' }, NOW);
    expect((await findCourseToKeep(bureau, id)).course).toMatchObject({ timed: true, state: 'draft' });
  });

  it('is seen by learners below its place once published, and by nobody else', async () => {
    const { id, slug } = await made({ title: '只给本县' });
    await expect(findCourse(learner, slug, NOW)).rejects.toMatchObject({ status: 404 });
    await publishCourse(bureau, id, NOW);
    expect((await findCourse(learner, slug, NOW)).lessons).toHaveLength(1);
    expect((await listLearnerCourses(learner, NOW)).map((row) => row.slug)).toContain(slug);
    expect((await listLearnerCourses(stranger, NOW)).map((row) => row.slug)).not.toContain(slug);
    await expect(findCourse(stranger, slug, NOW)).rejects.toMatchObject({ status: 404 });
    await expect(findCourse(VISITOR, slug, NOW)).rejects.toMatchObject({ status: 404 });
    await withdrawCourse(bureau, id, NOW);
    await expect(findCourse(learner, slug, NOW)).rejects.toMatchObject({ status: 404 });
  });

  it('is open to everybody when public', async () => {
    const { id, slug, lessonId } = await made({ isPublic: true });
    await changeQuiz(bureau, lessonId, [QUESTION], NOW);
    await publishCourse(bureau, id, NOW);
    expect((await listPublicCourses(VISITOR)).map((row) => row.slug)).toContain(slug);
    const read_ = await findLesson(VISITOR, slug, lessonId, NOW);
    expect(JSON.stringify(read_.lesson)).not.toContain('回拨才问得清');
    expect(read_.lesson.prompts).toHaveLength(1);
    expect(await readVerdicts(VISITOR, lessonId, ['B'], NOW)).toMatchObject({ passed: false });
    await expect(readVerdicts(VISITOR, lessonId, [''], NOW)).rejects.toMatchObject({
      code: 'quiz_incomplete',
    });
  });

  it('cannot be published empty, twice, or be deleted once it was published', async () => {
    const { id } = await createCourse(bureau, { ...INPUT, divisionId: '411426' }, NOW);
    await expect(publishCourse(bureau, id, NOW)).rejects.toMatchObject({ code: 'course_empty' });
    await addLesson(bureau, id, LESSON, NOW);
    await publishCourse(bureau, id, NOW);
    await expect(publishCourse(bureau, id, NOW)).rejects.toMatchObject({ code: 'course_published' });
    await expect(removeCourse(bureau, id, NOW)).rejects.toMatchObject({ code: 'course_not_draft' });
    const draft = await made();
    await removeCourse(bureau, draft.id, NOW);
    await expect(findCourseToKeep(bureau, draft.id)).rejects.toMatchObject({ status: 404 });
  });

  it('leaves an event for each command', async () => {
    const { id } = await made();
    await publishCourse(bureau, id, NOW);
    const events = await read((db) =>
      db
        .select({ kind: event.kind })
        .from(event)
        .where(eq(event.stream, `course:${id}`)),
    );
    expect(events.map(({ kind }) => kind)).toEqual(['course_created', 'lesson_added', 'course_published']);
  });

  it('is listed for its bureau with what its lessons add up to', async () => {
    const { id } = await made({ title: '可以被找到的课' });
    const { rows } = await listKeptCourses(bureau, { text: '可以被找到' }, 1);
    expect(rows).toMatchObject([{ id, lessons: 1, minutes: 12, creditHundredths: 30 }]);
    expect((await listKeptCourses(otherBureau, {}, 1)).total).toBe(0);
    await expect(listKeptCourses(learner, {}, 1)).rejects.toMatchObject({ status: 403 });
    const [total] = await read((db) => db.select().from(course).where(eq(course.id, id)));
    expect(total!.path).toBe(COUNTY);
  });
});

describe('a lesson', () => {
  it('is added, changed, moved and removed', async () => {
    const { id, lessonId } = await made();
    const second = await addLesson(bureau, id, { ...LESSON, title: '报上级' }, NOW);
    await moveLesson(bureau, second, -1, NOW);
    await changeLesson(bureau, lessonId, { ...LESSON, title: '接电话之后' }, NOW);
    const titles = async () => (await findCourseToKeep(bureau, id)).lessons.map((row) => row.title);
    expect(await titles()).toEqual(['报上级', '接电话之后']);
    await publishCourse(bureau, id, NOW);
    await expect(removeLesson(bureau, second, NOW)).rejects.toMatchObject({ code: 'course_locked' });
    await withdrawCourse(bureau, id, NOW);
    await removeLesson(bureau, second, NOW);
    expect(await titles()).toEqual(['接电话之后']);
    await expect(changeLesson(otherBureau, lessonId, LESSON, NOW)).rejects.toMatchObject({ status: 404 });
  });

  it('takes a quiz that is whole and refuses another with its place and faults', async () => {
    const { lessonId } = await made();
    await changeQuiz(bureau, lessonId, [QUESTION], NOW);
    const bad = changeQuiz(bureau, lessonId, [QUESTION, { ...QUESTION, answer: 'C' }], NOW);
    await expect(bad).rejects.toMatchObject({ code: 'question_unfit', detail: { number: 2 } });
  });

  it('takes its questions one by one', async () => {
    const { slug, id, lessonId } = await made();
    await publishCourse(bureau, id, NOW);
    await keepQuestion(bureau, lessonId, 0, QUESTION, NOW);
    await keepQuestion(bureau, lessonId, 1, { ...QUESTION, stem: '再做什么（　　）。' }, NOW);
    await keepQuestion(bureau, lessonId, 0, null, NOW);
    const { prompts } = (await findLesson(learner, slug, lessonId, NOW)).lesson;
    expect(prompts.map((prompt) => prompt.stem)).toEqual(['再做什么（　　）。']);
    await expect(keepQuestion(bureau, lessonId, 5, QUESTION, NOW)).rejects.toMatchObject({ status: 404 });
    await expect(keepQuestion(otherBureau, lessonId, 0, QUESTION, NOW)).rejects.toMatchObject({
      status: 404,
    });
  });

  it('takes files of the right type that were stored for it', async () => {
    const { id, slug, lessonId } = await made();
    const stored = {
      sha256: 'x',
      name: '卡.pdf',
      type: 'application/pdf',
      bytes: 9,
      path: COUNTY,
      byAccount: 'a',
      at: NOW,
    };
    await write('upload:u1', async (tx) => {
      await tx.insert(upload).values({ ...stored, id: 'u1', about: `lesson:${lessonId}` });
      await tx.insert(upload).values({ ...stored, id: 'u2', about: 'lesson:another' });
    });
    await attachLessonFile(bureau, lessonId, { use: 'pdf', uploadId: 'u1' }, NOW);
    await expect(
      attachLessonFile(bureau, lessonId, { use: 'mp4', uploadId: 'u1' }, NOW),
    ).rejects.toMatchObject({ code: 'lesson_file_unfit' });
    await expect(
      attachLessonFile(bureau, lessonId, { use: 'pdf', uploadId: 'u2' }, NOW),
    ).rejects.toMatchObject({ status: 404 });
    await publishCourse(bureau, id, NOW);
    expect((await findLesson(learner, slug, lessonId, NOW)).lesson.files).toEqual({ pdf: 'u1' });
    expect(await mayReadLessonFiles(learner, `lesson:${lessonId}`, NOW)).toBe(true);
    expect(await mayReadLessonFiles(stranger, `lesson:${lessonId}`, NOW)).toBe(false);
    expect(await mayReadLessonFiles(bureau, 'lesson:none', NOW)).toBe(false);
  });
});
