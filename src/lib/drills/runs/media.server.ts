import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { drill, drillRun, drillSeat } from '#lib/server/db/schema/drills.ts';
import { storeFile } from '#lib/server/storage.ts';
import { mayKeepDrills } from '../policy.ts';
import { sealedByRun } from '../sealed/registry.server.ts';
import { refuseDeed } from './copy.ts';
import { loadRun } from './run-store.server.ts';
import { findSeat } from './runs.server.ts';
import { groupsOf } from './seat.ts';

/** A photo of a phone, or some minutes of speech. */
export const MEDIA_BYTES_MAX = 50 * 1_048_576;

const MAY_RECORD = ['evaluator', 'director', 'control', 'safety'] as const;

/**
 * Takes a photo or a recording of somebody who watches a run, for an observation to name. `take` reads it
 * from the request, only once it is known that the seat may send one. Refused: 404 without a seat, 403
 * not_your_task for who plays, 409 not_running before the start and once archived, 400 unreadable without
 * a file; file_too_large, file_empty.
 */
export async function storeRunMedia(
  actor: Actor,
  runId: string,
  take: () => Promise<File | null>,
  now: Date,
): Promise<{ id: string }> {
  const { seat, path } = await read(async (db) => {
    const found = await findSeat(actor, db, runId);
    const { script, run, row } = (await loadRun(db, runId))!;
    const groups = groupsOf(script, found);
    if (!MAY_RECORD.some((group) => groups.has(group))) throw refuseDeed('not_your_task');
    const { stage } = run.snapshot;
    if (stage === 'lobby' || stage === 'archived') throw refuseDeed('not_running');
    const [of] = await db.select().from(drill).where(eq(drill.id, row.drillId));
    // A sealed drill has no row yet, and its place is not for the list of files.
    return { seat: found, path: of?.path ?? '' };
  });
  const file = await take();
  if (!file) throw refuseDeed('unreadable');
  const about = `run:${runId}/${seat.id}`;
  const origin = { about, path, byAccount: actor.accountId ?? '', now };
  const { id } = await storeFile(file, MEDIA_BYTES_MAX, origin);
  return { id };
}

/**
 * Whether an actor may see what was photographed or recorded in a run: who made it, the control group, and
 * whoever keeps the drill. Another evaluator's pictures would pull one's own marks along.
 */
export async function mayReadRunFiles(actor: Actor, about: string): Promise<boolean> {
  const [runId = '', seatId = ''] = about.slice('run:'.length).split('/');
  return await read(async (db) => {
    const [kept] = await db
      .select({ path: drill.path })
      .from(drillRun)
      .innerJoin(drill, eq(drill.id, drillRun.drillId))
      .where(eq(drillRun.id, runId));
    const sealed = kept ? null : await sealedByRun(db, runId);
    if (!kept && !sealed) return false;
    if (kept && mayKeepDrills(actor, kept)) return true;
    const seats =
      sealed?.drill.seats ?? (await db.select().from(drillSeat).where(eq(drillSeat.runId, runId)));
    const own = seats.find(({ accountId }) => actor.accountId !== null && accountId === actor.accountId);
    if (!own) return false;
    const { script } = (await loadRun(db, runId))!;
    const groups = groupsOf(script, { id: own.id, roles: own.roles, name: own.name });
    return own.id === seatId || groups.has('director') || groups.has('control');
  });
}
