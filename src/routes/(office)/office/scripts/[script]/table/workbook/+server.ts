import type { RequestHandler } from './$types';
import { exportMsel } from '#lib/drills/scripts/msel-export.server.ts';
import { download } from '#lib/server/download.ts';
import { endpoint } from '#lib/server/form.ts';

export const GET: RequestHandler = endpoint(async ({ locals, params }) => {
  const { bytes, name } = await exportMsel(locals.actor, params.script!, locals.now);
  return download(bytes, name);
});
