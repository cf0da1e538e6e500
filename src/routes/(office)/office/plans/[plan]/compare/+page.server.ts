import type { PageServerLoadEvent } from './$types';
import { clauseChanges } from '#lib/drills/plans/plan.ts';
import { readVersions } from '#lib/drills/plans/plans.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const query = event.url.searchParams;
  const numbers = [Number(query.get('from') ?? 0), Number(query.get('to') ?? 0)] as const;
  const { clauses, ...versions } = await readVersions(event.locals.actor, event.params.plan, numbers);
  return { ...versions, changes: clauseChanges(...clauses) };
});
