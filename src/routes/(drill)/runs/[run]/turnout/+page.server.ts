import type { PageServerLoadEvent } from './$types';
import { readTurnout } from '#lib/drills/runs/turnouts.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return await readTurnout(event.locals.actor, event.params.run);
});
