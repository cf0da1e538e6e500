import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent } from './$types';
import { readAttempt } from '#lib/exams/candidate-attempts.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const attempt = await readAttempt(event.locals.actor, event.params.attempt, event.locals.now);
  if (attempt.state !== 'in_progress') redirect(303, `/learn/attempts/${attempt.id}/result`);
  return { attempt };
});
