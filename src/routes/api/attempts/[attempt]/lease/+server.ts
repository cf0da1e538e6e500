import { json } from '@sveltejs/kit';
import type { RequestEvent } from './$types';
import { takeLease } from '#lib/exams/attempts.server.ts';
import { refuse } from '#lib/exams/copy.ts';
import { leaseBody } from '#lib/exams/forms.ts';
import { endpoint } from '#lib/server/form.ts';
import { jsonBody } from '#lib/server/json-body.ts';

export const POST = endpoint(async ({ locals, params, request }: RequestEvent) => {
  if (locals.actor.accountId === null) throw refuse('login_needed');
  const asked = await jsonBody(request, leaseBody);
  if (!asked) throw refuse('form_bad');
  return json(await takeLease(locals.actor, params.attempt, asked, locals.now));
});
