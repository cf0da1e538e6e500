import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { refuse } from '#lib/courses/copy.ts';
import {
  changeCourse,
  findCourseToKeep,
  publishCourse,
  removeCourse,
  withdrawCourse,
} from '#lib/courses/courses.server.ts';
import { courseForm, moveForm } from '#lib/courses/forms.ts';
import { moveLesson, removeLesson } from '#lib/courses/lessons.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { course, lessons, placeName, faults } = await findCourseToKeep(
    event.locals.actor,
    event.params.course,
  );
  return {
    course,
    placeName,
    reasons: faults.filter((fault) => fault !== 'course_published').map((fault) => refuse(fault).message),
    lessons: lessons.map(({ body: _body, quiz, ...row }) => ({ ...row, questions: quiz.length })),
  };
});

const nothing = v.object({});
const lessonOnly = v.object({ lesson: v.string() });

export const actions = {
  change: action(courseForm, async ({ locals, params }: RequestEvent, input) => {
    await changeCourse(locals.actor, params.course, input, locals.now);
    return { done: 'changed' as const };
  }),
  publish: action(nothing, async ({ locals, params }: RequestEvent) => {
    await publishCourse(locals.actor, params.course, locals.now);
    return { done: 'published' as const };
  }),
  withdraw: action(nothing, async ({ locals, params }: RequestEvent) => {
    await withdrawCourse(locals.actor, params.course, locals.now);
    return { done: 'withdrawn' as const };
  }),
  remove: action(nothing, async ({ locals, params }: RequestEvent) => {
    await removeCourse(locals.actor, params.course, locals.now);
    redirect(303, '/office/courses');
  }),
  move: action(moveForm, async ({ locals }: RequestEvent, { lesson, by }) => {
    await moveLesson(locals.actor, lesson, by, locals.now);
  }),
  removeLesson: action(lessonOnly, async ({ locals }: RequestEvent, { lesson }) => {
    await removeLesson(locals.actor, lesson, locals.now);
    return { done: 'lesson_removed' as const };
  }),
};
