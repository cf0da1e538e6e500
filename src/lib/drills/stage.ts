import type { Stage } from './runs/run.machine.ts';

/** How a drill stands, for lists: its run says more than its own state once it has begun. */
export type DrillStanding = Stage | 'planned' | 'cancelled';

export function standingOf(state: string, stage: string | null): DrillStanding {
  if (state === 'cancelled') return 'cancelled';
  return stage === null || stage === 'lobby' ? 'planned' : (stage as Stage);
}

/** Whether a drill can be cancelled: only before its run begins. */
export function mayCancel(state: string, stage: string): boolean {
  return state === 'planned' && stage === 'lobby';
}

/** Whether somebody with a seat still has to come or to answer: what a home page shows. */
export function isAhead(state: string, stage: string): boolean {
  return state !== 'cancelled' && !['published', 'archived', 'aborted'].includes(stage);
}
