import { placesAbove } from '#lib/courses/policy.ts';
import { covers, hasRole, subtreesOf, type Actor } from '#lib/kernel/actor.ts';

const KEEPERS = ['bureau', 'drill_director'] as const;
const READERS = ['bureau', 'drill_director', 'township_officer', 'evaluator'] as const;

/** What a decision about a plan has to know. */
export type PlanPlace = {
  path: string;
  isModel: boolean;
  /** Whether a version is in force. */ inForce: boolean;
};

/** Writing, importing and putting in force: the bureau of the place and its drill directors; a model is nobody's. */
export function mayKeepPlan(actor: Actor, plan: Pick<PlanPlace, 'path' | 'isModel'>): boolean {
  return !plan.isModel && covers(actor, plan.path, ...KEEPERS);
}

/** Whether there is a library for the actor at all. */
export function mayEnterPlans(actor: Actor): boolean {
  return subtreesOf(actor, ...READERS).length > 0;
}

/** Whether the actor may write plans of any place. */
export function mayWritePlans(actor: Actor): boolean {
  return hasRole(actor, ...KEEPERS) && subtreesOf(actor, ...KEEPERS).length > 0;
}

/**
 * Models are everybody's who has a library. A plan in force is read in its own place and in those below,
 * which it binds; a draft is for those who keep it.
 */
export function maySeePlan(actor: Actor, plan: PlanPlace): boolean {
  if (!mayEnterPlans(actor)) return false;
  if (plan.isModel || mayKeepPlan(actor, plan)) return true;
  if (!plan.inForce) return false;
  return covers(actor, plan.path, ...READERS) || placesOver(actor).includes(plan.path);
}

/** The list face of {@link maySeePlan}: subtrees kept, subtrees of which plans in force are read, and places above. */
export function planScope(actor: Actor): { kept: string[]; read: string[]; above: string[] } {
  return {
    kept: subtreesOf(actor, ...KEEPERS),
    read: subtreesOf(actor, ...READERS),
    above: placesOver(actor),
  };
}

function placesOver(actor: Actor): string[] {
  return [...new Set(subtreesOf(actor, ...READERS).flatMap(placesAbove))];
}
