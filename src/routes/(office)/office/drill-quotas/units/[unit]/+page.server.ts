import type { PageServerLoadEvent, RequestEvent } from './$types';
import { plannedForm, plannedRemovalForm, traitForm } from '#lib/drills/quotas/forms.ts';
import { readQuotaQuery } from '#lib/drills/quotas/query.ts';
import { readUnit } from '#lib/drills/quotas/quotas.server.ts';
import { setTraits } from '#lib/drills/quotas/units.server.ts';
import { dropUnitDrill, planUnitDrill } from '#lib/drills/quotas/year-plans.server.ts';
import { dayOf, yearOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const thisYear = yearOf(now);
  const { year } = readQuotaQuery(event.url.searchParams, thisYear);
  return { ...(await readUnit(actor, event.params.unit, year, now)), thisYear, today: dayOf(now) };
});

export const actions = {
  plan: action(plannedForm, async ({ locals, params }: RequestEvent, input) => {
    await planUnitDrill(locals.actor, params.unit, input, locals.now);
    return { done: 'planned' as const };
  }),
  drop: action(plannedRemovalForm, async ({ locals, params }: RequestEvent, { planned }) => {
    await dropUnitDrill(locals.actor, params.unit, planned, locals.now);
    return { done: 'dropped' as const };
  }),
  traits: action(traitForm, async ({ locals, params }: RequestEvent, { traits }) => {
    await setTraits(locals.actor, params.unit, traits, locals.now);
    return { done: 'traits' as const };
  }),
};
