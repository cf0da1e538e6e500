import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import { drill, drillEntry } from '#lib/server/db/schema/drills.ts';
import { eventStream } from '#lib/server/event-stream.ts';
import { faultFields, log as note } from '#lib/server/log.ts';
import { indexOf } from '../scripts/script-index.ts';
import type { Script } from '../scripts/script.ts';
import { refuseDeed } from './copy.ts';
import { cursorOf, seqOf } from './cursor.server.ts';
import { faceOf, type Face } from './face.ts';
import { behind, heldBack, looksOn, onlooker, OPENING_KINDS, type Standpoint } from './holding.ts';
import { followRun, type Written } from './run-bus.server.ts';
import type { Entry } from './run-log.ts';
import type { RunState } from './run-state.ts';
import { entriesBetween, loadRun, type LoadedRun } from './run-store.server.ts';
import type { Stage } from './run.machine.ts';
import { foldAll, type Run } from './run.ts';
import type { Clock } from './clock.ts';
import { findSeat } from './runs.server.ts';
import { isControl, type Seat } from './seat.ts';
import { slipsOf, type Slip } from './slips.ts';
import { show, viewerOf, type Context, type Shown, type Viewer } from './visible.ts';

/** What a seat's screen begins with. Live, it goes on from `cursor`. */
export type Desk = {
  runId: string;
  standpoint: Standpoint;
  seat: { id: string; name: string; roles: readonly string[]; groups: string[] };
  face: Face;
  shown: Shown[];
  cursor: string;
  stage: Stage;
  clock: Clock;
  /** The server's time, to show how far the screen's clock is off. */
  nowMs: number;
};

type View = { seat: Seat; viewer: Viewer; loaded: LoadedRun; delayMs: number };

/** From where the actor sees the run. Refused: 404 without a seat. */
async function viewOf(actor: Actor, db: Db, runId: string, standpoint: Standpoint): Promise<View> {
  const seat = await findSeat(actor, db, runId);
  const loaded = (await loadRun(db, runId))!;
  const viewer = standpoint === 'wall' ? onlooker(seat) : viewerOf(loaded.script, seat);
  return { seat, viewer, loaded, delayMs: looksOn(viewer) ? await delayMsOf(actor, db, loaded) : 0 };
}

/** By how much those who look on are behind; nothing once there is nothing to keep back. */
async function delayMsOf(_actor: Actor, db: Db, { row, sealed }: LoadedRun): Promise<number> {
  if (row.stage !== 'running' && row.stage !== 'paused') return 0;
  if (sealed) {
    const entries = await entriesBetween(db, row.id, 0, row.seq);
    const isOpened = entries.some(({ body }) => OPENING_KINDS.includes(body.kind));
    return isOpened ? 0 : sealed.drill.observerDelaySeconds * 1000;
  }
  const [opened] = await db
    .select({ seq: drillEntry.seq })
    .from(drillEntry)
    .where(and(eq(drillEntry.runId, row.id), inArray(drillEntry.kind, [...OPENING_KINDS])))
    .limit(1);
  if (opened) return 0;
  const [planned] = await db
    .select({ seconds: drill.observerDelaySeconds })
    .from(drill)
    .where(eq(drill.id, row.drillId));
  return (planned?.seconds ?? 0) * 1000;
}

/** The desk of the actor's seat, or the wall. Refused: 404 without a seat. */
export async function readDesk(
  actor: Actor,
  runId: string,
  now: Date,
  standpoint: Standpoint = 'seat',
): Promise<Desk> {
  return await read(async (db) => {
    const { seat, viewer, loaded, delayMs } = await viewOf(actor, db, runId, standpoint);
    const log = await entriesBetween(db, runId, 0, loaded.row.seq);
    const { seen } = heldBack(log, delayMs, now.getTime());
    const entries = log.slice(0, seen);
    // What is held back must not shine through the map, the papers or the stage either.
    const run = seen === log.length ? loaded.run : foldAll(loaded.script, entries);
    return {
      runId,
      standpoint,
      seat: { id: seat.id, name: seat.name, roles: viewer.seat.roles, groups: [...viewer.groups] },
      face: faceOf(loaded.script, viewer, run.snapshot.state),
      shown: shownOf(entries, viewer, { ...loaded, run }, log, delayMs),
      cursor: cursorOf(runId, run.seq),
      stage: run.snapshot.stage,
      clock: clockOf(run, delayMs),
      nowMs: now.getTime(),
    };
  });
}

/**
 * The part of the script that the actor's seat, or the wall, may see by now: asked for anew when something
 * has come into sight. Refused: 404 without a seat.
 */
export async function readFace(
  actor: Actor,
  runId: string,
  now: Date,
  standpoint: Standpoint = 'seat',
): Promise<Face> {
  return await read(async (db) => {
    const { viewer, loaded, delayMs } = await viewOf(actor, db, runId, standpoint);
    const log = delayMs > 0 ? await entriesBetween(db, runId, 0, loaded.row.seq) : [];
    const { seen } = heldBack(log, delayMs, now.getTime());
    const run = seen === log.length ? loaded.run : foldAll(loaded.script, log.slice(0, seen));
    return faceOf(loaded.script, viewer, run.snapshot.state);
  });
}

