import type { Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { refuse } from '../copy.ts';
import { findSeat } from '../runs/runs.server.ts';
import type { Entry } from '../runs/run-log.ts';
import { loadRun } from '../runs/run-store.server.ts';
import type { Script } from '../scripts/script.ts';
import { refuseReport } from './copy.ts';
import { findEvaluated, logOf } from './evaluations.server.ts';
import { mayKeepDrills } from '../policy.ts';
import { timingsOf, type Timing } from './report.ts';

export type ReplayPage = {
  drill: { id: string; title: string };
  script: Script;
  entries: Entry[];
  seats: { id: string; name: string; roles: string[] }[];
  endMs: number;
  /** Whether problems can be listed from here. */
  mayAdd: boolean;
};

const OVER = ['ended', 'hot_wash', 'evaluating', 'published', 'archived', 'aborted'];

/** The whole log of a run that is over. Refused: 404, replay_not_over. */
export async function readReplay(actor: Actor, drillId: string): Promise<ReplayPage> {
  return await read(async (db) => {
    const { row, loaded, seats } = await findEvaluated(actor, db, drillId);
    const { stage, state } = loaded.run.snapshot;
    if (!OVER.includes(stage)) throw refuseReport('replay_not_over');
    return {
      drill: { id: row.id, title: row.title },
      script: loaded.script,
      entries: await logOf(actor, db, loaded),
      seats: seats.map(({ id, name, roles }) => ({ id, name, roles })),
      endMs: state.atMs,
      mayAdd: mayKeepDrills(actor, row),
    };
  });
}

const OPEN_TO_ALL = ['hot_wash', 'evaluating', 'published', 'archived'];

/**
 * Expected actions with their times for the hot wash: from then on everybody in the room may know what was
 * expected of them, not how it is judged. Refused: 404 without a seat, replay_not_over before the hot wash.
 */
export async function readHotWash(
  actor: Actor,
  runId: string,
): Promise<{ scenarioStart: string; endMs: number; timings: Omit<Timing, 'factor' | 'trail'>[] }> {
  return await read(async (db) => {
    await findSeat(actor, db, runId);
    const loaded = await loadRun(db, runId);
    if (!loaded) throw refuse('not_found');
    const { script, run } = loaded;
    if (!OPEN_TO_ALL.includes(run.snapshot.stage)) throw refuseReport('replay_not_over');
    return {
      scenarioStart: script.clock.scenarioStart,
      endMs: run.snapshot.state.atMs,
      timings: timingsOf(script, run.snapshot.state).map(
        ({ factor: _factor, trail: _trail, ...rest }) => rest,
      ),
    };
  });
}
