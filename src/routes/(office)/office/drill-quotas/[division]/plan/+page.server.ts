import type { PageServerLoadEvent } from './$types';
import { readQuotaQuery } from '#lib/drills/quotas/query.ts';
import { readYearPlan } from '#lib/drills/quotas/year-plans.server.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const thisYear = yearOf(event.locals.now);
  const { year } = readQuotaQuery(event.url.searchParams, thisYear);
  const asked = { divisionId: event.params.division, year };
  return { ...(await readYearPlan(event.locals.actor, asked)), year, thisYear };
});
