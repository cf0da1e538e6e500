import { and, desc, eq, gte, like, lt, notInArray, or } from 'drizzle-orm';
import { grantsOf, hasRole, type Actor } from '#lib/kernel/actor.ts';
import { addDays, instantOn, isDay } from '#lib/kernel/day.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { read } from '#lib/server/db/open.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { refuse } from './copy.ts';

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
 * What happened in the places of a bureau, latest first. The system administrator sees what happened to
 * accounts and divisions only: business data is not theirs (design: roles).
 */
export async function listEvents(actor: Actor, filter: EventFilter, page: number): Promise<PageOf<EventRow>> {
  const places = grantsOf(actor, 'bureau').map((grant) => like(event.path, `${grant.path}%`));
  const technical = hasRole(actor, 'administrator')
    ? [like(event.stream, 'account:%'), like(event.stream, 'division:%')]
    : [];
  const visible = [...places, ...technical];
  if (visible.length === 0) throw refuse('forbidden');
  const wanted = and(
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
