import type { PageServerLoadEvent, RequestEvent } from './$types';
import { closePlanForm, finalValuesForm } from '#lib/coverage/forms.ts';
import { closePlan, enterFinalValues, readPlan } from '#lib/coverage/indicators.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return { plan: await readPlan(event.locals.actor, event.params.plan, event.locals.now) };
});

const nothingWrong = { refusal: null, errors: {}, values: {} as Record<string, string> };

export const actions = {
  values: action(finalValuesForm, async ({ locals, params }: RequestEvent, values) => {
    await enterFinalValues(locals.actor, params.plan ?? '', values, locals.now);
    return { ...nothingWrong, done: 'saved' as const };
  }),
  close: action(closePlanForm, async ({ locals, params }: RequestEvent) => {
    await closePlan(locals.actor, params.plan ?? '', locals.now);
    return { ...nothingWrong, done: 'closed' as const };
  }),
};
