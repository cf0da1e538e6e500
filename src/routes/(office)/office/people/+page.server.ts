import type { PageServerLoadEvent } from './$types';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { findDivision, listAncestors, listChildren, listRoots } from '#lib/people/divisions.server.ts';
import { listCategories, listPeople } from '#lib/people/people.server.ts';
import { mayEnterPeople } from '#lib/people/policy.ts';
import { refuse } from '#lib/people/copy.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  if (!mayEnterPeople(actor)) throw refuse('forbidden');
  const query = event.url.searchParams;
  const divisionId = query.get('division') ?? '';
  const place = divisionId ? await findDivision(actor, divisionId) : null;
  const filter = {
    words: query.get('words') ?? '',
    category: query.get('category') ?? '',
    path: place?.path,
    organizationId: query.get('organization') ?? '',
  };
  const roots = await listRoots(actor);
  const below = place ?? roots[0] ?? null;
  return {
    filter: { ...filter, division: divisionId },
    people: await listPeople(actor, filter, pageNumber(query.get('page'))),
    categories: await listCategories(actor),
    places: below ? await listChildren(actor, below.id) : [],
    trail: place ? await listAncestors(actor, place.path) : [],
  };
});
