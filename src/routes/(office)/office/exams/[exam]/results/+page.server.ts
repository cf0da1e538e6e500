import type { PageServerLoadEvent } from './$types';
import { findExam } from '#lib/exams/exams.server.ts';
import { listResults, readWeaknesses } from '#lib/exams/results.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

const OUTCOMES = ['passed', 'failed', 'absent', 'under_way', 'waiting'] as const;

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const { id, title, totalScore, passScore } = await findExam(actor, event.params.exam);
  const outcome = OUTCOMES.find((one) => one === event.url.searchParams.get('outcome')) ?? null;
  const { rows, statistics } = await listResults(actor, id, outcome, now);
  const weaknesses = await readWeaknesses(actor, id);
  return {
    exam: { id, title, totalScore, passScore },
    rows,
    statistics,
    weaknesses,
    outcome: outcome ?? '',
    now,
  };
});
