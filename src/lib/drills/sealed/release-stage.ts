import type { RoleGroup, Script } from '../scripts/script.ts';
import type { Run } from '../runs/run.ts';
import { groupOf } from '../runs/seat.ts';
import { released, type ReleasePart, type ReleaseStage } from './release.ts';
import type { SealedDrill } from './sealed-drill.ts';

/** Where a sealed drill stands between secret and published; `run` is null before its start. */
export function releaseStage(drill: SealedDrill, run: Run | null, nowMs: number): ReleaseStage {
  if (!run) {
    if (!drill.drawn) return 'preparing';
    return nowMs >= drill.drawn.startMs - drill.nearMinutes * 60_000 ? 'near' : 'drawn';
  }
  return runStage(run);
}

/** As {@link releaseStage}, of a drill whose run exists. */
export function runStage({ snapshot: { stage, state } }: Run): ReleaseStage {
  const isOut = Object.values(state.injects).some(({ releasedMs }) => releasedMs !== null);
  switch (stage) {
    case 'lobby':
      return 'near';
    case 'running':
    case 'paused':
      return isOut ? 'first_inject' : 'started';
    case 'ended':
      return 'ended';
    // Broken off before anything was out: nobody has learnt of it, and nobody is told.
    case 'aborted':
      return isOut ? 'ended' : 'started';
    case 'hot_wash':
    case 'evaluating':
      return 'hot_wash';
    case 'published':
    case 'archived':
      return 'published';
  }
}

const STEER: readonly RoleGroup[] = ['director', 'control', 'sim', 'safety'];

function partOf(group: RoleGroup | null): ReleasePart {
  if (group && STEER.includes(group)) return 'director';
  if (group === 'player' || group === 'evaluator') return group;
  return 'observer';
}

/** Whether a seat of a sealed drill may see its run: not before the release table tells it that there is one. */
export function maySeeRun(script: Script, roles: readonly string[], run: Run): boolean {
  const stage = runStage(run);
  return roles.some((role) => {
    const part = partOf(groupOf(script, role));
    const knower = {
      ...{ part, signed: true, needsStart: true, needsScenario: false, isHost: false, scoresLive: false },
    };
    return released('existence', knower, stage) === 'full';
  });
}
