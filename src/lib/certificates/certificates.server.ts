import { and, asc, desc, eq, gte, inArray, isNull, like, lt, or, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf, type Day } from '#lib/kernel/day.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { certificate, certificateKind, type FrozenCertificate } from '#lib/server/db/schema/certificates.ts';
import { classInstructor, trainingClass } from '#lib/server/db/schema/classes.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { person, post } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import {
  readNumber,
  reasonsNotToRevoke,
  reasonsNotToUphold,
  stateOf,
  type CertificateState,
} from './certificate.ts';
import { refuse } from './copy.ts';
import { mayKeepCertificates, maySeeCertificate, type CertificateFacts } from './policy.ts';
import { listHistory, type HistoryLine } from './histories.server.ts';
import { closeReview, openReviewsOf, type ListedReview } from './reviews.server.ts';
import { visibleCertificates } from './scope.server.ts';

export type CertificateRow = {
  id: string;
  number: string;
  personId: string;
  classId: string | null;
  frozen: FrozenCertificate;
  issuedOn: Day;
  validUntil: Day | null;
  state: CertificateState;
  revokedReason: string;
  /** Day of the latest replacement; null: the paper of the day of issue is the one that is out. */
  replacedOn: Day | null;
};

export type CertificateFilter = {
  /** Part of a name, its pinyin, or a number. */
  words?: string;
  state?: CertificateState;
  classId?: string;
  year?: number;
  /** Of one person, records merged into it included. */
  personId?: string;
};

function shown(row: typeof certificate.$inferSelect, today: Day): CertificateRow {
  const { id, number, personId, classId, frozen, issuedOn, validUntil, revokedReason, replacedOn } = row;
  return {
    ...{ id, number, personId, classId, frozen, issuedOn, validUntil, revokedReason, replacedOn },
    state: stateOf(row, today),
  };
}

function inState(state: CertificateState, today: Day): SQL | undefined {
  if (state === 'revoked') return eq(certificate.state, 'revoked');
  const dated =
    state === 'expired'
      ? lt(certificate.validUntil, today)
      : or(isNull(certificate.validUntil), gte(certificate.validUntil, today));
  return and(eq(certificate.state, 'valid'), dated);
}

function matching(words: string): SQL | undefined {
  const text = words.trim().toLowerCase();
  if (text === '') return undefined;
  return or(
    like(person.name, `%${text}%`),
    like(person.pinyin, `%${text}%`),
    like(certificate.number, `%${readNumber(text)}%`),
  );
}

/** Certificates in the scope of an actor, latest first. */
export async function listCertificates(
  actor: Actor,
  filter: CertificateFilter,
  page: number,
  now: Date,
): Promise<PageOf<CertificateRow & { underReview: boolean }>> {
  const today = dayOf(now);
  return await read(async (db) => {
    const wanted = and(
      visibleCertificates(actor, db),
      matching(filter.words ?? ''),
      filter.state ? inState(filter.state, today) : undefined,
      filter.classId ? eq(certificate.classId, filter.classId) : undefined,
      filter.year ? like(certificate.issuedOn, `${filter.year}-%`) : undefined,
      filter.personId
        ? or(eq(person.id, filter.personId), eq(person.mergedInto, filter.personId))
        : undefined,
    );
    const ids = db
      .select({ id: certificate.id })
      .from(certificate)
      .innerJoin(person, eq(person.id, certificate.personId))
      .leftJoin(trainingClass, eq(trainingClass.id, certificate.classId))
      .where(wanted);
    const total = await db.$count(certificate, inArray(certificate.id, ids));
    const rows = await db
      .select()
      .from(certificate)
      .where(inArray(certificate.id, ids))
      .orderBy(desc(certificate.issuedAt), desc(certificate.id))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    const open = await openReviewsOf(
      db,
      rows.map(({ id }) => id),
    );
    const listed = rows.map((row) => ({ ...shown(row, today), underReview: open.has(row.id) }));
    return { rows: listed, total, page, pageSize: PAGE_SIZE };
  });
}

/** The certificates of the actor's own person, latest first; those of records merged into it as well. */
export async function listOwnCertificates(actor: Actor, now: Date): Promise<CertificateRow[]> {
  if (actor.personId === null) return [];
  const personId = actor.personId;
  return await read(async (db) => {
    const merged = db.select({ id: person.id }).from(person).where(eq(person.mergedInto, personId));
    const rows = await db
      .select()
      .from(certificate)
      .where(or(eq(certificate.personId, personId), inArray(certificate.personId, merged)))
      .orderBy(desc(certificate.issuedAt), desc(certificate.id));
    return rows.map((row) => shown(row, dayOf(now)));
  });
}

/** A certificate with what its page shows besides. */
export type CertificateFile = CertificateRow & {
  kindSource: string;
  mayKeep: boolean;
  revoked: { at: Date; by: string } | null;
  /** Why its bureau has to decide about it, and since when; for the bureau alone. */
  review: Pick<ListedReview, 'grounds' | 'said' | 'openedAt'> | null;
  history: HistoryLine[];
};

