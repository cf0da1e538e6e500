import { covers, grantsOf, subtreesOf, type Actor } from '#lib/kernel/actor.ts';

/** Roles that see the figures and names of a place. */
const READERS = ['bureau', 'township_officer'] as const;

export function maySeeCoverage(actor: Actor, path: string): boolean {
  return covers(actor, path, ...READERS);
}

/** The subtrees whose figures an actor may see, the outermost only. */
export function coverageSubtrees(actor: Actor): string[] {
  return subtreesOf(actor, ...READERS);
}

/** The enterprises whose figures an actor may see by being their manager. */
export function coverageOrganizations(actor: Actor): string[] {
  return grantsOf(actor, 'enterprise_manager').flatMap((grant) => grant.organizationId ?? []);
}

export function maySeeOrganization(actor: Actor, organization: { id: string; path: string }): boolean {
  return maySeeCoverage(actor, organization.path) || coverageOrganizations(actor).includes(organization.id);
}

/** A pack is adopted for a place by the bureau of that place or of one above it. */
export function mayAdopt(actor: Actor, path: string): boolean {
  return covers(actor, path, 'bureau');
}

export function mayAskExemption(actor: Actor, path: string): boolean {
  return covers(actor, path, ...READERS);
}

export function mayDecideExemption(actor: Actor, path: string): boolean {
  return covers(actor, path, 'bureau');
}

/** Plans and their indicators are the bureau's own. */
export function mayKeepIndicators(actor: Actor, path: string): boolean {
  return covers(actor, path, 'bureau');
}

export function indicatorSubtrees(actor: Actor): string[] {
  return subtreesOf(actor, 'bureau');
}
