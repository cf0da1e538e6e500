import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { createClass, listClassChoices } from '#lib/classes/classes.server.ts';
import { refuse } from '#lib/classes/copy.ts';
import { newClassForm } from '#lib/classes/forms.ts';
import { classScope } from '#lib/classes/policy.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { listRoots } from '#lib/people/divisions.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  if (classScope(actor).kept.length === 0) throw refuse('forbidden');
  const places = (await listRoots(actor)).map(({ id, name }) => ({ id, name }));
  return { places, choices: await listClassChoices(actor), today: dayOf(now) };
});

export const actions = {
  create: action(newClassForm, async ({ locals }: RequestEvent, input) => {
    const id = await createClass(locals.actor, input, locals.now);
    redirect(303, `/office/classes/${id}/timetable`);
  }),
};
