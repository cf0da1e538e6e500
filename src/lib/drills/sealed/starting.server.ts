import type { Actor } from '#lib/kernel/actor.ts';
import { read, write, type Tx } from '#lib/server/db/open.ts';
import { drillRun } from '#lib/server/db/schema/drills.ts';
import type { Entry, EntryBody } from '../runs/run-log.ts';
import { ENGINE, loadRun, storeEntries } from '../runs/run-store.server.ts';
import { append, catchUp, CLOCKWORK } from '../runs/run.ts';
import { sealedById, sealedDrills } from './registry.server.ts';
import type { SealedDrill } from './sealed-drill.ts';
import { maskOf, SEALED_WORD } from './sealed-rows.server.ts';
import { tellSealed } from './sealed-stream.server.ts';
import { changeSealed, SEALED, type Opened } from './slots.server.ts';

/** A start found so late (the service was away) is not made good by itself: the director decides. */
export const LATE_MS = 10 * 60_000;

/** Opens the runs of sealed drills whose drawn minute has come. The minute stands nowhere but in the slot. */
export async function startDueSealed(system: Actor, now: Date): Promise<void> {
  for (const { drill } of await read(sealedDrills))
    if (isDue(drill, now)) await startSealed(system, drill.id, now);
}

function isDue({ state, drawn }: SealedDrill, now: Date): boolean {
  return state === 'waiting' && drawn !== null && drawn.startMs <= now.getTime();
}

async function startSealed(system: Actor, drillId: string, now: Date): Promise<void> {
  const runId = await read(async (db) => (await sealedById(db, drillId))?.drill.runId);
  if (!runId) return;
  await write([SEALED, `drill:${drillId}`, `run:${runId}`], async (tx) => {
    const found = await sealedById(tx, drillId);
    // Another process may have been quicker, or the director has called it off.
    if (!found || !isDue(found.drill, now)) return;
    const running = tellSealed(system, { ...found.drill, state: 'running' as const }, 'opened_run', {}, now);
    await changeSealed(tx, drillId, running);
    await openRun(tx, { ...found, drill: running }, now);
  });
}

/** A run whose row says nothing: its first entries are who sits where and, if the drill says so, the start. */
async function openRun(tx: Tx, { key, drill }: Opened, now: Date): Promise<void> {
  await tx.insert(drillRun).values({
    ...{ id: drill.runId, drillId: drill.id, engine: ENGINE, seq: 0, snapshotSeq: 0, snapshot: null },
    ...{ scriptVersionId: SEALED_WORD, scriptHash: SEALED_WORD, stage: SEALED_WORD, hash: maskOf(key, '') },
    ...{ isTicking: false, wakeAt: null, signAt: now, createdAt: now },
  });
  const loaded = (await loadRun(tx, drill.runId))!;
  const { script } = loaded;
  const nowMs = now.getTime();
  let { run } = loaded;
  const entries: Entry[] = [];
  const add = (body: EntryBody) => {
    const written = append(script, run, body, CLOCKWORK, { atMs: 0, wallMs: nowMs });
    run = written.run;
    entries.push(...written.entries);
  };
  for (const { accountId, roles, name } of drill.seats)
    add({ kind: 'seated', account: accountId, roles, name });
  if (drill.startsItself && nowMs - drill.drawn!.startMs <= LATE_MS) {
    add({ kind: 'started', clock: { ...run.clock, running: true, exMs: 0, wallMs: nowMs } });
    const after = catchUp(script, run, nowMs);
    run = after.run;
    entries.push(...after.entries);
  }
  await storeEntries(tx, loaded, entries, run, now);
}
