import type { RequestEvent } from './$types';
import { readCoverageQuery } from '#lib/coverage/query.ts';
import { exportCoverage } from '#lib/coverage/reports.server.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { download } from '#lib/server/download.ts';
import { endpoint } from '#lib/server/form.ts';

export const GET = endpoint(async ({ locals, params, url }: RequestEvent) => {
  const { actor, now } = locals;
  const asked = { divisionId: params.division, ...readCoverageQuery(url.searchParams, yearOf(now)) };
  const { bytes, name } = await exportCoverage(actor, asked, now);
  return download(bytes, name);
});
