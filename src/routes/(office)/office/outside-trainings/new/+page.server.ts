import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { refuse } from '#lib/classes/copy.ts';
import { outsideForm } from '#lib/classes/forms.ts';
import { enterOutsideTraining } from '#lib/classes/outside-trainings.server.ts';
import { outsideSubtrees } from '#lib/classes/policy.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { listRoots } from '#lib/people/divisions.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  if (outsideSubtrees(actor).length === 0) throw refuse('forbidden');
  return { places: (await listRoots(actor)).map(({ id, name }) => ({ id, name })), today: dayOf(now) };
});

export const actions = {
  enter: action(outsideForm, async ({ locals }: RequestEvent, input) => {
    const id = await enterOutsideTraining(locals.actor, input, locals.now);
    redirect(303, `/office/outside-trainings/${id}`);
  }),
};
