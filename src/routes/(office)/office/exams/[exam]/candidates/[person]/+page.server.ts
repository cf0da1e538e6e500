import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { grantExtraMinutes, voidAttempt } from '#lib/exams/allowances.server.ts';
import { allowanceForm, voidForm } from '#lib/exams/forms.ts';
import { findCandidateOf } from '#lib/exams/results.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const { exam, result, attempts } = await findCandidateOf(
    actor,
    event.params.exam,
    event.params.person,
    now,
  );
  const { id, title, closesAt, minutes, totalScore } = exam;
  return { exam: { id, title, closesAt, minutes, totalScore }, result, attempts };
});

export const actions = {
  extend: action(allowanceForm, async ({ locals, params, url }: RequestEvent, { minutes, reason }) => {
    const grant = { examId: params.exam, personId: params.person, minutes, reason };
    await grantExtraMinutes(locals.actor, grant, locals.now);
    redirect(303, url.pathname);
  }),
  void: action(voidForm, async ({ locals, url }: RequestEvent, { attemptId, reason }) => {
    await voidAttempt(locals.actor, attemptId, reason, locals.now);
    redirect(303, url.pathname);
  }),
};
