import { and, asc, desc, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { instantText } from '#lib/kernel/day.ts';
import type { Refused } from '#lib/kernel/refused.ts';
import { read, type Db, type Tx } from '#lib/server/db/open.ts';
import {
  attendance,
  classSession,
  enrolment,
  signInTry,
  trainingClass,
} from '#lib/server/db/schema/classes.ts';
import { recordsOf, writeAboutPeople } from '#lib/server/person-records.ts';
import { enterAttendance, type AttendanceRow } from './attendances.server.ts';
import type { ClassRow } from './classes.server.ts';
import { refuse } from './copy.ts';
import { findRunSession, type Session, type SessionRow } from './sessions.server.ts';
import {
  areDigitsFresh,
  codeAt,
  digitsAt,
  isPassGood,
  judgeCode,
  msToNextCode,
  passFor,
  stepOf,
  type CodeVerdict,
} from './sign-codes.server.ts';
import {
  arrivalState,
  reasonsNotToSign,
  TRIES_MAX,
  type AttendanceState,
  type SignFacts,
  type SignFault,
} from './sign-in.ts';
import { headcount, type Headcount } from './training-class.ts';

type Scene = { session: SessionRow; of: ClassRow };

async function sceneOf(db: Db, sessionId: string): Promise<Scene> {
  const [found] = await db
    .select({ session: classSession, of: trainingClass })
    .from(classSession)
    .innerJoin(trainingClass, eq(trainingClass.id, classSession.classId))
    .where(eq(classSession.id, sessionId));
  if (!found || found.of.state === 'draft') throw refuse('not_found');
  return found;
}

/**
 * The record a person is on the list of a class with. Who was enrolled before two records were merged is
 * listed under the linked one, and signs in on that line; the credit is the person's all the same.
 */
async function listedRecord(db: Db, classId: string, personId: string): Promise<string> {
  const records = [...(await recordsOf(db, [personId])).keys()];
  const rows = await db
    .select({ personId: enrolment.personId })
    .from(enrolment)
    .where(
      and(
        eq(enrolment.classId, classId),
        inArray(enrolment.personId, records),
        isNull(enrolment.withdrawnAt),
      ),
    )
    .orderBy(asc(enrolment.enrolledAt), asc(enrolment.id));
  return rows.find((row) => row.personId === personId)?.personId ?? rows[0]?.personId ?? personId;
}

async function factsOf(db: Db, { session, of }: Scene, personId: string, device: string): Promise<SignFacts> {
  const mine = and(eq(attendance.sessionId, session.id), eq(attendance.personId, personId));
  const [row] = await db.select().from(attendance).where(mine);
  const enrolled = await db.$count(
    enrolment,
    and(eq(enrolment.classId, of.id), eq(enrolment.personId, personId), isNull(enrolment.withdrawnAt)),
  );
  const others = await db.$count(
    attendance,
    and(
      eq(attendance.sessionId, session.id),
      eq(attendance.device, device),
      ne(attendance.personId, personId),
    ),
  );
  return {
    classState: of.state,
    session,
    enrolled: enrolled > 0,
    attendance: row?.state ?? null,
    failures: await failuresOf(db, session.id, personId),
    deviceTaken: others > 0,
  };
}

async function failuresOf(db: Db, sessionId: string, personId: string): Promise<number> {
  const [row] = await db
    .select({ failures: signInTry.failures })
    .from(signInTry)
    .where(and(eq(signInTry.sessionId, sessionId), eq(signInTry.personId, personId)));
  return row?.failures ?? 0;
}

function refusalOf(fault: SignFault, session: SessionRow): Refused {
  if (fault === 'sign_early') return refuse(fault, { when: instantText(session.signFrom) });
  if (fault === 'sign_over') return refuse(fault, { when: instantText(session.signUntil) });
  return refuse(fault);
}

/** What the sign-in page shows. */
export type SignPage = {
  session: Pick<
    Session,
    'id' | 'heldOn' | 'half' | 'topic' | 'startsAt' | 'endsAt' | 'signFrom' | 'signUntil'
  >;
  className: string;
  classId: string;
  place: string;
  /** Why one cannot sign now: sentences, the first the most important; empty: one can. */
  reasons: string[];
  faults: SignFault[];
  attendance: { state: AttendanceState; at: Date } | null;
  triesLeft: number;
};

/**
 * The sign-in page of a session for whoever is logged in; who is not enrolled is told so. Refused: 404,
 * 403 `person_missing`.
 */
export async function readSignPage(
  actor: Actor,
  sessionId: string,
  device: string,
  now: Date,
): Promise<SignPage> {
  const { personId: ownId } = actor;
  if (ownId === null) throw refuse('person_missing');
  return await read(async (db) => {
    const scene = await sceneOf(db, sessionId);
    const personId = await listedRecord(db, scene.of.id, ownId);
    const facts = await factsOf(db, scene, personId, device);
    const faults = reasonsNotToSign(facts, now);
    const mine = and(eq(attendance.sessionId, sessionId), eq(attendance.personId, personId));
    const [row] = await db
      .select({ state: attendance.state, at: attendance.at })
      .from(attendance)
      .where(mine);
    const { id, heldOn, half, topic, startsAt, endsAt, signFrom, signUntil } = scene.session;
    return {
      session: { id, heldOn, half, topic, startsAt, endsAt, signFrom, signUntil },
      className: scene.of.title,
      classId: scene.of.id,
      place: scene.of.place,
      reasons: faults.map((fault) => refusalOf(fault, scene.session).message),
      faults,
      attendance: row ?? null,
      triesLeft: Math.max(0, TRIES_MAX - facts.failures),
    };
  });
}

/**
 * Judges the code a phone scanned, before anybody is logged in: a fresh one gives the device a pass that
 * is good for ten minutes, so that the code may change while somebody logs in. Refused: 404.
 */
export async function judgeScan(
  _anybody: Actor,
  sessionId: string,
  scan: { code: string; device: string },
  now: Date,
): Promise<{ verdict: CodeVerdict; pass: string | null }> {
  const { session } = await read((db) => sceneOf(db, sessionId));
  const verdict = judgeCode(session.secret, scan.code, now);
  return { verdict, pass: verdict === 'fresh' ? passFor(session.secret, scan.device, now) : null };
}

/** What a trainee sends to sign in: the pass of a scan, a code, or the digits from the wall. */
export type Signing = { device: string; pass?: string; code?: string; digits?: string };

/**
 * Signs the actor in at a session. A wrong code is remembered, a stale one and one outside the window are
 * not. Refused: 404, 403, and with the first of {@link reasonsNotToSign}, or 409 `code_stale`, 400
 * `code_wrong` with the tries left, 400 `code_missing`.
 */
export async function signIn(
  actor: Actor,
  sessionId: string,
  signing: Signing,
  now: Date,
): Promise<{ state: 'present' | 'late' }> {
  const { personId: ownId } = actor;
  if (ownId === null) throw refuse('person_missing');
  const { of } = await read((db) => sceneOf(db, sessionId));
  const outcome = await writeAboutPeople([ownId], [`class:${of.id}`], async (tx) => {
    const scene = await sceneOf(tx, sessionId);
    const personId = await listedRecord(tx, of.id, ownId);
    const facts = await factsOf(tx, scene, personId, signing.device);
    const [fault] = reasonsNotToSign(facts, now);
    if (fault) return refusalOf(fault, scene.session);
    const proof = proofOf(scene.session, signing, now);
    if (proof === 'missing') return refuse('code_missing');
    if (proof === 'stale') return refuse('code_stale');
    // The refusal is answered, not thrown: a wrong code must be remembered by this write.
    if (proof === 'wrong')
      return await rememberFailure(tx, { sessionId, personId, failures: facts.failures + 1 });
    const state = arrivalState(scene.session, now);
    const entry = { personId, state, way: proof, device: signing.device };
    await enterAttendance(actor, tx, scene, [entry], now);
    return { state };
  });
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

type Proof = 'qr' | 'digits' | 'stale' | 'wrong' | 'missing';

function proofOf(session: SessionRow, { pass, code, digits, device }: Signing, now: Date): Proof {
  if (digits) return areDigitsFresh(session.secret, digits, now) ? 'digits' : 'wrong';
  if (pass && isPassGood(session.secret, pass, device, now)) return 'qr';
  if (code) {
    const verdict = judgeCode(session.secret, code, now);
    return verdict === 'fresh' ? 'qr' : verdict;
  }
  return pass ? 'stale' : 'missing';
}

async function rememberFailure(tx: Tx, failed: typeof signInTry.$inferInsert): Promise<Refused> {
  const target = [signInTry.sessionId, signInTry.personId];
  await tx
    .insert(signInTry)
    .values(failed)
    .onConflictDoUpdate({ target, set: { failures: failed.failures } });
  return refuse('code_wrong', { left: Math.max(0, TRIES_MAX - failed.failures) });
}

/** What hangs on the wall: the link of the moment, its digits, how long they hold, and the counts. */
export type Wall = {
  code: string;
  digits: string;
  msLeft: number;
  counts: Headcount;
  phase: 'early' | 'open' | 'over' | 'closed';
};

/** The wall of a session, asked for every few seconds. Refused: 404, 403. */
export async function readWall(actor: Actor, sessionId: string, now: Date): Promise<Wall> {
  const session = await findRunSession(actor, sessionId);
  return await read(async (db) => {
    const { of } = await sceneOrDraft(db, sessionId);
    const enrolled = await db
      .select({ personId: enrolment.personId })
      .from(enrolment)
      .where(and(eq(enrolment.classId, of.id), isNull(enrolment.withdrawnAt)));
    const mine = new Set(enrolled.map(({ personId }) => personId));
    const rows = await db.select().from(attendance).where(eq(attendance.sessionId, sessionId));
    const states = rows.filter(({ personId }) => mine.has(personId)).map(({ state }) => state);
    const over = now > session.signUntil;
    const step = stepOf(now);
    return {
      code: codeAt(session.secret, step),
      digits: digitsAt(session.secret, step),
      msLeft: msToNextCode(now),
      counts: headcount(mine.size, states, over),
      phase: of.state !== 'open' ? 'closed' : over ? 'over' : now < session.signFrom ? 'early' : 'open',
    };
  });
}

async function sceneOrDraft(db: Db, sessionId: string): Promise<Scene> {
  const [found] = await db
    .select({ session: classSession, of: trainingClass })
    .from(classSession)
    .innerJoin(trainingClass, eq(trainingClass.id, classSession.classId))
    .where(eq(classSession.id, sessionId));
  if (!found) throw refuse('not_found');
  return found;
}

/** A class as its trainee sees it in a list. */
export type OwnClass = Pick<
  ClassRow,
  'id' | 'title' | 'place' | 'state' | 'startsOn' | 'endsOn' | 'organizer'
> & {
  halfDays: number;
  sessions: number;
};

/** The classes the actor is enrolled in, latest first. */
export async function listOwnClasses(actor: Actor): Promise<OwnClass[]> {
  const { personId } = actor;
  if (personId === null) return [];
  return await read(async (db) => {
    const records = [...(await recordsOf(db, [personId])).keys()];
    const rows = await db
      .selectDistinct({ of: trainingClass })
      .from(enrolment)
      .innerJoin(trainingClass, eq(trainingClass.id, enrolment.classId))
      .where(
        and(
          inArray(enrolment.personId, records),
          isNull(enrolment.withdrawnAt),
          ne(trainingClass.state, 'draft'),
        ),
      )
      .orderBy(desc(trainingClass.startsOn), asc(trainingClass.id));
    const ids = ['', ...rows.map(({ of }) => of.id)];
    const sessions = await db
      .select({ classId: classSession.classId })
      .from(classSession)
      .where(inArray(classSession.classId, ids));
    const stood = await stoodIn(db, records, ids);
    const halfDaysIn = (id: string) =>
      new Set(stood.flatMap((row) => (row.classId === id ? [row.sessionId] : []))).size;
    return rows.map(({ of }) => ({
      ...{
        id: of.id,
        title: of.title,
        place: of.place,
        state: of.state,
        startsOn: of.startsOn,
        endsOn: of.endsOn,
      },
      organizer: of.organizer,
      sessions: sessions.filter(({ classId }) => classId === of.id).length,
      halfDays: halfDaysIn(of.id),
    }));
  });
}

async function stoodIn(db: Db, records: string[], classIds: string[]): Promise<AttendanceRow[]> {
  const present = inArray(attendance.state, ['present', 'late']);
  return await db
    .select()
    .from(attendance)
    .where(and(inArray(attendance.personId, records), inArray(attendance.classId, classIds), present));
}

/** One half-day in a trainee's timetable. */
export type OwnSession = Omit<Session, 'classId'> & { state: AttendanceState | null; signedAt: Date | null };

/** A class the actor is enrolled in, with the timetable and the own sign-ins. Refused: 404. */
export async function findOwnClass(actor: Actor, classId: string) {
  const { personId: ownId } = actor;
  if (ownId === null) throw refuse('not_found');
  return await read(async (db) => {
    const personId = await listedRecord(db, classId, ownId);
    const mine = and(
      eq(enrolment.classId, classId),
      eq(enrolment.personId, personId),
      isNull(enrolment.withdrawnAt),
    );
    const [found] = await db
      .select({ of: trainingClass })
      .from(enrolment)
      .innerJoin(trainingClass, eq(trainingClass.id, enrolment.classId))
      .where(and(mine, ne(trainingClass.state, 'draft')));
    if (!found) throw refuse('not_found');
    const sessions = await db
      .select()
      .from(classSession)
      .where(eq(classSession.classId, classId))
      .orderBy(asc(classSession.startsAt), asc(classSession.id));
    const own = and(eq(attendance.classId, classId), eq(attendance.personId, personId));
    const rows = new Map((await db.select().from(attendance).where(own)).map((row) => [row.sessionId, row]));
    const timetable: OwnSession[] = sessions.map(({ secret: _secret, classId: _class, ...session }) => {
      const row = rows.get(session.id);
      return { ...session, state: row?.state ?? null, signedAt: row?.at ?? null };
    });
    return { of: found.of, timetable };
  });
}
