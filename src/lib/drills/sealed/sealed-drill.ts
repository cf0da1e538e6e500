import type { Day } from '#lib/kernel/day.ts';
import { groupOf, mayHoldTogether } from '../runs/seat.ts';
import type { Script } from '../scripts/script.ts';
import { startMoments, type Candidates, type Drawn, type Window } from './draw.ts';
import type { Knower } from './release.ts';

/** A double-blind drill (双盲) as it lies in its slot: everything about it, and nowhere else anything. */

export const HOLDER_PARTS = ['director', 'trusted', 'approver', 'evaluator', 'host'] as const;
export type HolderPart = (typeof HOLDER_PARTS)[number];

/** 知情人: somebody for whom the key is wrapped. */
export type Holder = {
  accountId: string;
  name: string;
  part: HolderPart;
  /** Why this person has to know; goes into the report. */
  reason: string;
  addedBy: string;
  addedAt: number;
  /** When the undertaking (保密承诺书) was signed, on the screen or on paper; null: shown nothing yet. */
  signedAt: number | null;
  signedOn: 'screen' | 'paper' | null;
  needsStart: boolean;
  needsScenario: boolean;
};

export type PlannedSeat = {
  id: string;
  accountId: string;
  personId: string | null;
  name: string;
  roles: string[];
  seatedBy: string;
  seatedAt: number;
};

export type Approval =
  | { kind: 'system'; accountId: string; name: string; at: number }
  /** The signed paper as a picture (data URL). */
  | { kind: 'paper'; name: string; signedOn: Day; scan: string; at: number; enteredBy: string };

/** Who opened what of the drill, and from where. */
export type Access = { name: string; what: string; at: number; from: string };

/** An event of the drill's own stream, chained by hash inside the slot. */
export type SealedEvent = {
  seq: number;
  at: number;
  by: string;
  kind: string;
  detail: Record<string, unknown>;
  previousHash: string;
  hash: string;
};

export type SealedState = 'preparing' | 'approved' | 'waiting' | 'running' | 'cancelled';

export type SealedDrill = {
  /** Random; becomes the id of the drill when it is unsealed. */
  id: string;
  /** Random; the id of the run from its start on. */
  runId: string;
  state: SealedState;
  title: string;
  divisionId: string;
  path: string;
  script: Script;
  scriptHash: string;
  window: Window;
  candidates: Candidates;
  /** Minutes before the start at which evaluators and observers are told (T-x). */
  nearMinutes: number;
  /** Whether the clock starts at the drawn minute by itself; otherwise the director starts it. */
  startsItself: boolean;
  scoresLive: boolean;
  observerDelaySeconds: number;
  drawn: (Drawn & { commitmentDay: Day; notBeforeMs: number; at: number }) | null;
  holders: Holder[];
  seats: PlannedSeat[];
  approval: Approval | null;
  access: Access[];
  events: SealedEvent[];
  createdBy: string;
  createdAt: number;
};

/** A drawn start leaves at least so long for who must be there. */
export const LEAD_MINUTES = 30;

export type SealedReason =
  | 'sealed_not_preparing'
  | 'sealed_not_approved'
  | 'sealed_drawn'
  | 'sealed_no_director_seat'
  | 'sealed_role_empty'
  | 'sealed_window_over'
  | 'sealed_unsigned';

/** Why the start cannot be drawn; all reasons. */
export function reasonsNotToDraw(drill: SealedDrill, nowMs: number): SealedReason[] {
  const reasons: SealedReason[] = [];
  if (drill.state === 'waiting' || drill.drawn) reasons.push('sealed_drawn');
  else if (drill.state !== 'approved') reasons.push('sealed_not_approved');
  const held = new Set(drill.seats.flatMap(({ roles }) => roles));
  const isHeld = (group: string) =>
    drill.script.roles.some((role) => role.group === group && held.has(role.id));
  if (!isHeld('director')) reasons.push('sealed_no_director_seat');
  if (emptyPlayerRoles(drill).length > 0) reasons.push('sealed_role_empty');
  if (drill.holders.some(({ signedAt }) => signedAt === null)) reasons.push('sealed_unsigned');
  if (startMoments(drill.window, notBeforeOf(nowMs)).length === 0) reasons.push('sealed_window_over');
  return reasons;
}

/** The earliest start a draw at this moment may come to, on the full minute. */
export function notBeforeOf(nowMs: number): number {
  return Math.ceil(nowMs / 60_000) * 60_000 + LEAD_MINUTES * 60_000;
}

/** Names of player roles nobody holds. */
export function emptyPlayerRoles({ script, seats }: SealedDrill): string[] {
  const held = new Set(seats.flatMap(({ roles }) => roles));
  return script.roles.filter(({ id, group }) => group === 'player' && !held.has(id)).map(({ name }) => name);
}

export type SeatReason = 'role_unknown' | 'seat_together' | 'sealed_approver_plays';

/** Why an account cannot get these roles; all reasons. */
export function reasonsNotToSeat(
  drill: SealedDrill,
  who: { accountId: string; name: string },
  roles: readonly string[],
): SeatReason[] {
  const groups = roles.map((role) => groupOf(drill.script, role));
  if (groups.includes(null)) return ['role_unknown'];
  const reasons: SeatReason[] = [];
  if (!mayHoldTogether(drill.script, roles)) reasons.push('seat_together');
  const isApprover =
    drill.holders.some(({ accountId, part }) => accountId === who.accountId && part === 'approver') ||
    drill.approval?.name === who.name;
  if (groups.includes('player') && isApprover) reasons.push('sealed_approver_plays');
  return reasons;
}

/** Whether somebody of this account, or on paper of this name, plays. */
export function plays(drill: SealedDrill, who: { accountId: string | null; name: string }): boolean {
  return drill.seats.some(
    (seat) =>
      (seat.accountId === who.accountId || (who.accountId === null && seat.name === who.name)) &&
      seat.roles.some((role) => groupOf(drill.script, role) === 'player'),
  );
}

/** A holder as the release table knows people. */
export function knowerOf(drill: SealedDrill, holder: Holder): Knower {
  const { part, signedAt, needsStart, needsScenario } = holder;
  const isReader = part === 'approver';
  return {
    part: part === 'director' || part === 'evaluator' ? part : 'trusted',
    signed: signedAt !== null,
    needsStart,
    // Nobody approves what he has not read.
    needsScenario: needsScenario || isReader,
    isHost: part === 'host',
    scoresLive: drill.scoresLive,
  };
}
