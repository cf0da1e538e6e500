import type { PageServerLoadEvent, RequestEvent } from './$types';
import { adjustCredit, listCredits } from '#lib/courses/credits.server.ts';
import { adjustmentForm } from '#lib/courses/forms.ts';
import { mayAdjustCredit } from '#lib/courses/policy.ts';
import { dayOf, yearOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const asked = Number(event.url.searchParams.get('year'));
  const year = Number.isInteger(asked) && asked > 2000 && asked < 2200 ? asked : yearOf(now);
  const credits = await listCredits(actor, event.params.person, year);
  return {
    credits,
    thisYear: yearOf(now),
    today: dayOf(now),
    mayAdjust: mayAdjustCredit(actor, credits.path),
  };
});

export const actions = {
  adjust: action(adjustmentForm, async ({ locals, params }: RequestEvent, input) => {
    await adjustCredit(locals.actor, params.person, input, locals.now);
    return { adjusted: true };
  }),
};
