import { covers, grantsOf, subtreesOf, type Actor } from '#lib/kernel/actor.ts';

/** Roles that see how far the units of a place are. */
const READERS = ['bureau', 'township_officer', 'drill_director'] as const;
/** Roles that write the year's plan and register paper drills of a place. */
const KEEPERS = ['bureau', 'township_officer'] as const;

export function maySeeQuotas(actor: Actor, path: string): boolean {
  return covers(actor, path, ...READERS);
}

/** The list face of {@link maySeeQuotas}. */
export function quotaSubtrees(actor: Actor): string[] {
  return subtreesOf(actor, ...READERS);
}

/** The year's plan of a unit: its bureau, or the officer of its township. */
export function mayPlanYear(actor: Actor, path: string): boolean {
  return covers(actor, path, ...KEEPERS);
}

/** Rules are adopted, and what a unit is besides the register is said, by the bureau. */
export function mayKeepQuotas(actor: Actor, path: string): boolean {
  return covers(actor, path, 'bureau');
}

/** Enterprises an actor manages. */
export function managedOrganizations(actor: Actor): string[] {
  return grantsOf(actor, 'enterprise_manager').flatMap((grant) => grant.organizationId ?? []);
}

/** Paper drills and half-year reports of a unit: seen and registered by its place's keepers and its manager. */
export function mayRegisterFor(actor: Actor, unit: { id: string; path: string }): boolean {
  return covers(actor, unit.path, ...KEEPERS) || managedOrganizations(actor).includes(unit.id);
}

export function registerSubtrees(actor: Actor): string[] {
  return subtreesOf(actor, ...KEEPERS);
}

/** Confirming paper drills and spot checks: the bureau. */
export function mayReview(actor: Actor, path: string): boolean {
  return covers(actor, path, 'bureau');
}
