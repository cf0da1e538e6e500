import type { PageServerLoadEvent } from './$types';
import { listLearnerCourses } from '#lib/courses/reading.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return { courses: await listLearnerCourses(event.locals.actor, event.locals.now) };
});
