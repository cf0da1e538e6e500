import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { listDrillPlaces, listScripts } from '#lib/drills/scripts/scripts.server.ts';
import { sealedForm } from '#lib/drills/sealed/forms.ts';
import { createSealed } from '#lib/drills/sealed/sealed-drills.server.ts';
import { addDays, dayOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const [places, scripts] = await Promise.all([listDrillPlaces(actor), listScripts(actor)]);
  return {
    places,
    scripts: scripts.map(({ id, title, isModel }) => ({ id, title, isModel })),
    fromOn: addDays(dayOf(now), 7),
    untilOn: addDays(dayOf(now), 20),
  };
});

export const actions = {
  default: action(sealedForm, async ({ locals }: RequestEvent, input) => {
    redirect(303, `/office/sealed/${await createSealed(locals.actor, input, locals.now)}`);
  }),
};
