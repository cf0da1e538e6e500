import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { classScope } from '#lib/classes/policy.ts';
import { sentencesOf } from '#lib/exams/copy.ts';
import { cancelExam, findExam, publishExam } from '#lib/exams/exams.server.ts';
import { reasonsNotToPublish } from '#lib/exams/exam.ts';
import { invigilatorForm, noForm, reasonForm } from '#lib/exams/forms.ts';
import { assignInvigilator, dismissInvigilator, readInvigilators } from '#lib/exams/invigilators.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const exam = await findExam(actor, event.params.exam);
  const invigilators = await readInvigilators(actor, event.params.exam);
  const whyNotPublish =
    exam.state === 'draft' ? sentencesOf(reasonsNotToPublish(exam, exam.feasibility, now)) : [];
  return { exam, invigilators, whyNotPublish, classLinked: classScope(actor).kept.length > 0, now };
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
  assign: action(invigilatorForm, async ({ locals, params }: RequestEvent, { accountId }) => {
    await assignInvigilator(locals.actor, params.exam, accountId, locals.now);
    redirect(303, `/office/exams/${params.exam}`);
  }),
  dismiss: action(invigilatorForm, async ({ locals, params }: RequestEvent, { accountId }) => {
    await dismissInvigilator(locals.actor, params.exam, accountId, locals.now);
    redirect(303, `/office/exams/${params.exam}`);
  }),
};
