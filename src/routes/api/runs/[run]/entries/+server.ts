import { json } from '@sveltejs/kit';
import { readEntries } from '#lib/drills/runs/feeds.server.ts';
import { standpointOf } from '#lib/drills/runs/holding.ts';
import { endpoint } from '#lib/server/form.ts';
import type { RequestHandler } from './$types';

/** What happened after a place in the log, for screens whose stream is down. */
export const GET: RequestHandler = endpoint(async ({ locals, params, url: { searchParams } }) => {
  const { actor, now } = locals;
  return json(
    await readEntries(actor, params.run, searchParams.get('after'), now, standpointOf(searchParams)),
  );
});
