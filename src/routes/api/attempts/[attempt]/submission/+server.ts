import { json } from '@sveltejs/kit';
import type { RequestEvent } from './$types';
import { submitAttempt } from '#lib/exams/attempts.server.ts';
import { refuse } from '#lib/exams/copy.ts';
import { savesBody } from '#lib/exams/forms.ts';
import { endpoint } from '#lib/server/form.ts';
import { jsonBody } from '#lib/server/json-body.ts';

export const POST = endpoint(async ({ locals, params, request }: RequestEvent) => {
  if (locals.actor.accountId === null) throw refuse('login_needed');
  const sent = await jsonBody(request, savesBody);
  if (!sent) throw refuse('form_bad');
  const receipt = await submitAttempt(locals.actor, params.attempt, sent, locals.now);
  return json({ ...receipt, at: receipt.at.getTime() });
});
