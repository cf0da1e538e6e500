import type { PageServerLoadEvent, RequestEvent } from './$types';
import { listAncestors } from '#lib/people/divisions.server.ts';
import { reasonForm } from '#lib/people/forms.ts';
import { findPerson, revealIdNumber } from '#lib/people/people.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const person = await findPerson(event.locals.actor, event.params.person);
  return { person, trail: await listAncestors(event.locals.actor, person.path) };
});

export const actions = {
  reveal: action(reasonForm, async ({ locals, params }: RequestEvent, { reason }) => {
    return { idNumber: await revealIdNumber(locals.actor, params.person, reason, locals.now) };
  }),
};
