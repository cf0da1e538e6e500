import type { PageServerLoadEvent } from './$types';
import { listOwnClasses } from '#lib/classes/sign-ins.server.ts';
import { readMyYear } from '#lib/coverage/my-years.server.ts';
import { listLearnerCourses } from '#lib/courses/reading.server.ts';
import { listMySeats } from '#lib/drills/drills.server.ts';
import { isAhead } from '#lib/drills/stage.ts';
import { listCandidateExams } from '#lib/exams/candidates.server.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

/** What waits for a learner: an exam under way before everything, then today's class, then courses. */
export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const [year, classes, exams, courses, seats] = await Promise.all([
    readMyYear(actor, now),
    listOwnClasses(actor),
    listCandidateExams(actor, now),
    listLearnerCourses(actor, now),
    listMySeats(actor),
  ]);
  const today = dayOf(now);
  return {
    year,
    today,
    classes: classes.filter((one) => one.state === 'open' && one.endsOn >= today),
    exams: exams.filter((one) => one.underWay !== null || one.mayStart || one.mayWait),
    seats: seats.filter((one) => isAhead(one.state, one.stage)),
    courses: courses.filter((one) => one.state !== 'completed').slice(0, 3),
  };
});
