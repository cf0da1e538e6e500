import type { Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { eventStream } from '#lib/server/event-stream.ts';
import { cursorOf, seqOf } from './cursor.server.ts';
import { faceOf, type Face } from './face.ts';
import { followRun, type Written } from './run-bus.server.ts';
import type { Entry } from './run-log.ts';
import { entriesBetween, loadRun, type LoadedRun } from './run-store.server.ts';
import type { Stage } from './run.machine.ts';
import type { Clock } from './clock.ts';
import { findSeat } from './runs.server.ts';
import { show, viewerOf, type Context, type Shown, type Viewer } from './visible.ts';

/** What a seat's screen begins with. Live, it goes on from `cursor`. */
export type Desk = {
  runId: string;
  seat: { id: string; name: string; roles: readonly string[]; groups: string[] };
  face: Face;
  shown: Shown[];
  cursor: string;
  stage: Stage;
  clock: Clock;
  /** The server's time, to show how far the screen's clock is off. */
  nowMs: number;
};

/** The desk of the actor's seat. Refused: 404 without one. */
export async function readDesk(actor: Actor, runId: string, now: Date): Promise<Desk> {
  return await read(async (db) => {
    const seat = await findSeat(actor, db, runId);
    const loaded = (await loadRun(db, runId))!;
    const viewer = viewerOf(loaded.script, seat);
    const entries = await entriesBetween(db, runId, 0, loaded.row.seq);
    return {
      runId,
      seat: { id: seat.id, name: seat.name, roles: seat.roles, groups: [...viewer.groups] },
      face: faceOf(loaded.script, viewer, loaded.run.snapshot.state),
      shown: shownOf(entries, viewer, loaded, entries),
      cursor: cursorOf(runId, loaded.row.seq),
      stage: loaded.run.snapshot.stage,
      clock: loaded.run.clock,
      nowMs: now.getTime(),
    };
  });
}

function shownOf(
  entries: readonly Entry[],
  viewer: Viewer,
  loaded: LoadedRun,
  log: readonly Entry[],
): Shown[] {
  const { state, stage } = loaded.run.snapshot;
  const context: Context = {
    script: loaded.script,
    state,
    stage,
    entryAt: (seq) => log.find((entry) => entry.seq === seq),
  };
  return entries.flatMap((entry) => show(entry, viewer, context) ?? []);
}

/** What a seat may see after a place in the log, for screens that cannot hold a stream. Refused: 404 without a seat. */
export async function readEntries(
  actor: Actor,
  runId: string,
  cursor: string | null,
): Promise<{ shown: Shown[]; cursor: string }> {
  return await read(async (db) => {
    const seat = await findSeat(actor, db, runId);
    const loaded = (await loadRun(db, runId))!;
    const entries = await entriesBetween(db, runId, seqOf(runId, cursor), loaded.row.seq);
    const log = await namedEntries(loaded, entries);
    return {
      shown: shownOf(entries, viewerOf(loaded.script, seat), loaded, log),
      cursor: cursorOf(runId, loaded.row.seq),
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
 * Everything the actor's seat may see after a place in the log, as it happens. A frame carries the cursor of
 * its last entry, so that a reader that comes back misses nothing and gets nothing twice; what he may not
 * see makes no frame. Refused: 404 without a seat.
 */
export async function streamRun(actor: Actor, runId: string, cursor: string | null): Promise<Response> {
  const { seat, loaded } = await read(async (db) => ({
    seat: await findSeat(actor, db, runId),
    loaded: (await loadRun(db, runId))!,
  }));
  const viewer = viewerOf(loaded.script, seat);
  return eventStream((send) => {
    let seq = seqOf(runId, cursor);
    let work = Promise.resolve();
    const tell = async (written: Written | null) => {
      const next = written && written.entries[0]?.seq === seq + 1 ? written : await missed(runId, seq);
      if (next.entries.length === 0) return;
      const log = await namedEntries(next.loaded, next.entries);
      const shown = shownOf(next.entries, viewer, next.loaded, log);
      seq = next.entries.at(-1)!.seq;
      if (shown.length > 0) send({ id: cursorOf(runId, seq), data: JSON.stringify(shown) });
    };
    const follow = (written: Written | null) => {
      // One after the other: a frame that overtook another would be folded in the wrong order.
      work = work.then(() => (written && written.entries.at(-1)!.seq <= seq ? undefined : tell(written)));
    };
    const unfollow = followRun(runId, follow);
    follow(null);
    return unfollow;
  });
}

async function missed(runId: string, afterSeq: number): Promise<Written> {
  return await read(async (db) => {
    const loaded = (await loadRun(db, runId))!;
    return { loaded, entries: await entriesBetween(db, runId, afterSeq, loaded.row.seq) };
  });
}
