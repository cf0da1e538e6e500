import type { PageServerLoadEvent, RequestEvent } from './$types';
import { quizForm } from '#lib/courses/forms.ts';
import { findLesson, readVerdicts } from '#lib/courses/reading.server.ts';
import { action, page } from '#lib/server/form.ts';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
  return await findLesson(locals.actor, params.course, params.lesson, locals.now);
});

export const actions = {
  quiz: action(quizForm, async ({ locals, params }: RequestEvent, answers) => {
    const { passed, right, verdicts } = await readVerdicts(locals.actor, params.lesson, answers, locals.now);
    return { outcome: { passed, right, verdicts } };
  }),
};
