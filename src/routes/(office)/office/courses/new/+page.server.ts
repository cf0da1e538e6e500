import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { refuse } from '#lib/courses/copy.ts';
import { createCourse } from '#lib/courses/courses.server.ts';
import { newCourseForm } from '#lib/courses/forms.ts';
import { courseSubtrees } from '#lib/courses/policy.ts';
import { listRoots } from '#lib/people/divisions.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  if (courseSubtrees(actor).length === 0) throw refuse('forbidden');
  return { places: (await listRoots(actor)).map(({ id, name }) => ({ id, name })) };
});

export const actions = {
  create: action(newCourseForm, async ({ locals }: RequestEvent, input) => {
    const { id } = await createCourse(locals.actor, input, locals.now);
    redirect(303, `/office/courses/${id}`);
  }),
};
