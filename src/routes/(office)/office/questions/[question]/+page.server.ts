import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { noForm, questionForm, reasonForm } from '#lib/exams/forms.ts';
import {
  changeQuestion,
  findQuestion,
  listBankGroups,
  restoreQuestion,
  withdrawQuestion,
} from '#lib/exams/questions.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const question = await findQuestion(event.locals.actor, event.params.question);
  const groups = await listBankGroups(event.locals.actor, question.divisionId);
  return {
    question,
    saved: event.url.searchParams.has('saved'),
    topics: [...new Set(groups.map((group) => group.topic))],
  };
});

export const actions = {
  change: action(questionForm, async ({ locals, params }: RequestEvent, input) => {
    await changeQuestion(locals.actor, params.question, input, locals.now);
    redirect(303, `/office/questions/${params.question}?saved=1`);
  }),
  withdraw: action(reasonForm, async ({ locals, params }: RequestEvent, { reason }) => {
    await withdrawQuestion(locals.actor, params.question, reason, locals.now);
    redirect(303, `/office/questions/${params.question}`);
  }),
  restore: action(noForm, async ({ locals, params }: RequestEvent) => {
    await restoreQuestion(locals.actor, params.question, locals.now);
    redirect(303, `/office/questions/${params.question}`);
  }),
};
