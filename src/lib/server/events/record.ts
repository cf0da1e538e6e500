import { createHash } from 'node:crypto';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { FollowedDetails, FollowedKind, Happening } from '#lib/kernel/happening.ts';
import { inPlaces, insertRows, listByIds } from '#lib/server/db/bulk.ts';
import { prepared, type Tx } from '#lib/server/db/open.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { newId } from '#lib/server/id.ts';

type Follower = (tx: Tx, happenings: Happening[]) => Promise<void>;
const followers = new Map<string, Follower[]>();

/** What one feature does, in the same transaction, when another's event happens. Only followers.ts calls this. */
export function follow<Kind extends FollowedKind>(
  kind: Kind,
  follower: (tx: Tx, happenings: Happening<FollowedDetails[Kind]>[]) => Promise<void>,
): void {
  const known = followers.get(kind) ?? [];
  followers.set(kind, [...known, follower as unknown as Follower]);
}

/** The first event of a stream follows this. */
export const STREAM_START = '';

/** What the hash of an event covers. */
export type Chained = {
  stream: string;
  seq: number;
  kind: string;
  actorId: string | null;
  actorName: string;
  at: Date;
  path: string;
  detail: Record<string, unknown>;
  previousHash: string;
};

/** SHA-256 over the previous hash and everything the event says. */
export function hashOf(chained: Chained): string {
  const { stream, seq, kind, actorId, actorName, at, path, detail, previousHash } = chained;
  const text = JSON.stringify([
    previousHash,
    stream,
    seq,
    kind,
    actorId,
    actorName,
    at.getTime(),
    path,
    detail,
  ]);
  return createHash('sha256').update(text).digest('base64url');
}

type Head = { seq: number; hash: string };
const BEFORE_FIRST: Head = { seq: 0, hash: STREAM_START };

/** The last event of a stream, however long it is. */
async function headOf(tx: Tx, stream: string): Promise<Head> {
  const [head] = await prepared(tx, 'event.head', (db) =>
    db
      .select({ seq: event.seq, hash: event.hash })
      .from(event)
      .where(eq(event.stream, sql.placeholder('stream')))
      .orderBy(desc(event.seq))
      .limit(1),
  ).execute({ stream });
  return head ?? BEFORE_FIRST;
}

/** The last event of each stream that has one. */
async function headsOf(tx: Tx, streams: string[]): Promise<Map<string, Head>> {
  if (streams.length === 1) return new Map([[streams[0]!, await headOf(tx, streams[0]!)]]);
  const heads = await listByIds(tx, streams, (tx, size) =>
    prepared(tx, `event.heads.${size}`, (db) =>
      db
        .select({ stream: event.stream, seq: event.seq, hash: event.hash })
        .from(event)
        .where(
          and(
            inPlaces(event.stream, size),
            sql`${event.seq} = (select max(later.seq) from event as later where later.stream = ${event.stream})`,
          ),
        ),
    ),
  );
  return new Map(heads.map(({ stream, seq, hash }) => [stream, { seq, hash }]));
}

/** Adds one event to its stream and lets the followers act. See {@link recordMany}. */
export async function record<Detail extends Record<string, unknown>>(
  tx: Tx,
  happening: Happening<Detail>,
): Promise<void> {
  await recordMany(tx, [happening]);
}

/**
 * Adds events to their streams, each chained by hash to the one before, and lets the followers act on
 * them together. Throws when a stream is not among the abouts of the write: without that lock two writes
 * could chain to the same head.
 */
export async function recordMany(tx: Tx, happenings: Happening[]): Promise<void> {
  const streams = [...new Set(happenings.map(({ stream }) => stream))];
  for (const stream of streams)
    if (!tx.abouts.has(stream)) throw new Error(`record: the write does not hold ${stream}`);
  const heads = await headsOf(tx, streams);
  const rows: (typeof event.$inferSelect)[] = [];
  for (const { stream, kind, actor, at, path, detail } of happenings) {
    const head = heads.get(stream) ?? BEFORE_FIRST;
    const chained = {
      stream,
      seq: head.seq + 1,
      kind,
      actorId: actor.accountId,
      actorName: actor.name,
      at,
      path,
      detail,
      previousHash: head.hash,
    };
    const hash = hashOf(chained);
    heads.set(stream, { seq: chained.seq, hash });
    rows.push({ id: newId(), ...chained, hash });
  }
  await insertRows(tx, event, rows);
  await tellFollowers(tx, happenings);
}

async function tellFollowers(tx: Tx, happenings: Happening[]): Promise<void> {
  const byKind = Map.groupBy(happenings, (happening) => happening.kind);
  for (const [kind, some] of byKind)
    for (const follower of followers.get(kind) ?? []) await follower(tx, some);
}
