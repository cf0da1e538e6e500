import { covers, subtreesOf, type Actor } from '#lib/kernel/actor.ts';
import { mayKeepDrills } from '../policy.ts';
import { MOVES_OF_UNIT } from './finding.ts';
import type { FindingMove } from './finding.machine.ts';

/** What a decision about a finding has to know of its place. */
export type FindingPlace = {
  /** Place that has to put it right. */
  path: string;
  /** Place of the drill, the same or above. */
  drillPath: string;
  isPublished: boolean;
};

/** Whoever keeps the drill; and the place that has to put it right, once the evaluation is published. */
export function maySeeFinding(actor: Actor, { path, drillPath, isPublished }: FindingPlace): boolean {
  return (
    mayKeepDrills(actor, { path: drillPath }) ||
    (isPublished && covers(actor, path, 'bureau', 'drill_director', 'township_officer'))
  );
}

/** The list face of {@link maySeeFinding}: subtrees of drills kept, and subtrees whose own findings are read. */
export function findingScope(actor: Actor): { kept: string[]; own: string[] } {
  return {
    kept: subtreesOf(actor, 'bureau', 'drill_director'),
    own: subtreesOf(actor, 'bureau', 'drill_director', 'township_officer'),
  };
}

/** Taking on and putting right is the unit's; judging, waiving and opening again of those who keep drills. */
export function mayMoveFinding(actor: Actor, place: FindingPlace, move: FindingMove): boolean {
  return MOVES_OF_UNIT.includes(move)
    ? maySeeFinding(actor, place)
    : mayKeepDrills(actor, { path: place.drillPath });
}
