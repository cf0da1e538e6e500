import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf, yearOf, type Day } from '#lib/kernel/day.ts';
import type { FollowedDetails, Happening } from '#lib/kernel/happening.ts';
import type { Db, Tx } from '#lib/server/db/open.ts';
import { certificate, certificateKind, numberSeries } from '#lib/server/db/schema/certificates.ts';
import { attendance, classSession, enrolment, trainingClass } from '#lib/server/db/schema/classes.ts';
import { attempt, exam } from '#lib/server/db/schema/exams.ts';
import { division, person } from '#lib/server/db/schema/people.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { recordMany } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { recordsOf } from '#lib/server/person-records.ts';
import { reasonsNotToIssue, validUntilOf, type IssueFacts } from './certificate.ts';
import { authorityName, numberPrefix, numberText } from './copy.ts';

/** A class that issues certificates, with everything that is the same for all its people. */
export type IssuingClass = {
  row: typeof trainingClass.$inferSelect;
  kind: typeof certificateKind.$inferSelect;
  authority: { name: string; prefix: string };
  sessionIds: string[];
  heldFrom: Day;
  heldUntil: Day;
  hasExam: boolean;
};

/** What the tables say about one person in a class. */
export type Candidate = {
  personId: string;
  name: string;
  sex: string;
  idMasked: string;
  unit: string;
  path: string;
  facts: IssueFacts;
  pass: { attemptId: string; score: number; totalScore: number } | null;
  certificateId: string | null;
};

/** The class with its kind, when it issues certificates of the bureau's own; else null. */
export async function findIssuingClass(
  _system: Actor,
  db: Db,
  classId: string,
): Promise<IssuingClass | null> {
  const [found] = await db
    .select({ row: trainingClass, kind: certificateKind })
    .from(trainingClass)
    .innerJoin(certificateKind, eq(certificateKind.code, trainingClass.certificateKind))
    .where(and(eq(trainingClass.id, classId), eq(certificateKind.issuer, 'own')));
  if (!found) return null;
  const sessions = await db
    .select({ id: classSession.id, heldOn: classSession.heldOn })
    .from(classSession)
    .where(eq(classSession.classId, classId));
  const days = sessions.map((session) => session.heldOn).sort();
  const exams = await db
    .select({ id: exam.id })
    .from(exam)
    .where(and(eq(exam.classId, classId), eq(exam.state, 'published')));
  return {
    ...found,
    authority: await authorityOf(db, found.row.path, found.kind.letter),
    sessionIds: sessions.map((session) => session.id),
    heldFrom: days[0] ?? found.row.startsOn,
    heldUntil: days.at(-1) ?? found.row.endsOn,
    hasExam: exams.length > 0,
  };
}

/** The lowest division from the county upwards that a path lies in: townships and villages issue nothing. */
async function authorityOf(db: Db, path: string, letter: string): Promise<IssuingClass['authority']> {
  const places = await db
    .select()
    .from(division)
    .where(
      and(
        inArray(division.id, path.split('/').filter(Boolean)),
        inArray(division.level, ['county', 'city', 'province']),
      ),
    );
  const lowest = places.reduce((deepest, place) =>
    place.path.length > deepest.path.length ? place : deepest,
  );
  return { name: authorityName(lowest), prefix: numberPrefix(lowest.name, letter) };
}

/** What the tables say about some persons in a class, by their surviving records: one entry for each. */
export async function loadCandidates(
  _system: Actor,
  db: Db,
  of: IssuingClass,
  personIds: readonly string[],
): Promise<Candidate[]> {
  const owners = await recordsOf(db, personIds);
  const records = [...owners.keys()];
  const people = await db
    .select()
    .from(person)
    .where(inArray(person.id, [...new Set(owners.values())]));
  const enrolments = await db
    .select()
    .from(enrolment)
    .where(
      and(
        eq(enrolment.classId, of.row.id),
        inArray(enrolment.personId, records),
        isNull(enrolment.withdrawnAt),
      ),
    );
  const attended = await attendedSessions(db, of, records);
  const passes = await bestPasses(db, of, records);
  const issued = await db
    .select({ id: certificate.id, personId: certificate.personId })
    .from(certificate)
    .where(
      and(
        eq(certificate.classId, of.row.id),
        eq(certificate.kind, of.kind.code),
        inArray(certificate.personId, records),
      ),
    );
  const ofPerson = <Row extends { personId: string }>(rows: Row[], id: string) =>
    rows.filter((row) => owners.get(row.personId) === id);
  return people.map(({ id, name, sex, idMasked, path }) => {
    const [place] = ofPerson(enrolments, id);
    const pass = ofPerson(passes, id).toSorted((a, b) => b.score - a.score)[0] ?? null;
    const facts: IssueFacts = {
      classState: of.row.state,
      enrolled: place !== undefined,
      sessions: of.sessionIds.length,
      attended: new Set(ofPerson(attended, id).map((row) => row.sessionId)).size,
      hasExam: of.hasExam,
      passed: pass !== null,
    };
    const certificateId = ofPerson(issued, id)[0]?.id ?? null;
    return {
      personId: id,
      name,
      sex,
      idMasked,
      unit: place?.unit ?? '',
      path: place?.path ?? path,
      facts,
      pass,
      certificateId,
    };
  });
}

