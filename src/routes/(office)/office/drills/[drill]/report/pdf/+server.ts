import type { RequestEvent } from './$types';
import { reportPdf } from '#lib/drills/evaluation/evaluation-papers.server.ts';
import { download } from '#lib/server/download.ts';
import { endpoint } from '#lib/server/form.ts';

export const GET = endpoint(async ({ locals, params }: RequestEvent) => {
  const { bytes, name } = await reportPdf(locals.actor, params.drill);
  return download(bytes, name);
});
