import type { PageServerLoadEvent } from './$types';
import { findCourse } from '#lib/courses/reading.server.ts';
import { page } from '#lib/server/form.ts';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
  return {
    ...(await findCourse(locals.actor, params.course, locals.now)),
    learner: locals.actor.personId !== null,
  };
});
