import { covers, grantsOf, hasRole, subtreesOf, type Actor } from '#lib/kernel/actor.ts';

/** Roles that see the people of a place. */
const PEOPLE_READERS = ['bureau', 'township_officer'] as const;

export function maySeePerson(
  actor: Actor,
  person: { id: string; path: string; organizationIds: readonly string[] },
): boolean {
  if (actor.personId === person.id) return true;
  if (covers(actor, person.path, ...PEOPLE_READERS)) return true;
  return grantsOf(actor, 'enterprise_manager').some((grant) =>
    person.organizationIds.includes(grant.organizationId ?? ''),
  );
}

/** The subtrees whose people an actor may list. */
export function peopleSubtrees(actor: Actor): string[] {
  return subtreesOf(actor, ...PEOPLE_READERS);
}

/** The enterprises whose people an actor may list. */
export function peopleOrganizations(actor: Actor): string[] {
  return grantsOf(actor, 'enterprise_manager').map((grant) => grant.organizationId ?? '');
}

/** Rosters are loaded by the bureau of a county or above it, for that county. */
export function mayImportRoster(actor: Actor, countyPath: string): boolean {
  return covers(actor, countyPath, 'bureau');
}

/** An enterprise loads its own staff; its county's bureau may do it for any. */
export function mayImportEnterprise(
  actor: Actor,
  organization: { id: string | null; path: string },
): boolean {
  if (covers(actor, organization.path, 'bureau')) return true;
  return grantsOf(actor, 'enterprise_manager').some(
    (grant) => grant.organizationId !== null && grant.organizationId === organization.id,
  );
}

/** Showing a whole ID number needs a reason and is recorded; only those who keep the roster may. */
export function mayRevealIdNumber(actor: Actor, path: string): boolean {
  return covers(actor, path, 'bureau', 'township_officer');
}

export function mayChangePerson(actor: Actor, path: string): boolean {
  return covers(actor, path, 'bureau');
}

/** Who reads the record of what happened in a place. */
export function mayReadEvents(actor: Actor, path: string): boolean {
  return covers(actor, path, 'bureau');
}

/** Whether the account pages are for somebody: an administrator everywhere, a bureau for those below it. */
export function mayEnterAccounts(actor: Actor): boolean {
  return hasRole(actor, 'administrator', 'bureau');
}

export function mayAddDivision(actor: Actor, parentPath: string): boolean {
  return hasRole(actor, 'administrator') || covers(actor, parentPath, 'bureau');
}

/** Whether the people pages are for somebody at all; what they show is another matter. */
export function mayEnterPeople(actor: Actor): boolean {
  return hasRole(actor, ...PEOPLE_READERS, 'enterprise_manager');
}

export function mayEnterImports(actor: Actor): boolean {
  return hasRole(actor, 'bureau', 'enterprise_manager');
}
