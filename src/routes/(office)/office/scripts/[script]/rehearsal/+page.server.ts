import type { PageServerLoadEvent } from './$types';
import { CASTS } from '#lib/drills/runs/dry-run.ts';
import { readDraft } from '#lib/drills/scripts/scripts.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const asked = event.url.searchParams.get('cast');
  return {
    script: await readDraft(event.locals.actor, event.params.script),
    cast: CASTS.find((cast) => cast === asked) ?? 'in_time',
  };
});
