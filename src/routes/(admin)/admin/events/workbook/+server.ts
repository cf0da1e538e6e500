import type { RequestEvent } from './$types';
import { hasRole } from '#lib/kernel/actor.ts';
import { refuse } from '#lib/people/copy.ts';
import { askedEvents, eventFilter } from '#lib/people/event-filter.ts';
import { exportEvents } from '#lib/people/events.server.ts';
import { download } from '#lib/server/download.ts';
import { endpoint, mustLogIn } from '#lib/server/form.ts';

export const GET = endpoint(async (event: RequestEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  if (!hasRole(actor, 'administrator')) throw refuse('forbidden');
  const filter = eventFilter(askedEvents(event.url.searchParams));
  const { bytes, name } = await exportEvents(actor, filter, now);
  return download(bytes, name);
});
