import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { planForm } from '#lib/coverage/forms.ts';
import { pastedRows } from '#lib/coverage/indicator.ts';
import { enterPlan, findPlanPlace, indicatorsFrom } from '#lib/coverage/indicators.server.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return { place: await findPlanPlace(event.locals.actor), year: yearOf(event.locals.now) };
});

export const actions = {
  enter: action(planForm, async ({ locals }: RequestEvent, { rows, ...plan }) => {
    const { actor, now } = locals;
    const place = await findPlanPlace(actor);
    const indicators = indicatorsFrom(actor, pastedRows(rows));
    const { planId } = await enterPlan(actor, place.id, { ...plan, indicators }, now);
    redirect(303, `/office/indicators/${planId}`);
  }),
};
