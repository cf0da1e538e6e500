import type { PageServerLoadEvent } from './$types';
import { hasRole } from '#lib/kernel/actor.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { askedEvents, eventFilter } from '#lib/people/event-filter.ts';
import { OFFICE_PAGES, shownEvent } from '#lib/people/event-view.ts';
import { namesIn } from '#lib/people/event-names.server.ts';
import { listEvents } from '#lib/people/events.server.ts';
import { refuse } from '#lib/people/copy.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  if (!hasRole(event.locals.actor, 'bureau')) throw refuse('forbidden');
  const query = event.url.searchParams;
  const asked = askedEvents(query);
  const events = await listEvents(event.locals.actor, eventFilter(asked), pageNumber(query.get('page')));
  const names = await namesIn(event.locals.actor, events.rows);
  return {
    asked,
    events: { ...events, rows: events.rows.map((row) => shownEvent(row, OFFICE_PAGES, names)) },
  };
});