async function attendedSessions(db: Db, of: IssuingClass, records: string[]) {
  const rows = await db
    .select({ personId: attendance.personId, sessionId: attendance.sessionId })
    .from(attendance)
    .where(
      and(
        eq(attendance.classId, of.row.id),
        inArray(attendance.personId, records),
        inArray(attendance.state, ['present', 'late']),
      ),
    );
  return rows.filter((row) => of.sessionIds.includes(row.sessionId));
}

async function bestPasses(db: Db, of: IssuingClass, records: string[]) {
  const rows = await db
    .select({
      personId: attempt.personId,
      attemptId: attempt.id,
      score: attempt.score,
      totalScore: exam.totalScore,
    })
    .from(attempt)
    .innerJoin(exam, eq(exam.id, attempt.examId))
    .where(
      and(
        eq(exam.classId, of.row.id),
        eq(exam.state, 'published'),
        eq(attempt.passed, true),
        inArray(attempt.state, ['submitted', 'collected']),
        inArray(attempt.personId, records),
      ),
    );
  return rows.map((row) => ({ ...row, score: row.score ?? 0 }));
}

/** Whether the certificate is due and not yet issued. */
function isDue(candidate: Candidate): boolean {
  return candidate.certificateId === null && reasonsNotToIssue(candidate.facts).length === 0;
}

/**
 * Issues the certificate of a class to those of the persons to whom it is due, and to nobody twice. The
 * write must hold `person:<id>` of each. Answers how many.
 *
 * The number series is the last row that is locked: what follows the events (the counters of coverage)
 * is locked before it, in every write alike, so that two writes never wait for each other in a circle.
 */
export async function issueDue(
  actor: Actor,
  tx: Tx,
  of: IssuingClass,
  personIds: readonly string[],
  now: Date,
): Promise<number> {
  const due = (await loadCandidates(actor, tx, of, personIds)).filter(isDue);
  if (due.length === 0) return 0;
  const issues = due.map((candidate) => ({ candidate, id: newId() }));
  const year = yearOf(now);
  await recordMany(
    tx,
    issues.map(({ candidate, id }) =>
      happening(actor, candidate, now, 'certificate_issued', {
        ...({ personId: candidate.personId, year } satisfies FollowedDetails['certificate_issued']),
        ...{ certificateId: id, classId: of.row.id, certificateKind: of.kind.code },
      }),
    ),
  );
  const first = await takeNumbers(tx, of.authority.prefix, year, issues.length);
  const rows = issues.map(({ candidate, id }, index) => ({
    id,
    number: numberText(of.authority.prefix, year, first + index),
    ...certificateOf(of, candidate, now),
  }));
  for (const slice of inSlices(rows)) await tx.insert(certificate).values(slice);
  await recordMany(
    tx,
    issues.map(({ candidate, id }, index) =>
      happening(actor, candidate, now, 'certificate_numbered', {
        certificateId: id,
        number: rows[index]!.number,
      }),
    ),
  );
  return issues.length;
}

function happening(
  actor: Actor,
  candidate: Candidate,
  at: Date,
  kind: string,
  detail: Record<string, unknown>,
): Happening {
  return { stream: `person:${candidate.personId}`, kind, actor, at, path: candidate.path, detail };
}

/**
 * Takes `count` numbers in a row from a series and answers the first. The row is changed in place by the
 * write that uses them: when it is taken back, so are the numbers, and none is lost or used twice. Two
 * authorities of one short name share a series, since their numbers would read alike.
 */
async function takeNumbers(tx: Tx, prefix: string, year: number, count: number): Promise<number> {
  const [series] = await tx
    .insert(numberSeries)
    .values({ key: `${prefix}:${year}`, last: count })
    .onConflictDoUpdate({
      target: numberSeries.key,
      set: { last: sql`number_series.last + excluded.last` },
    })
    .returning({ last: numberSeries.last });
  return series!.last - count + 1;
}

/** The row of a certificate, all that it says frozen now. */
function certificateOf(of: IssuingClass, candidate: Candidate, now: Date) {
  const issuedOn = dayOf(now);
  const { personId, name, sex, idMasked, unit, path, pass } = candidate;
  return {
    kind: of.kind.code,
    personId,
    classId: of.row.id,
    attemptId: pass?.attemptId ?? null,
    path,
    frozen: {
      ...{ name, sex, idMasked, unit },
      className: of.row.title,
      heldFrom: of.heldFrom,
      heldUntil: of.heldUntil,
      halfDays: of.sessionIds.length,
      score: pass?.score ?? null,
      totalScore: pass?.totalScore ?? null,
      authority: of.authority.name,
      title: of.kind.title,
    },
    issuedOn,
    validUntil: validUntilOf(issuedOn, of.kind.validityMonths),
    state: 'valid' as const,
    revokedReason: '',
    issuedAt: now,
  };
}
