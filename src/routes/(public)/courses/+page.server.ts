import type { PageServerLoadEvent } from './$types';
import { listPublicCourses } from '#lib/courses/reading.server.ts';
import { page } from '#lib/server/form.ts';

export const load = page(async ({ locals }: PageServerLoadEvent) => {
  return { courses: await listPublicCourses(locals.actor) };
});
