import type { RequestEvent } from './$types';
import { readQuotaQuery } from '#lib/drills/quotas/query.ts';
import { exportQuotas } from '#lib/drills/quotas/reports.server.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { download } from '#lib/server/download.ts';
import { endpoint } from '#lib/server/form.ts';

export const GET = endpoint(async ({ locals, params, url }: RequestEvent) => {
  const { actor, now } = locals;
  const { year } = readQuotaQuery(url.searchParams, yearOf(now));
  const { bytes, name } = await exportQuotas(actor, { divisionId: params.division, year }, now);
  return download(bytes, name);
});
