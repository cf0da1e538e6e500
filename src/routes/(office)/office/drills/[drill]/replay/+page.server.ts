import type { PageServerLoadEvent } from './$types';
import { readReplay } from '#lib/drills/evaluation/replays.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const asked = Number(event.url.searchParams.get('seq'));
  return {
    replay: await readReplay(event.locals.actor, event.params.drill),
    start: Number.isInteger(asked) && asked > 0 ? asked : 0,
  };
});
