import type { Stage } from '../runs/run.machine.ts';
import type { Script } from '../scripts/script.ts';
import { released, type ReleaseStage } from './release.ts';
import {
  emptyPlayerRoles,
  knowerOf,
  type Access,
  type Holder,
  type PlannedSeat,
  type SealedDrill,
  type SealedEvent,
} from './sealed-drill.ts';

/** A sealed drill as one holder may know it now; what is null is not told. */
export type SealedView = {
  id: string;
  part: Holder['part'];
  reason: string;
  signedAt: number | null;
  stage: ReleaseStage;
  state: SealedDrill['state'];
  title: string | null;
  start: { startMs: number } | null;
  drawnFor: { unit: string | null; place: string | null } | null;
  scenario: { title: string; brief: Script['meta']['brief'] } | null;
  injects: { code: string; title: string; trigger: Script['injects'][number]['trigger'] }[] | null;
  /** The run, once it may be entered. */
  run: { id: string; stage: Stage } | null;
  plan: SealedPlan | null;
  desk: SealedDesk | null;
};

/** What is planned: for the director, and for whoever approves it. */
export type SealedPlan = Pick<
  SealedDrill,
  'window' | 'candidates' | 'nearMinutes' | 'startsItself' | 'scoresLive'
> & {
  notice: Script['blind']['notice'];
  approval: { name: string; on: string | null; at: number; scan: string | null } | null;
  holders: Holder[];
};

/** What only the director has. */
export type SealedDesk = {
  roles: { id: string; name: string; group: string }[];
  seats: PlannedSeat[];
  emptyRoles: string[];
  commitmentDay: string | null;
  isDrawn: boolean;
  access: Access[];
  events: Pick<SealedEvent, 'seq' | 'at' | 'by' | 'kind'>[];
};

/** Filters before anything is sent: what the table does not release to this holder is not in the answer. */
export function sealedView(
  drill: SealedDrill,
  holder: Holder,
  stage: ReleaseStage,
  runStage: Stage | null,
): SealedView {
  const knower = knowerOf(drill, holder);
  const gives = (item: Parameters<typeof released>[0]) => released(item, knower, stage);
  const isTold = gives('existence') === 'full';
  const { script, drawn } = drill;
  const isDirector = holder.part === 'director';
  return {
    ...{ id: drill.id, part: holder.part, reason: holder.reason, signedAt: holder.signedAt, stage },
    state: drill.state,
    title: isTold ? drill.title : null,
    start: drawn && gives('start') === 'full' ? { startMs: drawn.startMs } : null,
    drawnFor: drawn && gives('unit_place') === 'full' ? { unit: drawn.unit, place: drawn.place } : null,
    scenario: gives('scenario') === 'full' ? { title: script.meta.title, brief: script.meta.brief } : null,
    injects:
      gives('injects') === 'full'
        ? script.injects.map(({ code, title, trigger }) => ({ code, title, trigger }))
        : null,
    run: runStage && isDirector ? { id: drill.runId, stage: runStage } : null,
    plan: isDirector || (holder.part === 'approver' && isTold) ? planOf(drill) : null,
    desk: isDirector ? deskOf(drill) : null,
  };
}

function planOf(drill: SealedDrill): SealedPlan {
  const { window, candidates, nearMinutes, startsItself, scoresLive, holders, approval, script } = drill;
  return {
    ...{ window, candidates, nearMinutes, startsItself, scoresLive, holders },
    notice: script.blind.notice,
    approval: approval && {
      ...{ name: approval.name, at: approval.at },
      on: approval.kind === 'paper' ? approval.signedOn : null,
      scan: approval.kind === 'paper' ? approval.scan : null,
    },
  };
}

function deskOf(drill: SealedDrill): SealedDesk {
  const { script, seats, drawn, access, events } = drill;
  return {
    roles: script.roles.map(({ id, name, group }) => ({ id, name, group })),
    seats,
    emptyRoles: emptyPlayerRoles(drill),
    commitmentDay: drawn?.commitmentDay ?? null,
    isDrawn: drawn !== null,
    access: access.toReversed(),
    events: events.map(({ seq, at, by, kind }) => ({ seq, at, by, kind })).toReversed(),
  };
}
