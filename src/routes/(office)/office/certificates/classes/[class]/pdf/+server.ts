import type { RequestEvent } from './$types';
import { classCertificatesPaper } from '#lib/certificates/papers.server.ts';
import { download } from '#lib/server/download.ts';
import { endpoint } from '#lib/server/form.ts';

export const GET = endpoint(async ({ locals, params, url }: RequestEvent) => {
  const { bytes, fileName } = await classCertificatesPaper(locals.actor, params.class, url.origin);
  return download(bytes, fileName);
});
