import type { PageServerLoadEvent } from './$types';
import { readInstallation } from '#lib/people/installation.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return { installation: await readInstallation(event.locals.actor) };
});
