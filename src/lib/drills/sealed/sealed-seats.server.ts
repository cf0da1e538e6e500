import type { Actor } from '#lib/kernel/actor.ts';
import type { Db } from '#lib/server/db/open.ts';
import { loadRun } from '../runs/run-store.server.ts';
import { sealedByRun, sealedDrills } from './registry.server.ts';
import { maySeeRun } from './release-stage.ts';
import type { PlannedSeat } from './sealed-drill.ts';

/**
 * The actor's seat in the run of a sealed drill, or null: when there is none, and as long as the release
 * table does not tell this seat that there is a drill. A run that has not begun has no seats.
 */
export async function sealedSeat(actor: Actor, db: Db, runId: string): Promise<PlannedSeat | null> {
  const sealed = await sealedByRun(db, runId);
  const seat = sealed?.drill.seats.find(({ accountId }) => accountId === actor.accountId);
  if (!seat) return null;
  const loaded = await loadRun(db, runId);
  return loaded && maySeeRun(loaded.script, seat.roles, loaded.run) ? seat : null;
}

/** A line of 我的演练 for a drill that is still sealed. */
export type SealedSeatLine = {
  runId: string;
  title: string;
  place: string;
  startMs: number;
  roles: string[];
};

/** The sealed drills whose run the actor may see now. */
export async function listSealedSeats(actor: Actor, db: Db): Promise<(SealedSeatLine & { stage: string })[]> {
  const lines = [];
  for (const { drill } of await sealedDrills(db)) {
    if (drill.state !== 'running' || !drill.drawn) continue;
    const seat = await sealedSeat(actor, db, drill.runId);
    const loaded = seat && (await loadRun(db, drill.runId));
    if (!loaded) continue;
    lines.push({
      runId: drill.runId,
      title: drill.title,
      place: drill.drawn.place ?? '',
      startMs: drill.drawn.startMs,
      stage: loaded.row.stage,
      roles: drill.script.roles.filter(({ id }) => seat.roles.includes(id)).map(({ name }) => name),
    });
  }
  return lines;
}
