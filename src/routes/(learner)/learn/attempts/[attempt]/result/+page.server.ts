import type { PageServerLoadEvent } from './$types';
import { readOutcome } from '#lib/exams/candidate-attempts.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return { outcome: await readOutcome(event.locals.actor, event.params.attempt) };
});
