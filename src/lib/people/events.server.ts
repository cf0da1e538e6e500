import { and, desc, eq, gte, like, lt, notInArray, or, type SQL } from 'drizzle-orm';
import { grantsOf, hasRole, type Actor } from '#lib/kernel/actor.ts';
import { addDays, instantOn, isDay } from '#lib/kernel/day.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { read } from '#lib/server/db/open.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { refuse } from './copy.ts';
import { namesIn } from './event-names.server.ts';
import { ADMIN_PAGES, OFFICE_PAGES, shownEvent, type ShownEvent } from './event-view.ts';
import { eventsTable, SHEET_ROWS_MAX } from './export-copy.ts';
import { demandFewEnough, handOut, type Download } from './exports.server.ts';

export type EventRow = typeof event.$inferSelect;
export type EventFilter = {
  stream?: string;
  kind?: string;
  /** Kinds to leave out, unless one kind or one stream is asked for. */
  without?: readonly string[];
  actorId?: string;
  /** Days in Shanghai, both included. */
  from?: string;
  until?: string;
};

/**
 * What of the record an actor sees: what happened in the places of a bureau. The system administrator sees
 * what happened to accounts and divisions only: business data is not theirs (design: roles). Refused:
 * forbidden to everybody else.
 */
function visibleEvents(actor: Actor, filter: EventFilter): SQL | undefined {
  const places = grantsOf(actor, 'bureau').map((grant) => like(event.path, `${grant.path}%`));
  const technical = hasRole(actor, 'administrator')
    ? [like(event.stream, 'account:%'), like(event.stream, 'division:%')]
    : [];
  const visible = [...places, ...technical];
  if (visible.length === 0) throw refuse('forbidden');
  return and(
    or(...visible),
    filter.stream ? eq(event.stream, filter.stream) : undefined,
    filter.kind ? eq(event.kind, filter.kind) : undefined,
    filter.actorId ? eq(event.actorId, filter.actorId) : undefined,
    filter.from && isDay(filter.from) ? gte(event.at, instantOn(filter.from, '00:00')) : undefined,
    filter.until && isDay(filter.until)
      ? lt(event.at, instantOn(addDays(filter.until, 1), '00:00'))
      : undefined,
    filter.without?.length && !filter.kind && !filter.stream
      ? notInArray(event.kind, [...filter.without])
      : undefined,
  );
}

/** A page of what happened, latest first. Refused: forbidden. */
export async function listEvents(actor: Actor, filter: EventFilter, page: number): Promise<PageOf<EventRow>> {
  const wanted = visibleEvents(actor, filter);
  return await read(async (db) => {
    const total = await db.$count(event, wanted);
    const rows = await db
      .select()
      .from(event)
      .where(wanted)
      .orderBy(desc(event.at), desc(event.seq))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    return { rows, total, page, pageSize: PAGE_SIZE };
  });
}

/**
 * What happened as a workbook, with the conditions of the page; leaves an event itself. Refused:
 * forbidden, export_too_many.
 */
export async function exportEvents(actor: Actor, filter: EventFilter, now: Date): Promise<Download> {
  const wanted = visibleEvents(actor, filter);
  const rows = await read((db) =>
    db
      .select()
      .from(event)
      .where(wanted)
      .orderBy(desc(event.at), desc(event.seq))
      .limit(SHEET_ROWS_MAX + 1),
  );
  demandFewEnough(rows.length);
  const table = eventsTable({ by: actor.name, at: now }, await shownAsListed(actor, rows));
  return await handOut(actor, { table, kind: 'events_exported', wanted: askedOf(filter) }, now);
}

/** As the page shows them: with the names of people and classes, which are not for an administrator. */
async function shownAsListed(actor: Actor, rows: readonly EventRow[]): Promise<ShownEvent[]> {
  if (!hasRole(actor, 'bureau')) return rows.map((row) => shownEvent(row, ADMIN_PAGES));
  const shown: ShownEvent[] = [];
  for (const slice of inSlices(rows)) {
    const names = await namesIn(actor, slice);
    shown.push(...slice.map((row) => shownEvent(row, OFFICE_PAGES, names)));
  }
  return shown;
}

function askedOf({ stream, kind, from, until }: EventFilter): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ stream, kind, from, until }).filter((part): part is [string, string] => !!part[1]),
  );
}
