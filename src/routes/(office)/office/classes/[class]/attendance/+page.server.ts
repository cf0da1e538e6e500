import type { PageServerLoadEvent } from './$types';
import { readClass } from '#lib/classes/classes.server.ts';
import { countAttendance } from '#lib/classes/attendances.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const counts = Object.fromEntries(await countAttendance(actor, event.params.class, now));
  return { class: await readClass(actor, event.params.class), counts };
});
