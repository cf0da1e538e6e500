import type { PageServerLoadEvent } from './$types';
import { askedPlans, PLAN_SORTS } from '#lib/drills/plans/plan-filter.ts';
import { listPlanPlaces, listPlans } from '#lib/drills/plans/plans.server.ts';
import { mayWritePlans } from '#lib/drills/plans/policy.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { mustLogIn, page } from '#lib/server/form.ts';
import { readSort } from '#lib/ui/with-query.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  const query = event.url.searchParams;
  const filter = askedPlans(query);
  const sort = readSort(event.url, PLAN_SORTS) as {
    by: (typeof PLAN_SORTS)[number];
    descending: boolean;
  } | null;
  const plans = await listPlans(actor, filter, { page: pageNumber(query.get('page')), sort });
  return { plans, filter, sort, places: await listPlanPlaces(actor), mayWrite: mayWritePlans(actor) };
});
