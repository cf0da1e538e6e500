import type { RequestEvent } from './$types';
import { exportFindings } from '#lib/drills/findings/ledger.server.ts';
import { ledgerFilter } from '#lib/drills/findings/ledger.ts';
import { download } from '#lib/server/download.ts';
import { endpoint, mustLogIn } from '#lib/server/form.ts';

export const GET = endpoint(async (event: RequestEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const { bytes, name } = await exportFindings(actor, ledgerFilter(event.url.searchParams), now);
  return download(bytes, name);
});
