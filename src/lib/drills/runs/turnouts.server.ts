import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { drillSeat } from '#lib/server/db/schema/drills.ts';
import { refuseDeed } from './copy.ts';
import { entriesBetween, loadRun } from './run-store.server.ts';
import { findSeat } from './runs.server.ts';
import { groupsOf } from './seat.ts';
import { turnoutOf, type Turnout } from './turnout.ts';

const MEASURE = ['director', 'control', 'safety', 'evaluator'] as const;

/**
 * How fast the units of a run answered. For who steers or judges at any time, for the others when it is
 * over. Refused: 404 without a seat, 403 not_your_task for who plays or looks on before the end.
 */
export async function readTurnout(
  actor: Actor,
  runId: string,
): Promise<{ runId: string; title: string; turnout: Turnout }> {
  return await read(async (db) => {
    const seat = await findSeat(actor, db, runId);
    const { script, run, sealed } = (await loadRun(db, runId))!;
    const groups = groupsOf(script, seat);
    const isOver = !['lobby', 'running', 'paused'].includes(run.snapshot.stage);
    if (!isOver && !MEASURE.some((group) => groups.has(group))) throw refuseDeed('not_your_task');
    const seats =
      sealed?.drill.seats ?? (await db.select().from(drillSeat).where(eq(drillSeat.runId, runId)));
    const entries = await entriesBetween(db, runId, 0, run.seq);
    return { runId, title: script.meta.title, turnout: turnoutOf(script, entries, seats) };
  });
}
