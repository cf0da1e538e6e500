import { json } from '@sveltejs/kit';
import type { RequestEvent } from './$types';
import { readPulse } from '#lib/exams/answers.server.ts';
import { refuse } from '#lib/exams/copy.ts';
import { endpoint } from '#lib/server/form.ts';

export const GET = endpoint(async ({ locals, params, url }: RequestEvent) => {
  if (locals.actor.accountId === null) throw refuse('login_needed');
  const lease = url.searchParams.get('lease') ?? '';
  return json(await readPulse(locals.actor, params.attempt, lease, locals.now));
});
