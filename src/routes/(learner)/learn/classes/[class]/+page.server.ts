import type { PageServerLoadEvent } from './$types';
import { findOwnClass } from '#lib/classes/sign-ins.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  return { ...(await findOwnClass(actor, event.params.class)), now };
});
