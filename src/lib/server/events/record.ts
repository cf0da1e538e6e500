import { createHash } from 'node:crypto';
import { desc, eq, sql } from 'drizzle-orm';
import type { FollowedDetails, FollowedKind, Happening } from '#lib/kernel/happening.ts';
import { prepared, type Tx } from '#lib/server/db/open.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { newId } from '#lib/server/id.ts';
import { inSlices } from '#lib/server/db/slices.ts';

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

async function headOf(tx: Tx, stream: string): Promise<{ seq: number; hash: string }> {
  const [head] = await prepared(tx, 'event.head', (db) =>
    db
      .select({ seq: event.seq, hash: event.hash })
      .from(event)
      .where(eq(event.stream, sql.placeholder('stream')))
      .orderBy(desc(event.seq))
      .limit(1),
  ).execute({ stream });
  return head ?? { seq: 0, hash: STREAM_START };
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
  const heads = new Map<string, { seq: number; hash: string }>();
  const rows: (typeof event.$inferInsert)[] = [];
  for (const { stream, kind, actor, at, path, detail } of happenings) {
    if (!tx.abouts.has(stream)) throw new Error(`record: the write does not hold ${stream}`);
    const head = heads.get(stream) ?? (await headOf(tx, stream));
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
  await insertEvents(tx, rows);
  await tellFollowers(tx, happenings);
}

async function insertEvents(tx: Tx, rows: (typeof event.$inferInsert)[]): Promise<void> {
  if (rows.length === 1) {
    await prepared(tx, 'event.insert', (db) =>
      db.insert(event).values({
        id: sql.placeholder('id'),
        stream: sql.placeholder('stream'),
        seq: sql.placeholder('seq'),
        kind: sql.placeholder('kind'),
        actorId: sql.placeholder('actorId'),
        actorName: sql.placeholder('actorName'),
        at: sql.placeholder('at'),
        path: sql.placeholder('path'),
        detail: sql.placeholder('detail'),
        previousHash: sql.placeholder('previousHash'),
        hash: sql.placeholder('hash'),
      }),
    ).execute(rows[0]!);
    return;
  }
  for (const slice of inSlices(rows)) await tx.insert(event).values(slice);
}

async function tellFollowers(tx: Tx, happenings: Happening[]): Promise<void> {
  const byKind = Map.groupBy(happenings, (happening) => happening.kind);
  for (const [kind, some] of byKind)
    for (const follower of followers.get(kind) ?? []) await follower(tx, some);
}
