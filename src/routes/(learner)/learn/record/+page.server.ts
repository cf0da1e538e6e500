import type { PageServerLoadEvent } from './$types';
import { listCredits } from '#lib/courses/credits.server.ts';
import { refuse } from '#lib/courses/copy.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  if (actor.personId === null) throw refuse('person_missing');
  const asked = Number(event.url.searchParams.get('year'));
  const year = Number.isInteger(asked) && asked > 2000 && asked < 2200 ? asked : yearOf(now);
  return { credits: await listCredits(actor, actor.personId, year), thisYear: yearOf(now) };
});
