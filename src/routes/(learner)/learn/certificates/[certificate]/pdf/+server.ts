import type { RequestEvent } from './$types';
import { certificatePaper } from '#lib/certificates/papers.server.ts';
import { download } from '#lib/server/download.ts';
import { endpoint } from '#lib/server/form.ts';

export const GET = endpoint(async ({ locals, params, url }: RequestEvent) => {
  const { bytes, fileName } = await certificatePaper(
    locals.actor,
    params.certificate,
    url.origin,
    locals.now,
  );
  return download(bytes, fileName);
});
