import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent } from './$types';
import { findCoverageHome } from '#lib/coverage/figures.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

/** The actor's own place, or the enterprise that the actor manages. */
export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const home = await findCoverageHome(event.locals.actor);
  redirect(
    303,
    `/office/coverage/${home.kind === 'place' ? home.id : `organizations/${home.id}`}${event.url.search}`,
  );
});
