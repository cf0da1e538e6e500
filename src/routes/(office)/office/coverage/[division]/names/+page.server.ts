import type { PageServerLoadEvent } from './$types';
import { readNames } from '#lib/coverage/name-lists.server.ts';
import { readNamesQuery } from '#lib/coverage/query.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const query = readNamesQuery(event.url.searchParams, yearOf(now));
  const asked = { ...query, divisionId: event.params.division, organizationId: null };
  return {
    ...(await readNames(actor, asked, pageNumber(event.url.searchParams.get('page')), now)),
    ...{ query, thisYear: yearOf(now) },
  };
});
