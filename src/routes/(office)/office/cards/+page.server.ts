import type { PageServerLoadEvent } from './$types';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { CARDS_MAX, isCardState, mayEnterCards } from '#lib/people/card.ts';
import { PRINT_FAULTS, refuse } from '#lib/people/cards-copy.ts';
import { countCards, listCards } from '#lib/people/cards.server.ts';
import { findDivision, listChildren, listRoots } from '#lib/people/divisions.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  if (!mayEnterCards(actor)) throw refuse('not_for_role');
  const query = event.url.searchParams;
  const state = query.get('state');
  const divisionId = query.get('division') ?? '';
  const place = divisionId ? await findDivision(actor, divisionId) : null;
  const filter = {
    words: query.get('words') ?? '',
    path: place?.path,
    state: isCardState(state) ? state : undefined,
  };
  const [root] = await listRoots(actor);
  return {
    filter: { ...filter, division: divisionId },
    cards: await listCards(actor, filter, pageNumber(query.get('page'))),
    counts: await countCards(actor, { path: place?.path }),
    places: root ? await listChildren(actor, root.id) : [],
    fault: PRINT_FAULTS[query.get('fault') ?? ''] ?? '',
    cardsMax: CARDS_MAX,
  };
});
