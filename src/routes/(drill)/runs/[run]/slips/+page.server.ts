import type { PageServerLoadEvent } from './$types';
import { readSlips } from '#lib/drills/runs/feeds.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const runId = event.params.run;
  return { runId, ...(await readSlips(event.locals.actor, runId)) };
});
