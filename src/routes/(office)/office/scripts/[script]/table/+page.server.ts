import type { PageServerLoadEvent } from './$types';
import { readDraft } from '#lib/drills/scripts/scripts.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const script = await readDraft(event.locals.actor, event.params.script);
  return { script, first: event.url.searchParams.get('part') };
});
