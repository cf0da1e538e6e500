import type { PageServerLoadEvent } from './$types';
import { findSession } from '#lib/classes/sessions.server.ts';
import { readWall } from '#lib/classes/sign-ins.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';
import { settings } from '#lib/server/settings.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const wall = await readWall(actor, event.params.session, now);
  const { session, of } = await findSession(actor, event.params.session);
  const { id, heldOn, half, topic, signFrom, signUntil } = session;
  return {
    wall,
    session: { id, heldOn, half, topic, signFrom, signUntil },
    className: of.title,
    classId: of.id,
    origin: settings().publicUrl ?? event.url.origin,
  };
});
