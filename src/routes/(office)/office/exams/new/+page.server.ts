import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { readExamChoices } from '#lib/exams/exam-choices.server.ts';
import { createExam } from '#lib/exams/exams.server.ts';
import { examForm } from '#lib/exams/forms.ts';
import { draftFrom } from '#lib/exams/exam-draft.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const choices = await readExamChoices(event.locals.actor);
  const query = event.url.searchParams;
  const template = choices.templates.find((one) => one.code === query.get('template')) ?? null;
  const chosen = choices.classes.find((one) => one.id === query.get('class')) ?? choices.classes[0] ?? null;
  return { choices, template: template?.code ?? '', draft: draftFrom(template, chosen, event.locals.now) };
});

export const actions = {
  default: action(examForm, async ({ locals }: RequestEvent, settings) => {
    const { id } = await createExam(locals.actor, settings, locals.now);
    redirect(303, `/office/exams/${id}`);
  }),
};
