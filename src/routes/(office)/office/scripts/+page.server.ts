import type { PageServerLoadEvent } from './$types';
import { refuse } from '#lib/drills/copy.ts';
import { mayEnterDrills } from '#lib/drills/policy.ts';
import { EVENT_TYPES } from '#lib/drills/scripts/script.ts';
import { listScripts } from '#lib/drills/scripts/scripts.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  if (!mayEnterDrills(actor)) throw refuse('forbidden');
  const asked = event.url.searchParams.get('type');
  const eventType = EVENT_TYPES.find((one) => one === asked) ?? '';
  const scripts = await listScripts(actor);
  return {
    eventType,
    all: scripts.length,
    own: scripts.filter(({ isModel }) => !isModel).length,
    scripts: scripts.filter((one) => eventType === '' || one.eventType === eventType),
  };
});
