import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import type { Db } from '#lib/server/db/open.ts';
import { certificate, certificateReplacement } from '#lib/server/db/schema/certificates.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { recordsOf } from '#lib/server/person-records.ts';
import { reasonsNotToReplace, type Identity } from './certificate.ts';
import { aboutKept } from './certificates.server.ts';
import { refuse } from './copy.ts';
import type { Replacement } from './forms.ts';
import { openReviewsOf } from './reviews.server.ts';

/**
 * Replaces the paper of a certificate that was lost, damaged or names its holder wrongly. The number, the
 * day of issue and everything about the class stay; a correction takes name, sex and masked ID number from
 * the person's file, and what was printed until then stays in the history. Only the bureau of the class
 * may. Refused: not_found, forbidden, replacement_revoked, replacement_in_review, replacement_nothing.
 */
export async function replaceCertificate(
  actor: Actor,
  certificateId: string,
  { cause, note }: Replacement,
  now: Date,
): Promise<void> {
  await aboutKept(actor, certificateId, async (tx, row, stream) => {
    const filed = await identityOf(tx, row.personId);
    const underReview = (await openReviewsOf(tx, [certificateId])).has(certificateId);
    const facts = { state: row.state, underReview, printed: row.frozen, filed };
    const [refused] = reasonsNotToReplace(facts, cause);
    if (refused) throw refuse(refused);
    const before = await tx.$count(
      certificateReplacement,
      eq(certificateReplacement.certificateId, certificateId),
    );
    const [ordinal, replacedOn] = [before + 1, dayOf(now)];
    await tx.insert(certificateReplacement).values({
      ...{ id: newId(), certificateId, ordinal, cause, note, before: row.frozen },
      ...{ replacedOn, replacedBy: actor.accountId ?? '', replacedAt: now },
    });
    const frozen = cause === 'corrected' ? { ...row.frozen, ...filed } : row.frozen;
    await tx.update(certificate).set({ frozen, replacedOn }).where(eq(certificate.id, certificateId));
    const renamed = frozen.name === row.frozen.name ? {} : { before: row.frozen.name, after: frozen.name };
    const detail = { certificateId, number: row.number, ordinal, cause, reason: note, ...renamed };
    await record(tx, { stream, kind: 'certificate_replaced', actor, at: now, path: row.path, detail });
  });
}

/** Who the holder is by the surviving record's file. */
async function identityOf(db: Db, personId: string): Promise<Identity> {
  const survivorId = (await recordsOf(db, [personId])).get(personId)!;
  const [filed] = await db
    .select({ name: person.name, sex: person.sex, idMasked: person.idMasked })
    .from(person)
    .where(eq(person.id, survivorId));
  if (!filed) throw refuse('not_found');
  return filed;
}
