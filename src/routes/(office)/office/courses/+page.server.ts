import type { PageServerLoadEvent } from './$types';
import { refuse } from '#lib/courses/copy.ts';
import type { CourseState } from '#lib/courses/course.ts';
import { listKeptCourses } from '#lib/courses/courses.server.ts';
import { courseSubtrees } from '#lib/courses/policy.ts';
import { listLearnerCourses } from '#lib/courses/reading.server.ts';
import { hasRole } from '#lib/kernel/actor.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

const STATES = ['draft', 'published', 'withdrawn'];

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const query = event.url.searchParams;
  const state = STATES.includes(query.get('state') ?? '') ? (query.get('state') as CourseState) : '';
  const filters = { text: query.get('text') ?? '', state } as const;
  // Instructors look at what they teach; the bureau writes it.
  if (courseSubtrees(actor).length === 0) {
    if (!hasRole(actor, 'instructor')) throw refuse('forbidden');
    return { filters, kept: null, seen: await listLearnerCourses(actor, now) };
  }
  return { filters, kept: await listKeptCourses(actor, filters, pageNumber(query.get('page'))), seen: [] };
});
