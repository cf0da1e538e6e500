import type { PageServerLoadEvent } from './$types';
import { listOutsideTrainings } from '#lib/classes/outside-trainings.server.ts';
import { OUTSIDE_STATE_NAMES, type OutsideState } from '#lib/classes/outside-training.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const query = event.url.searchParams;
  const asked = query.get('state') as OutsideState;
  const state = OUTSIDE_STATE_NAMES.includes(asked) ? asked : ('' as const);
  return {
    state,
    trainings: await listOutsideTrainings(event.locals.actor, { state }, pageNumber(query.get('page'))),
  };
});
