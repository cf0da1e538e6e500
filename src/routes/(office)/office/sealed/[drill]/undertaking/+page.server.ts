import type { PageServerLoadEvent } from './$types';
import { readSealed } from '#lib/drills/sealed/sealed-drills.server.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

/** The undertaking on paper: it names no drill, because it is signed before one is told of it. */
export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const sealed = await readSealed(actor, event.params.drill, 'undertaking', event.getClientAddress(), now);
  return { id: sealed.id, name: sealed.desk ? '' : actor.name, today: dayOf(now) };
});
