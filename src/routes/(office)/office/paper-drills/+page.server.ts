import type { PageServerLoadEvent } from './$types';
import { PAPER_STATES, type PaperState } from '#lib/drills/quotas/paper-drill.ts';
import { listPaperDrills } from '#lib/drills/quotas/paper-drills.server.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const query = event.url.searchParams;
  const asked = query.get('state') as PaperState;
  const state = PAPER_STATES.includes(asked) ? asked : ('' as const);
  return {
    state,
    drills: await listPaperDrills(event.locals.actor, { state }, pageNumber(query.get('page'))),
  };
});
