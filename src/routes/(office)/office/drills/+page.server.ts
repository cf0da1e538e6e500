import type { PageServerLoadEvent } from './$types';
import { listDrills } from '#lib/drills/drills.server.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  return { drills: await listDrills(actor), today: dayOf(now) };
});
