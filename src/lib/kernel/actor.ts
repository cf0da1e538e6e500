/**
 * Who acts. Always an argument of a command, never ambient: the hook that authenticates a request makes
 * one, the command line makes one from `--as`, and jobs use {@link SYSTEM}.
 */
export type Actor = {
  /** Null for the system itself and for a visitor who is not logged in. */
  accountId: string | null;
  personId: string | null;
  name: string;
  grants: readonly Grant[];
};

/** One role in one scope: everything below a place in the division tree, or one organization. */
export type Grant = {
  role: Role;
  /** Division path such as `/41/4114/411426/`; a subtree is everything that starts with it. */
  path: string;
  organizationId: string | null;
};

export const ROLES = [
  'administrator',
  'bureau',
  'township_officer',
  'instructor',
  'exam_officer',
  'invigilator',
  'drill_director',
  'evaluator',
  'enterprise_manager',
  'trainee',
] as const;
export type Role = (typeof ROLES)[number];

export const SYSTEM: Actor = { accountId: null, personId: null, name: '', grants: [] };
export const VISITOR: Actor = { accountId: null, personId: null, name: '', grants: [] };

/** Whether `path` lies in the subtree `root` (itself included). */
export function isWithin(path: string, root: string): boolean {
  return path.startsWith(root);
}

export function hasRole(actor: Actor, ...roles: Role[]): boolean {
  return actor.grants.some((grant) => roles.includes(grant.role));
}

/** The grants of an actor in any of the roles. */
export function grantsOf(actor: Actor, ...roles: Role[]): Grant[] {
  return actor.grants.filter((grant) => roles.includes(grant.role));
}

/** Whether a division role of the actor covers the place; organization grants cover no place. */
export function covers(actor: Actor, path: string, ...roles: Role[]): boolean {
  return grantsOf(actor, ...roles).some(
    (grant) => grant.organizationId === null && isWithin(path, grant.path),
  );
}

/** The subtrees an actor holds in any of the roles, the outermost only. */
export function subtreesOf(actor: Actor, ...roles: Role[]): string[] {
  const paths = grantsOf(actor, ...roles)
    .filter((grant) => grant.organizationId === null)
    .map((grant) => grant.path);
  return [...new Set(paths)].filter(
    (path) => !paths.some((other) => other !== path && isWithin(path, other)),
  );
}
