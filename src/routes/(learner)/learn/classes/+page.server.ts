import type { PageServerLoadEvent } from './$types';
import { listOwnClasses } from '#lib/classes/sign-ins.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return { classes: await listOwnClasses(event.locals.actor) };
});
