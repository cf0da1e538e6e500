import { json } from '@sveltejs/kit';
import { readEntries } from '#lib/drills/runs/feeds.server.ts';
import { endpoint } from '#lib/server/form.ts';
import type { RequestHandler } from './$types';

/** What happened after a place in the log, for screens whose stream is down. */
export const GET: RequestHandler = endpoint(async ({ locals, params, url }) =>
  json(await readEntries(locals.actor, params.run, url.searchParams.get('after'))),
);
