import type { PageServerLoadEvent } from './$types';
import { listPlans } from '#lib/coverage/indicators.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return { plans: await listPlans(event.locals.actor, event.locals.now) };
});
