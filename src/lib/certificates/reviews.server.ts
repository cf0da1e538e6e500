import { and, asc, eq, inArray, isNull, like, or, type SQL } from 'drizzle-orm';
import { subtreesOf, SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { read, type Db, type Tx } from '#lib/server/db/open.ts';
import {
  certificate,
  certificateReview,
  type FrozenCertificate,
} from '#lib/server/db/schema/certificates.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { recordsOf } from '#lib/server/person-records.ts';
import { reviewGrounds, type ReviewGround } from './certificate.ts';
import { loadCandidates, type IssuingClass } from './issue.server.ts';

type CertificateRow = typeof certificate.$inferSelect;
type ReviewRow = typeof certificateReview.$inferSelect;

/** Who corrected what a certificate rests on, when, and what was said. */
export type Correction = { actor: Actor; at: Date; said: string };

/** A valid certificate of a class with what speaks against it now. */
type Questioned = { row: CertificateRow; holderId: string; grounds: ReviewGround[]; open: ReviewRow | null };

/**
 * Lists for review the certificates of some persons in a class that have lost what they rested on. Nothing
 * is revoked: the certificate stands until the bureau decides. Those listed already stay as they are.
 */
export async function openReviews(
  tx: Tx,
  of: IssuingClass,
  personIds: readonly string[],
  correction: Correction,
): Promise<void> {
  const { actor, at, said } = correction;
  for (const { row, holderId, grounds, open } of await questionedOf(tx, of, personIds)) {
    if (grounds.length === 0 || open) continue;
    const id = newId();
    await tx.insert(certificateReview).values({
      ...{ id, certificateId: row.id, path: of.row.path, grounds, said, openedAt: at },
      ...{ outcome: null, reason: '', decidedBy: '', decidedAt: null },
    });
    const detail = { certificateId: row.id, number: row.number, grounds, reason: said };
    const stream = heldStream(tx, [row.personId, holderId, ...personIds]);
    await record(tx, { stream, kind: 'certificate_questioned', actor, at, path: row.path, detail });
  }
}

/** Takes certificates off the list that rest on everything again before anybody decided. */
export async function lapseReviews(
  tx: Tx,
  of: IssuingClass,
  personIds: readonly string[],
  { actor, at }: Pick<Correction, 'actor' | 'at'>,
): Promise<void> {
  if (!(await hasOpenReviews(tx, of, personIds))) return;
  for (const { row, holderId, grounds, open } of await questionedOf(tx, of, personIds)) {
    if (!open || grounds.length > 0) continue;
    await closeReview(tx, row.id, { outcome: 'lapsed', reason: '', decidedBy: '', decidedAt: at });
    const detail = { certificateId: row.id, number: row.number };
    const stream = heldStream(tx, [row.personId, holderId, ...personIds]);
    await record(tx, { stream, kind: 'certificate_review_lapsed', actor, at, path: row.path, detail });
  }
}

/** A certificate may stand on another record of the person than the write is about: any that is held will do. */
function heldStream(tx: Tx, personIds: readonly string[]): string {
  const held = personIds.find((id) => tx.abouts.has(`person:${id}`));
  return `person:${held ?? personIds[0]}`;
}

async function hasOpenReviews(db: Db, of: IssuingClass, personIds: readonly string[]): Promise<boolean> {
  const records = [...(await recordsOf(db, personIds)).keys()];
  const rows = await db
    .select({ id: certificateReview.id })
    .from(certificateReview)
    .innerJoin(certificate, eq(certificate.id, certificateReview.certificateId))
    .where(
      and(
        eq(certificate.classId, of.row.id),
        inArray(certificate.personId, records),
        isNull(certificateReview.decidedAt),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

async function questionedOf(db: Db, of: IssuingClass, personIds: readonly string[]): Promise<Questioned[]> {
  const owners = await recordsOf(db, personIds);
  const holderOf = (row: CertificateRow) => owners.get(row.personId)!;
  const issued = await db
    .select()
    .from(certificate)
    .where(
      and(
        eq(certificate.classId, of.row.id),
        eq(certificate.state, 'valid'),
        inArray(certificate.personId, [...owners.keys()]),
      ),
    )
    .orderBy(asc(certificate.issuedAt), asc(certificate.number));
  if (issued.length === 0) return [];
  const open = await openReviewsOf(
    db,
    issued.map(({ id }) => id),
  );
  const candidates = await loadCandidates(SYSTEM, db, of, [...new Set(issued.map(holderOf))]);
  const factsOf = new Map(candidates.map(({ personId, facts }) => [personId, facts]));
  const seen = new Set<string>();
  return issued.flatMap((row) => {
    const holderId = holderOf(row);
    const key = `${holderId} ${row.kind}`;
    const isSecond = seen.has(key);
    seen.add(key);
    const facts = factsOf.get(holderId);
    if (!facts) return [];
    return [{ row, holderId, grounds: reviewGrounds(facts, isSecond), open: open.get(row.id) ?? null }];
  });
}

/** The reviews that wait for a decision, of some certificates, by certificate. */
export async function openReviewsOf(
  db: Db,
  certificateIds: readonly string[],
): Promise<Map<string, ReviewRow>> {
  if (certificateIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(certificateReview)
    .where(
      and(inArray(certificateReview.certificateId, [...certificateIds]), isNull(certificateReview.decidedAt)),
    );
  return new Map(rows.map((row) => [row.certificateId, row]));
}

/** Closes the open review of a certificate, if there is one. */
export async function closeReview(
  tx: Tx,
  certificateId: string,
  decision: Pick<ReviewRow, 'outcome' | 'reason' | 'decidedBy' | 'decidedAt'>,
): Promise<void> {
  await tx
    .update(certificateReview)
    .set(decision)
    .where(and(eq(certificateReview.certificateId, certificateId), isNull(certificateReview.decidedAt)));
}

export type ListedReview = {
  certificateId: string;
  number: string;
  frozen: FrozenCertificate;
  grounds: ReviewGround[];
  said: string;
  openedAt: Date;
};

function waiting(actor: Actor): SQL | undefined {
  const places = subtreesOf(actor, 'bureau').map((root) => like(certificateReview.path, `${root}%`));
  return places.length === 0 ? undefined : and(isNull(certificateReview.decidedAt), or(...places));
}

/** Certificates that wait for the actor's bureau to uphold or revoke, the longest waiting first. */
export async function listReviews(actor: Actor, page: number): Promise<PageOf<ListedReview>> {
  const wanted = waiting(actor);
  if (!wanted) return { rows: [], total: 0, page, pageSize: PAGE_SIZE };
  return await read(async (db) => {
    const total = await db.$count(certificateReview, wanted);
    const rows = await db
      .select({ review: certificateReview, number: certificate.number, frozen: certificate.frozen })
      .from(certificateReview)
      .innerJoin(certificate, eq(certificate.id, certificateReview.certificateId))
      .where(wanted)
      .orderBy(asc(certificateReview.openedAt), asc(certificateReview.id))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    return {
      rows: rows.map(({ review: { certificateId, grounds, said, openedAt }, number, frozen }) => ({
        ...{ certificateId, number, frozen, grounds, said, openedAt },
      })),
      total,
      page,
      pageSize: PAGE_SIZE,
    };
  });
}

/** How many certificates wait for the actor's bureau. */
export async function countReviews(actor: Actor): Promise<number> {
  const wanted = waiting(actor);
  return wanted ? await read((db) => db.$count(certificateReview, wanted)) : 0;
}
