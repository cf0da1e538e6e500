import { and, asc, count, desc, eq, inArray, isNotNull, isNull, like, or } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { subtreesOf } from '#lib/kernel/actor.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { certificate } from '#lib/server/db/schema/certificates.ts';
import { enrolment, trainingClass } from '#lib/server/db/schema/classes.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { reasonsNotToIssue, type IssueReason } from './certificate.ts';
import { refuse } from './copy.ts';
import { findIssuingClass, issueDue, loadCandidates, type IssuingClass } from './issue.server.ts';
import { mayKeepCertificates } from './policy.ts';

export type ClassSummary = {
  id: string;
  title: string;
  startsOn: string;
  endsOn: string;
  enrolled: number;
  issued: number;
};

/** Classes of the actor's bureau that issue certificates, latest first, at most a hundred. */
export async function listIssuingClasses(actor: Actor): Promise<ClassSummary[]> {
  const subtrees = subtreesOf(actor, 'bureau').map((root) => like(trainingClass.path, `${root}%`));
  if (subtrees.length === 0) return [];
  return await read(async (db) => {
    const classes = await db
      .select()
      .from(trainingClass)
      .where(
        and(
          isNotNull(trainingClass.certificateKind),
          inArray(trainingClass.state, ['open', 'finished']),
          or(...subtrees),
        ),
      )
      .orderBy(desc(trainingClass.startsOn), desc(trainingClass.id))
      .limit(100);
    const ids = classes.map((row) => row.id);
    if (ids.length === 0) return [];
    const enrolled = await db
      .select({ classId: enrolment.classId, people: count() })
      .from(enrolment)
      .where(and(inArray(enrolment.classId, ids), isNull(enrolment.withdrawnAt)))
      .groupBy(enrolment.classId);
    const issued = await db
      .select({ classId: certificate.classId, people: count() })
      .from(certificate)
      .where(and(inArray(certificate.classId, ids), eq(certificate.state, 'valid')))
      .groupBy(certificate.classId);
    const of = (rows: { classId: string | null; people: number }[], id: string) =>
      Number(rows.find((row) => row.classId === id)?.people ?? 0);
    return classes.map(({ id, title, startsOn, endsOn }) => ({
      ...{ id, title, startsOn, endsOn },
      enrolled: of(enrolled, id),
      issued: of(issued, id),
    }));
  });
}

export type ClassCandidate = {
  personId: string;
  name: string;
  unit: string;
  attended: number;
  score: number | null;
  certificate: { id: string; number: string; revoked: boolean } | null;
  /** Why there is none yet; empty when it is due and can be issued now. */
  reasons: IssueReason[];
};

export type ClassCertificates = {
  id: string;
  title: string;
  kindTitle: string;
  sessions: number;
  people: ClassCandidate[];
};

/** Everybody of a class with the certificate or what is missing. Refused: not_found, no_certificate_kind. */
export async function readClassCertificates(actor: Actor, classId: string): Promise<ClassCertificates> {
  return await read(async (db) => {
    const of = await keptClass(db, actor, classId);
    const candidates = await loadCandidates(actor, db, of, await enrolledIn(db, classId));
    const issued = await db
      .select({ id: certificate.id, number: certificate.number, state: certificate.state })
      .from(certificate)
      .where(eq(certificate.classId, classId));
    const byId = new Map(
      issued.map(({ id, number, state }) => [id, { id, number, revoked: state === 'revoked' }]),
    );
    const people = candidates.map(({ personId, name, unit, facts, pass, certificateId }) => ({
      ...{ personId, name, unit, attended: facts.attended, score: pass?.score ?? null },
      certificate: byId.get(certificateId ?? '') ?? null,
      reasons: reasonsNotToIssue(facts),
    }));
    return {
      id: classId,
      title: of.row.title,
      kindTitle: of.kind.title,
      sessions: of.sessionIds.length,
      people,
    };
  });
}

async function keptClass(db: Db, actor: Actor, classId: string): Promise<IssuingClass> {
  const [row] = await db
    .select({ path: trainingClass.path })
    .from(trainingClass)
    .where(eq(trainingClass.id, classId));
  if (!row || !mayKeepCertificates(actor, row.path)) throw refuse('not_found');
  const of = await findIssuingClass(actor, db, classId);
  if (!of) throw refuse('no_certificate_kind');
  return of;
}

/** Who is enrolled, each once: a record that was merged stands for the person it was merged into. */
async function enrolledIn(db: Db, classId: string): Promise<string[]> {
  const rows = await db
    .select({ id: person.id, mergedInto: person.mergedInto })
    .from(enrolment)
    .innerJoin(person, eq(person.id, enrolment.personId))
    .where(and(eq(enrolment.classId, classId), isNull(enrolment.withdrawnAt)))
    .orderBy(asc(enrolment.path), asc(person.pinyin), asc(person.id));
  return [...new Set(rows.map((row) => row.mergedInto ?? row.id))];
}

/**
 * Issues what is due and was not issued by itself (a session was struck from the plan, an exam was
 * published late). Harmless to repeat; answers how many. Refused: not_found, no_certificate_kind.
 */
export async function issueDueCertificates(actor: Actor, classId: string, now: Date): Promise<number> {
  const { personIds } = await read(async (db) => {
    await keptClass(db, actor, classId);
    return { personIds: await enrolledIn(db, classId) };
  });
  let issued = 0;
  for (const slice of inSlices(personIds, 50))
    issued += await write(
      slice.map((id) => `person:${id}`),
      async (tx) => issueDue(actor, tx, await keptClass(tx, actor, classId), slice, now),
    );
  return issued;
}
