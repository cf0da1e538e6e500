import { and, eq, inArray, isNull, like, or, sql, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import type { Db } from '#lib/server/db/open.ts';
import { classInstructor, trainingClass } from '#lib/server/db/schema/classes.ts';
import { person, post } from '#lib/server/db/schema/people.ts';
import { certificateScope, type CertificateScope } from './policy.ts';

const NOTHING = sql`1 = 0`;

/** The list face for a query that joins the person: where the person is, and who employs the person. */
function byPerson(db: Db, scope: CertificateScope): (SQL | undefined)[] {
  const subtrees = scope.personSubtrees.map((root) => like(person.path, `${root}%`));
  if (scope.organizationIds.length === 0) return subtrees;
  const employed = db
    .select({ id: post.personId })
    .from(post)
    .where(and(isNull(post.heldUntil), inArray(post.organizationId, scope.organizationIds)));
  return [...subtrees, inArray(person.id, employed)];
}

/** Certificates registered from outside that an actor may list; the query joins the person. */
export function visibleRegistered(actor: Actor, db: Db): SQL {
  return or(...byPerson(db, certificateScope(actor))) ?? NOTHING;
}

/** Certificates of the bureau's own that an actor may list; the query joins person and class. */
export function visibleCertificates(actor: Actor, db: Db): SQL {
  const scope = certificateScope(actor);
  const byClass = scope.classSubtrees.map((root) => like(trainingClass.path, `${root}%`));
  const taught = db
    .select({ id: classInstructor.classId })
    .from(classInstructor)
    .where(eq(classInstructor.accountId, scope.instructorId ?? ''));
  const byTeaching = scope.instructorId === null ? [] : [inArray(trainingClass.id, taught)];
  return or(...byPerson(db, scope), ...byClass, ...byTeaching) ?? NOTHING;
}
