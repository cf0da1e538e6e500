import * as v from 'valibot';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { fileForm, lessonForm, lessonInput, questionForm } from '#lib/courses/forms.ts';
import {
  attachLessonFile,
  changeLesson,
  findLessonToKeep,
  keepQuestion,
} from '#lib/courses/lessons.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';
import { storeFile } from '#lib/server/storage.ts';

const FILE_BYTES_MAX = 300 * 1_048_576;

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { course, lesson } = await findLessonToKeep(event.locals.actor, event.params.lesson);
  return { course: { id: course.id, slug: course.slug, title: course.title, state: course.state }, lesson };
});

const place = v.object({ at: v.pipe(v.string(), v.transform(Number), v.integer()) });

export const actions = {
  change: action(lessonForm, async ({ locals, params }: RequestEvent, input) => {
    await changeLesson(locals.actor, params.lesson, lessonInput(input), locals.now);
    return { done: 'lesson_saved' as const };
  }),
  upload: action(fileForm, async ({ locals: { actor, now }, params }: RequestEvent, { use, file }) => {
    const { course, lesson } = await findLessonToKeep(actor, params.lesson);
    const origin = { about: `lesson:${lesson.id}`, path: course.path, byAccount: actor.accountId ?? '', now };
    const stored = await storeFile(file, FILE_BYTES_MAX, origin);
    await attachLessonFile(actor, lesson.id, { use, uploadId: stored.id }, now);
    return { done: 'file_attached' as const };
  }),
  question: action(questionForm, async ({ locals, params }: RequestEvent, { at, ...question }) => {
    await keepQuestion(locals.actor, params.lesson, at, question, locals.now);
    return { done: 'question_saved' as const };
  }),
  removeQuestion: action(place, async ({ locals, params }: RequestEvent, { at }) => {
    await keepQuestion(locals.actor, params.lesson, at, null, locals.now);
    return { done: 'question_removed' as const };
  }),
};
