import type { PageServerLoadEvent } from './$types';
import { readUnitsQuery } from '#lib/drills/quotas/query.ts';
import { listUnits } from '#lib/drills/quotas/quotas.server.ts';
import { unitsAsText } from '#lib/drills/quotas/sentence-copy.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { PAGE_SIZE, pageNumber } from '#lib/kernel/page-of.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

/** More units than a chat group reads are pasted township by township. */
const PASTE_UNITS_MAX = 1_000;

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const thisYear = yearOf(now);
  const query = readUnitsQuery(event.url.searchParams, thisYear);
  const { place, above, rows } = await listUnits(actor, { divisionId: event.params.division, ...query }, now);
  const at = pageNumber(event.url.searchParams.get('page'));
  const head = { place: place.name, year: query.year, kind: query.kind, at: now };
  return {
    ...{ place, above, query, thisYear, at: now, page: at, pageSize: PAGE_SIZE, total: rows.length },
    rows: rows.slice((at - 1) * PAGE_SIZE, at * PAGE_SIZE),
    paste: rows.length === 0 || rows.length > PASTE_UNITS_MAX ? [] : unitsAsText(head, rows),
  };
});
