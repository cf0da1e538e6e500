import * as v from 'valibot';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { quizForm } from '#lib/courses/forms.ts';
import { answerQuiz, reachEnd } from '#lib/courses/learning.server.ts';
import { findLesson, readVerdicts } from '#lib/courses/reading.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const found = await findLesson(actor, event.params.course, event.params.lesson, now);
  return { ...found, tracked: actor.personId !== null };
});

export const actions = {
  end: action(v.object({}), async ({ locals, params }: RequestEvent) => {
    await reachEnd(locals.actor, params.lesson, locals.now);
    return { ended: true };
  }),
  quiz: action(quizForm, async ({ locals: { actor, now }, params }: RequestEvent, answers) => {
    const { passed, right, verdicts } =
      actor.personId === null
        ? await readVerdicts(actor, params.lesson, answers, now)
        : await answerQuiz(actor, params.lesson, answers, now);
    return { outcome: { passed, right, verdicts } };
  }),
};
