import { covers, grantsOf, hasRole, isWithin, subtreesOf, type Actor } from '#lib/kernel/actor.ts';

/** What decides who sees a certificate. */
export type CertificateFacts = {
  personId: string;
  /** Where the person is now, and the enterprises the person works for. */
  personPath: string;
  organizationIds: readonly string[];
  /** Where the class belongs and who teaches it; null and none for a certificate registered from outside. */
  classPath: string | null;
  instructorIds: readonly string[];
};

/** Whose certificates an actor may list; each part adds to the others. */
export type CertificateScope = {
  /** Subtrees where the person is. */
  personSubtrees: string[];
  /** Subtrees where the class is: who issued a certificate sees it, wherever the person went. */
  classSubtrees: string[];
  organizationIds: string[];
  instructorId: string | null;
};

export function certificateScope(actor: Actor): CertificateScope {
  const teaches = grantsOf(actor, 'instructor').length > 0;
  return {
    personSubtrees: subtreesOf(actor, 'bureau', 'township_officer'),
    classSubtrees: subtreesOf(actor, 'bureau'),
    organizationIds: grantsOf(actor, 'enterprise_manager').flatMap((grant) => grant.organizationId ?? []),
    instructorId: teaches ? actor.accountId : null,
  };
}

/** Whether the scope of an actor holds a certificate: the other face of the same rule. */
export function isInScope(scope: CertificateScope, facts: CertificateFacts): boolean {
  return (
    scope.personSubtrees.some((root) => isWithin(facts.personPath, root)) ||
    (facts.classPath !== null && scope.classSubtrees.some((root) => isWithin(facts.classPath!, root))) ||
    scope.organizationIds.some((id) => facts.organizationIds.includes(id)) ||
    (scope.instructorId !== null && facts.instructorIds.includes(scope.instructorId))
  );
}

export function maySeeCertificate(actor: Actor, facts: CertificateFacts): boolean {
  return actor.personId === facts.personId || isInScope(certificateScope(actor), facts);
}

/** The bureau of the class revokes what it issued, and issues what is due. */
export function mayKeepCertificates(actor: Actor, classPath: string): boolean {
  return covers(actor, classPath, 'bureau');
}

/** Who has the office's pages of certificates at all; what they show is the scope's matter. */
export function mayEnterCertificates(actor: Actor): boolean {
  return hasRole(actor, 'bureau', 'township_officer', 'instructor', 'enterprise_manager');
}

/** Who has the page of classes that issue certificates. */
export function mayEnterIssuing(actor: Actor): boolean {
  return hasRole(actor, 'bureau');
}
