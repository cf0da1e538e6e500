import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { startAttempt } from '#lib/exams/attempts.server.ts';
import { findCandidateExam } from '#lib/exams/candidates.server.ts';
import { noticeForm } from '#lib/exams/forms.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return { exam: await findCandidateExam(event.locals.actor, event.params.exam, event.locals.now) };
});

export const actions = {
  start: action(noticeForm, async ({ locals, params }: RequestEvent) => {
    const { attemptId } = await startAttempt(locals.actor, params.exam, locals.now);
    redirect(303, `/learn/attempts/${attemptId}`);
  }),
};
