import { streamRun } from '#lib/drills/runs/feeds.server.ts';
import { standpointOf } from '#lib/drills/runs/holding.ts';
import { endpoint } from '#lib/server/form.ts';
import type { RequestHandler } from './$types';

/** The run as the seat may see it, live; a reader that comes back says by `Last-Event-ID` where it was. */
export const GET: RequestHandler = endpoint(async ({ locals, params, request, url: { searchParams } }) => {
  const after = request.headers.get('last-event-id') ?? searchParams.get('after');
  return await streamRun(locals.actor, params.run, after, standpointOf(searchParams));
});
