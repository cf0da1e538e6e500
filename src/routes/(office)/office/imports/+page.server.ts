import type { PageServerLoadEvent } from './$types';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { refuse } from '#lib/people/copy.ts';
import { mayEnterImports } from '#lib/people/policy.ts';
import { listRosterImports } from '#lib/people/roster-import.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  if (!mayEnterImports(event.locals.actor)) throw refuse('forbidden');
  const imports = await listRosterImports(event.locals.actor, pageNumber(event.url.searchParams.get('page')));
  const rows = imports.rows.map(({ id, fileName, state, createdAt, asOf }) => ({
    id,
    fileName,
    state,
    createdAt,
    asOf,
  }));
  return { imports: { ...imports, rows } };
});
