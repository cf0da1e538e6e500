import type { PageServerLoadEvent, RequestEvent } from './$types';
import { hasRole } from '#lib/kernel/actor.ts';
import { refuse } from '#lib/people/copy.ts';
import { mergeForm } from '#lib/people/forms.ts';
import { listTwins, mergePeople } from '#lib/people/merges.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  if (!hasRole(event.locals.actor, 'bureau')) throw refuse('forbidden');
  return { twins: await listTwins(event.locals.actor) };
});

export const actions = {
  default: action(mergeForm, async ({ locals }: RequestEvent, { people, keep, reason }) => {
    for (const from of people.filter((id) => id !== keep))
      await mergePeople(locals.actor, from, keep, reason, locals.now);
    return { merged: people.length };
  }),
};
