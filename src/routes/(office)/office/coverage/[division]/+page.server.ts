import type { PageServerLoadEvent } from './$types';
import { listOrganizations } from '#lib/coverage/figures.server.ts';
import { PLACE_SORTS } from '#lib/coverage/place-order.ts';
import { readCoverageQuery } from '#lib/coverage/query.ts';
import { readReport } from '#lib/coverage/reports.server.ts';
import { hasRole } from '#lib/kernel/actor.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { mustLogIn, page } from '#lib/server/form.ts';
import { readSort } from '#lib/ui/with-query.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const thisYear = yearOf(now);
  const divisionId = event.params.division;
  const asked = { divisionId, ...readCoverageQuery(event.url.searchParams, thisYear) };
  const { coverage, sentences } = await readReport(actor, asked, now);
  return {
    ...{ coverage, sentences, thisYear },
    sort: readSort(event.url, PLACE_SORTS),
    bureau: hasRole(actor, 'bureau'),
    organizations: asked.grouping === 'enterprise' ? await listOrganizations(actor, divisionId) : [],
  };
});
