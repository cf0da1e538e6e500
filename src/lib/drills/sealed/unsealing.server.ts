import { randomUUID } from 'node:crypto';
import { and, asc, count, eq, gte, like, lt, or } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { insertRows } from '#lib/server/db/bulk.ts';
import type { Tx } from '#lib/server/db/open.ts';
import { event } from '#lib/server/db/schema/events.ts';
import {
  drill,
  drillEntry,
  drillRun,
  drillScript,
  drillSeat,
  scriptVersion,
} from '#lib/server/db/schema/drills.ts';
import { drillSecrecy } from '#lib/server/db/schema/sealed.ts';
import { daySeed } from '#lib/server/keys.ts';
import { drillStateOf } from '../evaluation/drill-state.ts';
import type { Stage } from '../runs/run.machine.ts';
import { clearRow, type LoadedRun } from '../runs/run-store.server.ts';
import { commitmentOf } from './commitments.server.ts';
import type { SealedDrill } from './sealed-drill.ts';
import { openEntry } from './sealed-rows.server.ts';
import { tellSealed } from './sealed-stream.server.ts';
import { secrecyOf, type LeakHint } from './secrecy.ts';
import { changeSealed, type Opened } from './slots.server.ts';

/** A stage of a sealed run goes to the drill's own stream: the table of events is read by others. */
export async function noteStage(
  actor: Actor,
  tx: Tx,
  { drill: sealed }: Opened,
  stage: Stage,
  now: Date,
): Promise<void> {
  await changeSealed(tx, sealed.id, tellSealed(actor, sealed, 'stage_moved', { stage }, now));
}

/**
 * Ends the secret: drill, script, seats and log are written in the clear as those of any drill, the report
 * gets its part on secrecy, and the slot is empty again. The hashes of the log were taken over what it says,
 * so its chain stays whole. `stage` is where the run stands after its last entry; answered is the run as it
 * was loaded, no longer sealed.
 */
export async function unseal(
  actor: Actor,
  tx: Tx,
  loaded: LoadedRun,
  { key, drill: before }: Opened,
  stage: Stage,
  now: Date,
): Promise<LoadedRun> {
  const sealed = tellSealed(actor, before, 'unsealed', {}, now);
  const scriptVersionId = await storeScript(tx, sealed, now);
  const hash = await storeLog(tx, loaded.row.id, key);
  await tx.insert(drill).values(drillRow(sealed, scriptVersionId, stage));
  await insertRows(
    tx,
    drillSeat,
    sealed.seats.map(({ seatedAt, ...seat }) => ({
      ...{ ...seat, runId: sealed.runId, seatedAt: new Date(seatedAt) },
    })),
  );
  const clear = {
    ...{ scriptVersionId, scriptHash: sealed.scriptHash, stage, hash },
    ...{ wakeAt: null, snapshot: null, snapshotSeq: 0 },
  };
  await tx.update(drillRun).set(clear).where(eq(drillRun.id, sealed.runId));
  await storeSecrecy(tx, sealed);
  await changeSealed(tx, sealed.id, null);
  const { script, run } = loaded;
  return { row: { ...loaded.row, ...clear, hash: loaded.row.hash }, script, run };
}

async function storeScript(tx: Tx, sealed: SealedDrill, now: Date): Promise<string> {
  const scriptId = randomUUID();
  const id = randomUUID();
  const body = sealed.script as unknown as Record<string, unknown>;
  await tx.insert(drillScript).values({
    ...{ id: scriptId, divisionId: sealed.divisionId, path: sealed.path, title: sealed.script.meta.title },
    ...{
      draft: body,
      revision: 1,
      isModel: false,
      archivedAt: null,
      updatedBy: sealed.createdBy,
      updatedAt: now,
    },
  });
  await tx.insert(scriptVersion).values({
    ...{ id, scriptId, number: 1, hash: sealed.scriptHash, body },
    ...{ publishedBy: sealed.createdBy, publishedAt: now },
  });
  return id;
}

/** The one time entries are written again: their words come out, their hashes are those they always had. */
async function storeLog(tx: Tx, runId: string, key: Buffer): Promise<string> {
  const rows = await tx
    .select()
    .from(drillEntry)
    .where(eq(drillEntry.runId, runId))
    .orderBy(asc(drillEntry.seq));
  let previousHash = '';
  const clear = rows.map((row) => {
    const { entry, hash } = openEntry(key, row);
    const opened = clearRow(runId, entry, previousHash, hash);
    previousHash = hash;
    return opened;
  });
  await tx.delete(drillEntry).where(eq(drillEntry.runId, runId));
  await insertRows(tx, drillEntry, clear as (typeof drillEntry.$inferSelect)[]);
  return previousHash;
}

function drillRow(sealed: SealedDrill, scriptVersionId: string, stage: Stage): typeof drill.$inferInsert {
  const { id, divisionId, path, title, script, drawn, observerDelaySeconds } = sealed;
  return {
    ...{ id, divisionId, path, title, scriptVersionId, observerDelaySeconds },
    form: script.drill.form,
    content: script.drill.content,
    notice: script.blind.notice,
    plannedOn: dayOf(new Date(drawn?.startMs ?? sealed.createdAt)),
    place: [drawn?.unit, drawn?.place].filter(Boolean).join(' '),
    state: drillStateOf(stage),
    createdBy: sealed.createdBy,
    createdAt: new Date(sealed.createdAt),
  };
}

async function storeSecrecy(tx: Tx, sealed: SealedDrill): Promise<void> {
  const day = sealed.drawn?.commitmentDay;
  const proof = day ? { seed: daySeed(day), commitment: commitmentOf(day).hash } : null;
  const body = secrecyOf(sealed, proof, await leakHints(tx, sealed));
  await tx
    .insert(drillSecrecy)
    .values({ drillId: sealed.id, body: body as unknown as Record<string, unknown> });
}

/** What happened at the place between draw and start, beside as long a time before the draw. */
async function leakHints(tx: Tx, { path, drawn }: SealedDrill): Promise<LeakHint[]> {
  if (!drawn) return [];
  const streams = { plans: ['plan:%'], people: ['person:%', 'organization:%'] } as const;
  const hints: LeakHint[] = [];
  for (const kind of ['plans', 'people'] as const) {
    const between = async (fromMs: number, untilMs: number) => {
      const [row] = await tx
        .select({ count: count() })
        .from(event)
        .where(
          and(
            gte(event.at, new Date(fromMs)),
            lt(event.at, new Date(untilMs)),
            like(event.path, `${path}%`),
            or(...streams[kind].map((pattern) => like(event.stream, pattern))),
          ),
        );
      return row!.count;
    };
    const span = drawn.startMs - drawn.at;
    hints.push({
      kind,
      before: await between(drawn.at, drawn.startMs),
      usual: await between(drawn.at - span, drawn.at),
    });
  }
  return hints;
}
