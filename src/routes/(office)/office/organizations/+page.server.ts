import type { PageServerLoadEvent } from './$types';
import { hasRole } from '#lib/kernel/actor.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { refuse } from '#lib/people/copy.ts';
import { listOrganizations } from '#lib/people/people.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  if (!hasRole(actor, 'bureau')) throw refuse('forbidden');
  const query = event.url.searchParams;
  const words = query.get('words') ?? '';
  return { words, organizations: await listOrganizations(actor, words, pageNumber(query.get('page'))) };
});
