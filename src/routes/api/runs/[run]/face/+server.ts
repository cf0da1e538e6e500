import { json } from '@sveltejs/kit';
import { readFace } from '#lib/drills/runs/feeds.server.ts';
import { standpointOf } from '#lib/drills/runs/holding.ts';
import { endpoint } from '#lib/server/form.ts';
import type { RequestHandler } from './$types';

/** What of the script a seat may see by now: fetched when something has come into sight. */
export const GET: RequestHandler = endpoint(async ({ locals, params, url: { searchParams } }) =>
  json(await readFace(locals.actor, params.run, locals.now, standpointOf(searchParams))),
);
