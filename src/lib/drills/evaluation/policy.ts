import { covers, type Actor } from '#lib/kernel/actor.ts';
import { mayKeepDrills } from '../policy.ts';
import type { RoleGroup } from '../scripts/script.ts';

/** What a decision about what comes after the end has to know. */
export type Standing = {
  path: string;
  /** Groups of the actor's own seat in the run; empty without one. */
  groups: ReadonlySet<RoleGroup>;
  isPublished: boolean;
};

/**
 * Evaluation, replay and the draft of the report: whoever directs the run, and those who keep drills; but
 * nobody who plays or judges in it before publication, whatever else the account may do.
 */
export function maySeeEvaluation(actor: Actor, { path, groups, isPublished }: Standing): boolean {
  if (groups.has('director') || groups.has('control')) return true;
  if (!mayKeepDrills(actor, { path })) return false;
  return isPublished || !(groups.has('player') || groups.has('evaluator'));
}

/** Opening, moderating, publishing, archiving: the director's seat, or who keeps drills and has no seat. */
export function mayLeadEvaluation(actor: Actor, { path, groups }: Standing): boolean {
  return groups.has('director') || (groups.size === 0 && mayKeepDrills(actor, { path }));
}

/** The report: as the evaluation, and after publication everybody who had a seat. */
export function maySeeReport(actor: Actor, standing: Standing): boolean {
  return maySeeEvaluation(actor, standing) || (standing.isPublished && standing.groups.size > 0);
}

/** Drills in a personal file: one's own, and those who see the people of the place. */
export function maySeeParticipations(
  actor: Actor,
  { personId, path }: { personId: string; path: string },
): boolean {
  return actor.personId === personId || covers(actor, path, 'bureau', 'township_officer');
}
