import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { refuse } from '#lib/exams/copy.ts';
import { readExamChoices } from '#lib/exams/exam-choices.server.ts';
import { draftOf } from '#lib/exams/exam-draft.ts';
import { changeExam, findExam } from '#lib/exams/exams.server.ts';
import { examForm } from '#lib/exams/forms.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const exam = await findExam(event.locals.actor, event.params.exam);
  if (!exam.mayKeep) throw refuse('forbidden');
  if (exam.state !== 'draft') throw refuse('exam_not_draft');
  const choices = await readExamChoices(event.locals.actor);
  return { id: exam.id, title: exam.title, choices, draft: draftOf(exam) };
});

export const actions = {
  default: action(examForm, async ({ locals, params }: RequestEvent, settings) => {
    await changeExam(locals.actor, params.exam, settings, locals.now);
    redirect(303, `/office/exams/${params.exam}`);
  }),
};
