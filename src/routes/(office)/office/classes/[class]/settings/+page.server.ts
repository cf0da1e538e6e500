import type { PageServerLoadEvent, RequestEvent } from './$types';
import { changeClass, listClassChoices, readClass } from '#lib/classes/classes.server.ts';
import { classForm } from '#lib/classes/forms.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  return { class: await readClass(actor, event.params.class), choices: await listClassChoices(actor) };
});

export const actions = {
  change: action(classForm, async ({ locals, params }: RequestEvent, input) => {
    await changeClass(locals.actor, params.class, input, locals.now);
    return { done: 'changed' as const };
  }),
};
