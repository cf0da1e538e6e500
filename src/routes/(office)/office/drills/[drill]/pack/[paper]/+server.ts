import type { RequestHandler } from './$types';
import { makePackPaper } from '#lib/drills/pack.server.ts';
import { download } from '#lib/server/download.ts';
import { endpoint } from '#lib/server/form.ts';

export const GET: RequestHandler = endpoint(async ({ locals, params }) => {
  const { bytes, name } = await makePackPaper(locals.actor, params.drill!, params.paper!, locals.now);
  return download(bytes, name);
});
