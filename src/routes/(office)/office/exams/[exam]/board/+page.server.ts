import type { PageServerLoadEvent } from './$types';
import { findExam } from '#lib/exams/exams.server.ts';
import { readBoard } from '#lib/exams/results.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const { id, title, className, opensAt, entryUntil, closesAt, mayKeep } = await findExam(
    actor,
    event.params.exam,
  );
  const only = event.url.searchParams.get('only') ?? '';
  const exam = { id, title, className, opensAt, entryUntil, closesAt, mayKeep };
  return { exam, rows: await readBoard(actor, id, now), only, serverNow: now.getTime() };
});
