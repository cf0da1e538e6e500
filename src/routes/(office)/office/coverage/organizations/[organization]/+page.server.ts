import type { PageServerLoadEvent } from './$types';
import { readOrganizationCoverage } from '#lib/coverage/figures.server.ts';
import { readCoverageQuery } from '#lib/coverage/query.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const { year } = readCoverageQuery(event.url.searchParams, yearOf(now));
  return {
    coverage: await readOrganizationCoverage(actor, event.params.organization, year, now),
    thisYear: yearOf(now),
  };
});
