import type { RequestEvent } from './$types';
import { exportPlanList } from '#lib/drills/plans/papers.server.ts';
import { askedPlans } from '#lib/drills/plans/plan-filter.ts';
import { download } from '#lib/server/download.ts';
import { endpoint, mustLogIn } from '#lib/server/form.ts';

export const GET = endpoint(async (event: RequestEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const { bytes, name } = await exportPlanList(actor, askedPlans(event.url.searchParams), now);
  return download(bytes, name);
});
