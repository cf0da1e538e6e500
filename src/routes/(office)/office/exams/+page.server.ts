import type { PageServerLoadEvent } from './$types';
import { refuse } from '#lib/exams/copy.ts';
import { listExams } from '#lib/exams/exams.server.ts';
import { mayEnterBank, mayEnterExams } from '#lib/exams/policy.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

const STATES = ['draft', 'published', 'cancelled'] as const;

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  if (!mayEnterExams(actor)) throw refuse('forbidden');
  const query = event.url.searchParams;
  const state = STATES.find((one) => one === query.get('state'));
  const classId = query.get('class') || undefined;
  const exams = await listExams(actor, { state, classId }, pageNumber(query.get('page')));
  return { exams, state: state ?? '', classId: classId ?? '', mayMake: mayEnterBank(actor), now };
});
