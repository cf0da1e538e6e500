import type { PageServerLoadEvent } from './$types';
import { readDesk } from '#lib/drills/runs/feeds.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  return { desk: await readDesk(actor, event.params.run, now) };
});
