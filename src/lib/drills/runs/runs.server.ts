import { and, eq, gt, isNotNull, lte, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { prepared, read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { drillEntry, drillRun, drillSeat } from '#lib/server/db/schema/drills.ts';
import { followStage, movesStage } from '../evaluation/stages.server.ts';
import { exerciseMs } from './clock.ts';
import { sealedSeat } from '../sealed/sealed-seats.server.ts';
import { sealedDrills } from '../sealed/registry.server.ts';
import { maskOf } from '../sealed/sealed-rows.server.ts';
import { SEALED } from '../sealed/slots.server.ts';
import { refuseDeed } from './copy.ts';
import { answerDeed } from './deed.ts';
import { tellRun, type Written } from './run-bus.server.ts';
import type { Deed, RunCommand } from './run-command.ts';
import type { Entry } from './run-log.ts';
import { loadRun, storeEntries, type LoadedRun } from './run-store.server.ts';
import { append, catchUp, recover, wakesAtWall, type Run } from './run.ts';
import type { Seat } from './seat.ts';
import { changesLockedSheet } from './sheet-lock.server.ts';

/** Without a sign of life for so long, the service was away: the exercise clock stood meanwhile. */
export const AWAY_MS = 10_000;

/** The actor's seat in a run. Refused: 404 when there is none, for the run as for a run that does not exist. */
export async function findSeat(actor: Actor, db: Db, runId: string): Promise<Seat> {
  const [row] = await prepared(db, 'run.seat', (tx) =>
    tx
      .select()
      .from(drillSeat)
      .where(
        and(eq(drillSeat.runId, sql.placeholder('run')), eq(drillSeat.accountId, sql.placeholder('account'))),
      ),
  ).execute({ run: runId, account: actor.accountId ?? '' });
  const seat = row ?? (await sealedSeat(actor, db, runId));
  if (!seat) throw refuseDeed('no_such_part');
  return { id: seat.id, roles: seat.roles, name: seat.name };
}

/**
 * Does what a seat asks: first everything that time has brought up, then the deed, all in one write. A
 * command sent again is answered as before and done once. Answers its place in the log. Refused
 * with the codes of ./copy.ts; 404 for a run that is not the actor's.
 */
export async function commandRun(
  actor: Actor,
  runId: string,
  command: RunCommand,
  now: Date,
): Promise<{ seq: number }> {
  const abouts = await aboutsOf(actor, runId, command.deed);
  const written = await write(abouts, async (tx) => {
    const seat = await findSeat(actor, tx, runId);
    return await obey(actor, tx, runId, seat, command, now);
  });
  if (written.told) tellRun(runId, written.told);
  return { seq: written.seq };
}

/** What a deed decides about: the run, and the drill (and the slots it may lie in) too where its stage moves. */
export async function aboutsOf(_actor: Actor, runId: string, { kind }: Deed): Promise<string[]> {
  if (!movesStage(kind)) return [`run:${runId}`];
  const [row] = await read((db) =>
    db.select({ drillId: drillRun.drillId }).from(drillRun).where(eq(drillRun.id, runId)),
  );
  return row ? [`run:${runId}`, `drill:${row.drillId}`, SEALED] : [`run:${runId}`];
}

/**
 * Does a deed inside a write that holds {@link aboutsOf}: what time has brought up, the deed, and what
 * follows for the drill when its stage moves. `told` goes to {@link tellRun} after the commit.
 */
export async function obey(
  actor: Actor,
  tx: Tx,
  runId: string,
  seat: Omit<Seat, 'id'> & { id: string | null },
  command: RunCommand,
  now: Date,
): Promise<{ seq: number; told: Written | null }> {
  const loaded = (await loadRun(tx, runId))!;
  const { sealed } = loaded;
  const done = await findDone(tx, runId, sealed ? maskOf(sealed.key, command.id) : command.id);
  if (done !== null) return { seq: done, told: null };
  if (await changesLockedSheet(tx, loaded, seat.id, command.deed)) throw refuseDeed('sheet_locked');
  const before = bringUp(loaded, now.getTime());
  const answer = answerDeed(loaded.script, before.run, seat, command.role, command.deed, now.getTime());
  if ('refusal' in answer) throw refuseDeed(answer.refusal);
  const when = { atMs: exerciseMs(before.run.clock, now.getTime()), wallMs: now.getTime() };
  const author = { seat: seat.id, role: command.role, command: command.id };
  const deed = append(loaded.script, before.run, answer.body, author, when);
  const after = catchUp(loaded.script, deed.run, now.getTime());
  const told = await commit(
    tx,
    loaded,
    after.run,
    [...before.entries, ...deed.entries, ...after.entries],
    now,
  );
  if (after.run.snapshot.stage !== loaded.run.snapshot.stage && movesStage(command.deed.kind))
    await followStage(actor, tx, loaded, after.run, now);
  return { seq: deed.entries[0]!.seq, told };
}

async function findDone(tx: Tx, runId: string, commandId: string): Promise<number | null> {
  const [row] = await prepared(tx, 'run.done', (db) =>
    db
      .select({ seq: drillEntry.seq })
      .from(drillEntry)
      .where(
        and(
          eq(drillEntry.runId, sql.placeholder('run')),
          eq(drillEntry.commandId, sql.placeholder('command')),
        ),
      ),
  ).execute({ run: runId, command: commandId });
  return row?.seq ?? null;
}

/** The run at this moment: after an absence of the service, or simply later. */
function bringUp({ row, script, run }: LoadedRun, nowMs: number): { run: Run; entries: Entry[] } {
  const isAway = row.isTicking && nowMs - row.signAt.getTime() > AWAY_MS;
  return isAway ? recover(script, run, row.signAt.getTime(), nowMs) : catchUp(script, run, nowMs);
}

async function commit(tx: Tx, loaded: LoadedRun, run: Run, entries: Entry[], now: Date): Promise<Written> {
  const hash = await storeEntries(tx, loaded, entries, run, now);
  const row = { ...loaded.row, seq: run.seq, hash, stage: run.snapshot.stage };
  return { loaded: { ...loaded, row, run }, entries };
}

/** Lets time do its work on a run: what the loop calls when a run's moment has come. */
export async function tickRun(_system: Actor, runId: string, now: Date, isAway = false): Promise<void> {
  const told = await write(`run:${runId}`, async (tx) => {
    const loaded = await loadRun(tx, runId);
    if (!loaded) return null;
    const nowMs = now.getTime();
    const { run, entries } = isAway
      ? recover(loaded.script, loaded.run, loaded.row.signAt.getTime(), nowMs)
      : bringUp(loaded, nowMs);
    return entries.length > 0 ? await commit(tx, loaded, run, entries, now) : null;
  });
  if (told) tellRun(runId, told);
}

/** Runs whose next moment has come. Those of sealed drills have no moment in their row: they are asked. */
export async function dueRuns(_system: Actor, now: Date): Promise<string[]> {
  return await read(async (db) => {
    const rows = await prepared(db, 'run.due', (each) =>
      each
        .select({ id: drillRun.id })
        .from(drillRun)
        .where(and(isNotNull(drillRun.wakeAt), lte(drillRun.wakeAt, sql.placeholder('now')))),
    ).execute({ now: now.getTime() });
    const due = rows.map(({ id }) => id);
    for (const { drill } of await sealedDrills(db)) {
      const loaded = drill.state === 'running' ? await loadRun(db, drill.runId) : null;
      const wakeMs = loaded && wakesAtWall(loaded.script, loaded.run);
      if (wakeMs !== null && wakeMs <= now.getTime()) due.push(drill.runId);
    }
    return due;
  });
}

/** Runs whose clock was running and whose server has given no sign since. */
export async function abandonedRuns(_system: Actor, now: Date, silentMs: number): Promise<string[]> {
  const rows = await read((db) =>
    db
      .select({ id: drillRun.id })
      .from(drillRun)
      .where(and(eq(drillRun.isTicking, true), lte(drillRun.signAt, new Date(now.getTime() - silentMs)))),
  );
  return rows.map(({ id }) => id);
}

/** The sign of life of all running clocks: one statement, whatever their number. */
export async function signRuns(_system: Actor, now: Date): Promise<void> {
  await write('runs:sign', async (tx) => {
    await tx
      .update(drillRun)
      .set({ signAt: now })
      .where(and(eq(drillRun.isTicking, true), gt(drillRun.signAt, new Date(now.getTime() - AWAY_MS))));
  });
}
