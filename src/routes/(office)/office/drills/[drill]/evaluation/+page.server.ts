import type { PageServerLoadEvent, RequestEvent } from './$types';
import { leadEvaluation, readEvaluation } from '#lib/drills/evaluation/evaluations.server.ts';
import { moderateForm, noForm } from '#lib/drills/evaluation/forms.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return { evaluation: await readEvaluation(event.locals.actor, event.params.drill) };
});

export const actions = {
  open: action(noForm, async ({ locals, params }: RequestEvent) => {
    await leadEvaluation(locals.actor, params.drill, { kind: 'open_evaluation' }, locals.now);
    return { done: 'opened' as const };
  }),
  moderate: action(moderateForm, async ({ locals, params }: RequestEvent, input) => {
    await leadEvaluation(locals.actor, params.drill, { kind: 'moderate', ...input }, locals.now);
    return { done: 'moderated' as const };
  }),
  publish: action(noForm, async ({ locals, params }: RequestEvent) => {
    await leadEvaluation(locals.actor, params.drill, { kind: 'publish_evaluation' }, locals.now);
    return { done: 'published' as const };
  }),
  archive: action(noForm, async ({ locals, params }: RequestEvent) => {
    await leadEvaluation(locals.actor, params.drill, { kind: 'archive' }, locals.now);
    return { done: 'archived' as const };
  }),
};
