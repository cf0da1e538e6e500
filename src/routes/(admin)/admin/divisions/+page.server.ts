import type { PageServerLoadEvent, RequestEvent } from './$types';
import { hasRole } from '#lib/kernel/actor.ts';
import { refuse } from '#lib/people/copy.ts';
import { addDivision, readPlace } from '#lib/people/divisions.server.ts';
import { divisionForm } from '#lib/people/forms.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  if (!hasRole(event.locals.actor, 'administrator')) throw refuse('forbidden');
  return { view: await readPlace(event.locals.actor, event.url.searchParams.get('division') ?? '') };
});

export const actions = {
  default: action(divisionForm, async ({ locals }: RequestEvent, { parentId, name }) => {
    const added = await addDivision(locals.actor, { parentId, name, code: null }, locals.now);
    return { added: added.name };
  }),
};
