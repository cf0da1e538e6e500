import type { PageServerLoadEvent } from './$types';
import { findCourse } from '#lib/courses/reading.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return await findCourse(event.locals.actor, event.params.course, event.locals.now);
});
