import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent } from './$types';
import { findQuotaHome } from '#lib/drills/quotas/places.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

/** The actor's own place. */
export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  redirect(303, `/office/drill-quotas/${await findQuotaHome(event.locals.actor)}${event.url.search}`);
});
