import { streamRun } from '#lib/drills/runs/feeds.server.ts';
import { endpoint } from '#lib/server/form.ts';
import type { RequestHandler } from './$types';

/** The run as the seat may see it, live; a reader that comes back says by `Last-Event-ID` where it was. */
export const GET: RequestHandler = endpoint(async ({ locals, params, request, url }) =>
  streamRun(locals.actor, params.run, request.headers.get('last-event-id') ?? url.searchParams.get('after')),
);
