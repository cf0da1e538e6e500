import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { certificate } from '#lib/server/db/schema/certificates.ts';
import { trainingClass } from '#lib/server/db/schema/classes.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { recordsOf } from '#lib/server/person-records.ts';
import { visibleCertificates } from './scope.server.ts';

/** Valid certificates of one class on several records: the person keeps them all, under their numbers. */
export type DoubledCertificate = { className: string; numbers: string[] };

/** Which classes the records of each group hold more than one valid certificate of, by its first record. */
export async function previewDoubledCertificates(
  actor: Actor,
  groups: readonly (readonly string[])[],
): Promise<Map<string, DoubledCertificate[]>> {
  return await read(async (db) => {
    const owners = await recordsOf(db, groups.flat());
    const seen = db
      .select({ id: certificate.id })
      .from(certificate)
      .innerJoin(person, eq(person.id, certificate.personId))
      .leftJoin(trainingClass, eq(trainingClass.id, certificate.classId))
      .where(visibleCertificates(actor, db));
    const rows = (
      await db
        .select()
        .from(certificate)
        .where(and(inArray(certificate.personId, [...owners.keys()]), inArray(certificate.id, seen)))
        .orderBy(asc(certificate.issuedAt), asc(certificate.number))
    ).filter(({ state }) => state === 'valid');
    return new Map(
      groups.map((group) => {
        const mine = rows.filter(({ personId }) => group.includes(owners.get(personId)!));
        const byClass = Map.groupBy(mine, ({ classId, kind }) => `${classId} ${kind}`);
        const doubled = [...byClass.values()].filter((some) => some.length > 1);
        return [
          group[0]!,
          doubled.map((some) => ({
            className: some[0]!.frozen.className,
            numbers: some.map(({ number }) => number),
          })),
        ];
      }),
    );
  });
}
