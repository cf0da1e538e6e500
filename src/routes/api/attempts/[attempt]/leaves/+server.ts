import { json } from '@sveltejs/kit';
import type { RequestEvent } from './$types';
import { recordLeave } from '#lib/exams/attempts.server.ts';
import { refuse } from '#lib/exams/copy.ts';
import { leaveBody } from '#lib/exams/forms.ts';
import { endpoint } from '#lib/server/form.ts';
import { jsonBody } from '#lib/server/json-body.ts';

export const POST = endpoint(async ({ locals, params, request }: RequestEvent) => {
  if (locals.actor.accountId === null) throw refuse('login_needed');
  const left = await jsonBody(request, leaveBody);
  if (!left) throw refuse('form_bad');
  return json(await recordLeave(locals.actor, params.attempt, left.seconds, locals.now));
});