/** One certificate. Refused with not_found when not the actor's to see. */
export async function findCertificate(
  actor: Actor,
  certificateId: string,
  now: Date,
): Promise<CertificateFile> {
  return await read(async (db) => {
    const { row, facts } = await visibleCertificate(db, actor, certificateId);
    const [kind] = await db
      .select({ source: certificateKind.source })
      .from(certificateKind)
      .where(eq(certificateKind.code, row.kind));
    const revocations = await db
      .select({ at: event.at, by: event.actorName, detail: event.detail })
      .from(event)
      .where(and(eq(event.stream, `person:${row.personId}`), eq(event.kind, 'certificate_revoked')))
      .orderBy(asc(event.seq));
    const revocation = revocations.find(({ detail }) => detail.certificateId === row.id);
    const mayKeep = facts.classPath !== null && mayKeepCertificates(actor, facts.classPath);
    const open = (await openReviewsOf(db, [row.id])).get(row.id);
    return {
      ...shown(row, dayOf(now)),
      kindSource: kind?.source ?? '',
      mayKeep,
      review: mayKeep && open ? { grounds: open.grounds, said: open.said, openedAt: open.openedAt } : null,
      history: await listHistory(db, row.id, mayKeep),
      revoked: revocation ? { at: revocation.at, by: revocation.by } : null,
    };
  });
}

/** A certificate with what decides about it. Refused: not_found when not the actor's to see. */
export async function visibleCertificate(db: Db, actor: Actor, certificateId: string) {
  const [found] = await db
    .select({
      row: certificate,
      personPath: person.path,
      mergedInto: person.mergedInto,
      classPath: trainingClass.path,
    })
    .from(certificate)
    .innerJoin(person, eq(person.id, certificate.personId))
    .leftJoin(trainingClass, eq(trainingClass.id, certificate.classId))
    .where(eq(certificate.id, certificateId));
  if (!found) throw refuse('not_found');
  const { row, personPath, mergedInto, classPath } = found;
  const facts: CertificateFacts = {
    personId: mergedInto ?? row.personId,
    personPath,
    classPath,
    organizationIds: await employersOf(db, row.personId),
    instructorIds: row.classId === null ? [] : await instructorsOf(db, row.classId),
  };
  if (!maySeeCertificate(actor, facts)) throw refuse('not_found');
  return { row, facts };
}

async function employersOf(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .select({ id: post.organizationId })
    .from(post)
    .where(and(eq(post.personId, personId), isNull(post.heldUntil)));
  return rows.flatMap(({ id }) => id ?? []);
}

async function instructorsOf(db: Db, classId: string): Promise<string[]> {
  const rows = await db
    .select({ id: classInstructor.accountId })
    .from(classInstructor)
    .where(eq(classInstructor.classId, classId));
  return rows.map(({ id }) => id);
}

/**
 * A certificate in a write of the bureau that keeps it, told in the stream of the person it was issued to.
 * Refused: not_found, forbidden.
 */
export async function aboutKept<T>(
  actor: Actor,
  certificateId: string,
  work: (tx: Tx, row: typeof certificate.$inferSelect, stream: string) => Promise<T>,
): Promise<T> {
  const [owner] = await read((db) =>
    db.select({ id: certificate.personId }).from(certificate).where(eq(certificate.id, certificateId)),
  );
  if (!owner) throw refuse('not_found');
  const stream = `person:${owner.id}`;
  return await write(stream, async (tx) => {
    const { row, facts } = await visibleCertificate(tx, actor, certificateId);
    if (facts.classPath === null || !mayKeepCertificates(actor, facts.classPath)) throw refuse('forbidden');
    return await work(tx, row, stream);
  });
}

/**
 * Revokes a certificate, with a reason that is recorded; its number is never given again, and a review of
 * it is decided by that. Only the bureau of its class may. Refused: not_found, forbidden,
 * certificate_revoked_already, reason_short.
 */
export async function revokeCertificate(
  actor: Actor,
  certificateId: string,
  reason: string,
  now: Date,
): Promise<void> {
  await aboutKept(actor, certificateId, async (tx, row, stream) => {
    const [refused] = reasonsNotToRevoke(row, reason);
    if (refused) throw refuse(refused);
    const said = reason.trim();
    await tx
      .update(certificate)
      .set({ state: 'revoked', revokedReason: said })
      .where(and(eq(certificate.id, certificateId), eq(certificate.state, 'valid')));
    await closeReview(tx, certificateId, decided('revoked', said, actor, now));
    const year = Number(row.issuedOn.slice(0, 4));
    const detail = { personId: row.personId, year, certificateId, number: row.number, reason: said };
    await record(tx, { stream, kind: 'certificate_revoked', actor, at: now, path: row.path, detail });
  });
}

/**
 * Upholds a certificate that was listed for review, with a reason that is recorded; it goes on as it was.
 * Only the bureau of its class may. Refused: not_found, forbidden, review_none, uphold_reason_short.
 */
export async function upholdCertificate(
  actor: Actor,
  certificateId: string,
  reason: string,
  now: Date,
): Promise<void> {
  await aboutKept(actor, certificateId, async (tx, row, stream) => {
    const open = (await openReviewsOf(tx, [certificateId])).get(certificateId);
    const [refused] = reasonsNotToUphold(open !== undefined, reason);
    if (refused) throw refuse(refused);
    const said = reason.trim();
    await closeReview(tx, certificateId, decided('upheld', said, actor, now));
    const detail = { certificateId, number: row.number, grounds: open!.grounds, reason: said };
    await record(tx, { stream, kind: 'certificate_upheld', actor, at: now, path: row.path, detail });
  });
}

function decided(outcome: 'upheld' | 'revoked', reason: string, actor: Actor, now: Date) {
  return { outcome, reason, decidedBy: actor.accountId ?? '', decidedAt: now };
}
