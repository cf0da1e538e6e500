import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { findCourseToKeep } from '#lib/courses/courses.server.ts';
import { lessonForm, lessonInput } from '#lib/courses/forms.ts';
import { addLesson } from '#lib/courses/lessons.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { course, lessons } = await findCourseToKeep(event.locals.actor, event.params.course);
  return { course: { id: course.id, title: course.title }, chapter: lessons.at(-1)?.chapter ?? '' };
});

export const actions = {
  add: action(lessonForm, async ({ locals, params }: RequestEvent, input) => {
    const id = await addLesson(locals.actor, params.course, lessonInput(input), locals.now);
    redirect(303, `/office/courses/${params.course}/lessons/${id}`);
  }),
};
