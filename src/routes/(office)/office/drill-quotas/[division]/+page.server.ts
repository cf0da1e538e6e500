import type { PageServerLoadEvent } from './$types';
import { readQuotaQuery } from '#lib/drills/quotas/query.ts';
import { readQuotas } from '#lib/drills/quotas/quotas.server.ts';
import { phoneSentences } from '#lib/drills/quotas/sentence-copy.ts';
import { hasRole } from '#lib/kernel/actor.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const thisYear = yearOf(now);
  const { year } = readQuotaQuery(event.url.searchParams, thisYear);
  const quotas = await readQuotas(actor, { divisionId: event.params.division, year }, now);
  const children = quotas.children.map((child) => ({ name: child.place.name, figures: child.figures }));
  return {
    ...{ quotas, thisYear, bureau: hasRole(actor, 'bureau') },
    sentences: phoneSentences({ ...quotas, place: quotas.place.name, children }),
  };
});
