import type { PageServerLoadEvent, RequestEvent } from './$types';
import { adoptForm, withdrawForm } from '#lib/drills/quotas/forms.ts';
import { adoptDrillRules, listDrillPacks, withdrawDrillRules } from '#lib/drills/quotas/rules.server.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  return { ...(await listDrillPacks(actor, event.url.searchParams.get('division'), now)), today: dayOf(now) };
});

export const actions = {
  adopt: action(adoptForm, async ({ locals }: RequestEvent, input) => {
    await adoptDrillRules(locals.actor, input, locals.now);
    return { done: 'adopted' as const };
  }),
  withdraw: action(withdrawForm, async ({ locals }: RequestEvent, input) => {
    await withdrawDrillRules(locals.actor, input, locals.now);
    return { done: 'withdrawn' as const };
  }),
};