/** The clock as a screen counts from it: behind for those who look on, still after the end. */
function clockOf({ clock, snapshot: { state, stage } }: Run, delayMs: number): Clock {
  if (stage !== 'lobby' && !state.on) return { ...clock, running: false, exMs: state.atMs };
  return { ...clock, wallMs: clock.wallMs + delayMs };
}

function shownOf(
  entries: readonly Entry[],
  viewer: Viewer,
  loaded: LoadedRun,
  log: readonly Entry[],
  delayMs: number,
): Shown[] {
  const { state, stage }: { state: RunState; stage: Stage } = loaded.run.snapshot;
  const context: Context = {
    script: loaded.script,
    state,
    stage,
    entryAt: (seq) => log.find((entry) => entry.seq === seq),
  };
  return entries.flatMap((entry) => {
    const shown = show(behind(entry, delayMs), viewer, context);
    return shown ? [{ id: cursorOf(loaded.row.id, entry.seq), ...shown }] : [];
  });
}

/** The injects of a run on paper. Refused: 404 without a seat, 403 for who does not run the drill. */
export async function readSlips(
  actor: Actor,
  runId: string,
): Promise<{ title: string; marking: string; scenarioStart: string; script: Script; slips: Slip[] }> {
  return await read(async (db) => {
    const seat = await findSeat(actor, db, runId);
    const { script, run } = (await loadRun(db, runId))!;
    if (!isControl(script, seat)) throw refuseDeed('not_your_task');
    const { meta, safety, clock } = script;
    return {
      title: meta.title,
      marking: safety.marking,
      scenarioStart: clock.scenarioStart,
      script,
      slips: slipsOf(run.snapshot.state, indexOf(script)),
    };
  });
}

/** What a seat may see after a place in the log, for screens that cannot hold a stream. Refused: 404 without a seat. */
export async function readEntries(
  actor: Actor,
  runId: string,
  cursor: string | null,
  now: Date,
  standpoint: Standpoint = 'seat',
): Promise<{ shown: Shown[]; cursor: string }> {
  return await read(async (db) => {
    const { viewer, loaded, delayMs } = await viewOf(actor, db, runId, standpoint);
    const from = seqOf(runId, cursor);
    const found = await entriesBetween(db, runId, from, loaded.row.seq);
    const entries = found.slice(0, heldBack(found, delayMs, now.getTime()).seen);
    const log = await namedEntries(loaded, entries);
    return {
      shown: shownOf(entries, viewer, loaded, log, delayMs),
      cursor: cursorOf(runId, entries.at(-1)?.seq ?? from),
    };
  });
}

/** Entries together with those they point at. */
async function namedEntries({ row }: LoadedRun, entries: readonly Entry[]): Promise<readonly Entry[]> {
  const named = entries.flatMap(({ body }) => (body.kind === 'curated' ? [body.entry] : []));
  if (named.length === 0) return entries;
  const found = await read((db) => entriesBetween(db, row.id, Math.min(...named) - 1, Math.max(...named)));
  return [...found, ...entries];
}

/**
 * Everything the actor's seat may see after a place in the log, as it happens; those who look on get it when
 * it is as old as the drill says. A frame carries the cursor of its last entry, so that a reader that comes
 * back misses nothing and gets nothing twice; what he may not see makes no frame. Refused: 404 without a seat.
 */
export async function streamRun(
  actor: Actor,
  runId: string,
  cursor: string | null,
  standpoint: Standpoint = 'seat',
): Promise<Response> {
  const view = await read((db) => viewOf(actor, db, runId, standpoint));
  return eventStream((send, end) => {
    let seq = seqOf(runId, cursor);
    let { delayMs } = view;
    let work = Promise.resolve();
    let alarm: ReturnType<typeof setTimeout> | undefined;
    const tell = async (written: Written | null) => {
      const next = written && written.entries[0]?.seq === seq + 1 ? written : await missed(runId, seq);
      if (next.entries.some(({ body }) => OPENING_KINDS.includes(body.kind))) delayMs = 0;
      const { seen, nextAtMs } = heldBack(next.entries, delayMs, Date.now());
      clearTimeout(alarm);
      if (nextAtMs !== null) alarm = setTimeout(() => follow(null), Math.max(50, nextAtMs - Date.now()));
      const entries = next.entries.slice(0, seen);
      if (entries.length === 0) return;
      const log = await namedEntries(next.loaded, entries);
      const shown = shownOf(entries, view.viewer, next.loaded, log, delayMs);
      seq = entries.at(-1)!.seq;
      if (shown.length > 0) send({ id: cursorOf(runId, seq), data: JSON.stringify(shown) });
    };
    const follow = (written: Written | null) => {
      // One after the other: a frame that overtook another would be folded in the wrong order.
      work = work
        .then(() => (written && written.entries.at(-1)!.seq <= seq ? undefined : tell(written)))
        .catch((reason: unknown) => {
          // A frame that could not be made would be missing for ever: the reader comes back for it.
          note('error', 'run stream', faultFields(reason));
          end();
        });
    };
    const unfollow = followRun(runId, follow);
    follow(null);
    return () => {
      clearTimeout(alarm);
      unfollow();
    };
  });
}

async function missed(runId: string, afterSeq: number): Promise<Written> {
  return await read(async (db) => {
    const loaded = (await loadRun(db, runId))!;
    return { loaded, entries: await entriesBetween(db, runId, afterSeq, loaded.row.seq) };
  });
}
