import { and, asc, desc, eq, gte, inArray, isNull, like, lt, or, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf, type Day } from '#lib/kernel/day.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { certificate, certificateKind, type FrozenCertificate } from '#lib/server/db/schema/certificates.ts';
import { classInstructor, trainingClass } from '#lib/server/db/schema/classes.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { person, post } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { readNumber, reasonsNotToRevoke, stateOf, type CertificateState } from './certificate.ts';
import { refuse } from './copy.ts';
import { mayKeepCertificates, maySeeCertificate, type CertificateFacts } from './policy.ts';
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
};

export type CertificateFilter = {
  /** Part of a name, its pinyin, or a number. */
  words?: string;
  state?: CertificateState;
  classId?: string;
  year?: number;
};

function shown(row: typeof certificate.$inferSelect, today: Day): CertificateRow {
  const { id, number, personId, classId, frozen, issuedOn, validUntil, revokedReason } = row;
  return {
    id,
    number,
    personId,
    classId,
    frozen,
    issuedOn,
    validUntil,
    revokedReason,
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
): Promise<PageOf<CertificateRow>> {
  const today = dayOf(now);
  return await read(async (db) => {
    const wanted = and(
      visibleCertificates(actor, db),
      matching(filter.words ?? ''),
      filter.state ? inState(filter.state, today) : undefined,
      filter.classId ? eq(certificate.classId, filter.classId) : undefined,
      filter.year ? like(certificate.issuedOn, `${filter.year}-%`) : undefined,
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
    return { rows: rows.map((row) => shown(row, today)), total, page, pageSize: PAGE_SIZE };
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
    return {
      ...shown(row, dayOf(now)),
      kindSource: kind?.source ?? '',
      mayKeep: facts.classPath !== null && mayKeepCertificates(actor, facts.classPath),
      revoked: revocation ? { at: revocation.at, by: revocation.by } : null,
    };
  });
}

async function visibleCertificate(db: Db, actor: Actor, certificateId: string) {
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
 * Revokes a certificate, with a reason that is recorded; its number is never given again. Only the bureau
 * of its class may. Refused: not_found, forbidden, certificate_revoked_already, reason_short.
 */
export async function revokeCertificate(
  actor: Actor,
  certificateId: string,
  reason: string,
  now: Date,
): Promise<void> {
  const [owner] = await read((db) =>
    db.select({ id: certificate.personId }).from(certificate).where(eq(certificate.id, certificateId)),
  );
  if (!owner) throw refuse('not_found');
  const stream = `person:${owner.id}`;
  await write(stream, async (tx) => {
    const { row, facts } = await visibleCertificate(tx, actor, certificateId);
    if (facts.classPath === null || !mayKeepCertificates(actor, facts.classPath)) throw refuse('forbidden');
    const [refused] = reasonsNotToRevoke(row, reason);
    if (refused) throw refuse(refused);
    const said = reason.trim();
    await tx
      .update(certificate)
      .set({ state: 'revoked', revokedReason: said })
      .where(and(eq(certificate.id, certificateId), eq(certificate.state, 'valid')));
    const year = Number(row.issuedOn.slice(0, 4));
    const detail = { personId: row.personId, year, certificateId, number: row.number, reason: said };
    await record(tx, { stream, kind: 'certificate_revoked', actor, at: now, path: row.path, detail });
  });
}
