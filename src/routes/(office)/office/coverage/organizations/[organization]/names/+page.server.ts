import type { PageServerLoadEvent } from './$types';
import { readOrganizationNames } from '#lib/coverage/name-lists.server.ts';
import { readNamesQuery } from '#lib/coverage/query.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const query = {
    ...readNamesQuery(event.url.searchParams, yearOf(now)),
    grouping: 'enterprise' as const,
    own: false,
  };
  const asked = { ...query, divisionId: null, organizationId: event.params.organization };
  return {
    ...(await readOrganizationNames(actor, asked, pageNumber(event.url.searchParams.get('page')), now)),
    ...{ query, thisYear: yearOf(now) },
  };
});
