import type { PageServerLoadEvent } from './$types';
import { listCandidateExams } from '#lib/exams/candidates.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  return { exams: await listCandidateExams(actor, now), serverNow: now.getTime() };
});
