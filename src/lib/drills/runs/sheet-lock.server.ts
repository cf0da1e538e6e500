import { and, eq } from 'drizzle-orm';
import type { Tx } from '#lib/server/db/open.ts';
import { drillEntry } from '#lib/server/db/schema/drills.ts';
import type { Deed } from './run-command.ts';
import { entriesBetween, type LoadedRun } from './run-store.server.ts';

/** Whether a deed would change a sheet that its own evaluator has handed in. What is settled later is moderation. */
export async function changesLockedSheet(
  tx: Tx,
  { row: { id: runId, seq }, sealed }: LoadedRun,
  seatId: string | null,
  deed: Deed,
): Promise<boolean> {
  if (deed.kind !== 'answer' || seatId === null) return false;
  if (sealed) {
    const entries = await entriesBetween(tx, runId, 0, seq);
    return entries.some(
      ({ seat, body }) => seat === seatId && body.kind === 'locked' && body.sheet === deed.sheet,
    );
  }
  const rows = await tx
    .select({ body: drillEntry.body })
    .from(drillEntry)
    .where(and(eq(drillEntry.runId, runId), eq(drillEntry.seatId, seatId), eq(drillEntry.kind, 'locked')));
  return rows.some(({ body }) => body['sheet'] === deed.sheet);
}
