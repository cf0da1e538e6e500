import { sql } from 'drizzle-orm';
import { SYSTEM } from '#lib/kernel/actor.ts';
import type { FollowedDetails, Happening } from '#lib/kernel/happening.ts';
import type { Tx } from '#lib/server/db/open.ts';
import { registeredCertificate } from '#lib/server/db/schema/certificates.ts';
import { follow } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { findIssuingClass, issueDue } from './issue.server.ts';

/**
 * A certificate is issued in the write that brings the last thing it needs, the passed exam or the last
 * half-day; certificates of other authorities are registered as a roster states them.
 */
export function followCertificates(): void {
  follow('attempt_passed', issueFor);
  follow('attendance_confirmed', issueFor);
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
    const personIds = [...new Set(some.map(({ detail }) => detail.personId))].sort();
    await issueDue(SYSTEM, tx, of, personIds, some[0]!.at);
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
