import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { classScope } from '#lib/classes/policy.ts';
import { sentencesOf } from '#lib/exams/copy.ts';
import { cancelExam, findExam, publishExam } from '#lib/exams/exams.server.ts';
import { reasonsNotToPublish } from '#lib/exams/exam.ts';
import { noForm, reasonForm } from '#lib/exams/forms.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const exam = await findExam(actor, event.params.exam);
  const whyNotPublish =
    exam.state === 'draft' ? sentencesOf(reasonsNotToPublish(exam, exam.feasibility, now)) : [];
  return { exam, whyNotPublish, classLinked: classScope(actor).kept.length > 0, now };
});

export const actions = {
  publish: action(noForm, async ({ locals, params }: RequestEvent) => {
    await publishExam(locals.actor, params.exam, locals.now);
    redirect(303, `/office/exams/${params.exam}`);
  }),
  cancel: action(reasonForm, async ({ locals, params }: RequestEvent, { reason }) => {
    await cancelExam(locals.actor, params.exam, reason, locals.now);
    redirect(303, `/office/exams/${params.exam}`);
  }),
};
