import type { RequestEvent } from './$types';
import { readNamesQuery } from '#lib/coverage/query.ts';
import { exportNames } from '#lib/coverage/reports.server.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { download } from '#lib/server/download.ts';
import { endpoint } from '#lib/server/form.ts';

export const GET = endpoint(async ({ locals, params, url }: RequestEvent) => {
  const query = readNamesQuery(url.searchParams, yearOf(locals.now));
  const asked = {
    ...query,
    grouping: 'enterprise' as const,
    divisionId: null,
    organizationId: params.organization,
  };
  const { bytes, name } = await exportNames(locals.actor, asked, locals.now);
  return download(bytes, name);
});
