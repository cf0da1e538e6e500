import type { Stage } from '../runs/run.machine.ts';

/** Where an administrative record of a drill stands, once its run has left the lobby. */
export type DrillState = 'planned' | 'running' | 'evaluating' | 'published' | 'archived';

const STATES: Record<Stage, DrillState> = {
  lobby: 'planned',
  running: 'running',
  paused: 'running',
  ended: 'evaluating',
  hot_wash: 'evaluating',
  evaluating: 'evaluating',
  published: 'published',
  archived: 'archived',
  // A run that was broken off does not count; the drill is still to be held.
  aborted: 'planned',
};

/** The state of a drill whose present run is at a stage. */
export function drillStateOf(stage: Stage): DrillState {
  return STATES[stage];
}
