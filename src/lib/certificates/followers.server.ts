import { eq, inArray, sql } from 'drizzle-orm';
import { SYSTEM } from '#lib/kernel/actor.ts';
import type { FollowedDetails, Happening } from '#lib/kernel/happening.ts';
import type { Tx } from '#lib/server/db/open.ts';
import { certificate, registeredCertificate } from '#lib/server/db/schema/certificates.ts';
import { attendance } from '#lib/server/db/schema/classes.ts';
import { attempt, exam } from '#lib/server/db/schema/exams.ts';
import { follow } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { recordsOf } from '#lib/server/person-records.ts';
import { findIssuingClass, issueDue } from './issue.server.ts';
import { lapseReviews, openReviews } from './reviews.server.ts';

/**
 * A certificate is issued in the write that brings the last thing it needs, the passed exam or the last
 * half-day. When one of these is taken back, or two records with a certificate of one class turn out to be
 * one person, the certificate is listed for the bureau to decide about. Certificates of other authorities
 * are registered as a roster states them.
 */
export function followCertificates(): void {
  follow('attempt_passed', issueFor);
  follow('attendance_confirmed', issueFor);
  follow('attendance_revoked', questionRevoked);
  follow('attempt_voided', questionVoided);
  follow('person_merged', questionMerged);
  follow('certificate_stated', register);
}

async function issueFor(
  tx: Tx,
  happenings: Happening<{ personId: string; classId: string | null }>[],
): Promise<void> {
  for (const [classId, some] of Map.groupBy(happenings, ({ detail }) => detail.classId)) {
    if (classId === null) continue;
    const of = await findIssuingClass(SYSTEM, tx, classId);
    if (!of) continue;
    const owners = await recordsOf(
      tx,
      some.map(({ detail }) => detail.personId),
    );
    const personIds = [...new Set(some.map(({ detail }) => owners.get(detail.personId)!))].sort();
    const { actor, at } = some[0]!;
    await lapseReviews(tx, of, personIds, { actor, at });
    await issueDue(SYSTEM, tx, of, personIds, at);
  }
}

type Lost = { personId: string; classId: string | null };

async function question(tx: Tx, lost: Lost[], happening: Happening<{ reason: string }>): Promise<void> {
  const { actor, at, detail } = happening;
  for (const [classId, some] of Map.groupBy(lost, (one) => one.classId)) {
    const of = classId === null ? null : await findIssuingClass(SYSTEM, tx, classId);
    const personIds = [...new Set(some.map(({ personId }) => personId))].sort();
    if (of) await openReviews(tx, of, personIds, { actor, at, said: detail.reason });
  }
}

async function questionRevoked(
  tx: Tx,
  happenings: Happening<FollowedDetails['attendance_revoked']>[],
): Promise<void> {
  for (const happening of happenings)
    await question(
      tx,
      await tx
        .select({ personId: attendance.personId, classId: attendance.classId })
        .from(attendance)
        .where(eq(attendance.id, happening.detail.attendanceId)),
      happening,
    );
}

async function questionVoided(
  tx: Tx,
  happenings: Happening<FollowedDetails['attempt_voided']>[],
): Promise<void> {
  for (const happening of happenings)
    await question(
      tx,
      await tx
        .select({ personId: attempt.personId, classId: exam.classId })
        .from(attempt)
        .innerJoin(exam, eq(exam.id, attempt.examId))
        .where(eq(attempt.id, happening.stream.slice('attempt:'.length))),
      happening,
    );
}

/** Both certificates keep their number and stay valid; the later one is listed. */
async function questionMerged(
  tx: Tx,
  happenings: Happening<FollowedDetails['person_merged']>[],
): Promise<void> {
  // A merge is told in both streams and looked at once.
  for (const happening of happenings.filter(({ stream, detail }) => stream === `person:${detail.into}`)) {
    const records = [...(await recordsOf(tx, [happening.detail.into])).keys()];
    const held = await tx
      .select({ personId: certificate.personId, classId: certificate.classId })
      .from(certificate)
      .where(inArray(certificate.personId, records));
    const twice = [...Map.groupBy(held, ({ classId }) => classId).values()].filter((some) => some.length > 1);
    await question(tx, twice.flat(), happening);
  }
}

/** The latest statement about a person and an operation stands; the number may be corrected by it. */
async function register(
  tx: Tx,
  happenings: Happening<FollowedDetails['certificate_stated']>[],
): Promise<void> {
  const latest = new Map<string, typeof registeredCertificate.$inferInsert>();
  for (const { detail, path, at } of happenings) {
    const { personId, kind, operation, number, validUntil } = detail;
    const key = `${personId} ${kind} ${operation}`;
    latest.set(key, { id: newId(), personId, kind, operation, number, validUntil, path, registeredAt: at });
  }
  for (const slice of inSlices([...latest.values()]))
    await tx
      .insert(registeredCertificate)
      .values(slice)
      .onConflictDoUpdate({
        target: [registeredCertificate.personId, registeredCertificate.kind, registeredCertificate.operation],
        set: {
          number: sql`excluded.number`,
          validUntil: sql`excluded.valid_until`,
          path: sql`excluded.path`,
          registeredAt: sql`excluded.registered_at`,
        },
      });
}
