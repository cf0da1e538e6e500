import { randomBytes } from 'node:crypto';
import { and, asc, desc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { instantOn } from '#lib/kernel/day.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import {
  attendance,
  classInstructor,
  classSession,
  signSheet,
  trainingClass,
} from '#lib/server/db/schema/classes.ts';
import { upload } from '#lib/server/db/schema/platform.ts';
import { newId } from '#lib/server/id.ts';
import { storeFile } from '#lib/server/storage.ts';
import { findClass, findKeptClass, findRunClass, tellClass, type ClassRow } from './classes.server.ts';
import { refuse } from './copy.ts';
import { mayRunClass } from './policy.ts';
import type { SessionInput, Timetable } from './forms.ts';
import {
  HALF_TIMES,
  halvesBetween,
  sessionFaults,
  sessionTimes,
  type SessionTimes,
} from './training-class.ts';

export type SessionRow = typeof classSession.$inferSelect;
/** A session without the seed of its codes. */
export type Session = Omit<SessionRow, 'secret'>;

const SCAN_BYTES_MAX = 30 * 1_048_576;

const newSecret = () => randomBytes(24).toString('base64url');

async function openKept(actor: Actor, tx: Tx, classId: string): Promise<ClassRow> {
  const row = await findKeptClass(actor, tx, classId);
  if (row.state !== 'draft' && row.state !== 'open') throw refuse('class_closed');
  return row;
}

/**
 * Lays out all half-days of a span with the usual times; those that are there stay. Answers how many are
 * new. Refused: 404, 403, 409 when the class is over, 400 outside the class's days or nothing to lay out.
 */
export async function layOutSessions(
  actor: Actor,
  classId: string,
  plan: Timetable,
  now: Date,
): Promise<number> {
  return await write(`class:${classId}`, async (tx) => {
    const row = await openKept(actor, tx, classId);
    if (plan.from < row.startsOn || plan.to > row.endsOn) throw refuse('session_outside_class');
    const wanted = halvesBetween(plan.from, plan.to, plan.workdays).filter(({ half }) =>
      plan.halves.includes(half),
    );
    const known = await tx.select().from(classSession).where(eq(classSession.classId, classId));
    const taken = new Set(known.map(({ heldOn, half }) => `${heldOn}${half}`));
    const rows = wanted
      .filter(({ heldOn, half }) => !taken.has(`${heldOn}${half}`))
      .map(({ heldOn, half }) => ({
        ...{ id: newId(), classId, heldOn, half, topic: plan.topic, secret: newSecret() },
        ...sessionTimes(heldOn, HALF_TIMES[half]),
      }));
    if (rows.length === 0) throw refuse('sessions_none');
    await tx.insert(classSession).values(rows);
    await tellClass(actor, tx, row, { kind: 'sessions_added', detail: { count: rows.length } }, now);
    return rows.length;
  });
}

function timesOf(input: SessionInput): SessionTimes {
  const { heldOn, startsAt, endsAt, signFrom, signUntil } = input;
  return {
    startsAt: instantOn(heldOn, startsAt),
    endsAt: instantOn(heldOn, endsAt),
    signFrom: instantOn(heldOn, signFrom),
    signUntil: instantOn(heldOn, signUntil),
  };
}

/**
 * Changes a half-day. Once somebody has signed, its day and half stay. Refused: 404, 403, 409
 * `session_signed`, `session_taken`, 400 with the first fault.
 */
export async function changeSession(
  actor: Actor,
  sessionId: string,
  input: SessionInput,
  now: Date,
): Promise<void> {
  const classId = await classIdOf(sessionId);
  await write(`class:${classId}`, async (tx) => {
    const row = await openKept(actor, tx, classId);
    const session = await sessionOf(tx, sessionId);
    const times = timesOf(input);
    const [fault] = sessionFaults({ ...times, heldOn: input.heldOn }, row);
    if (fault) throw refuse(fault);
    const moved = input.heldOn !== session.heldOn || input.half !== session.half;
    if (moved && (await isSigned(tx, sessionId))) throw refuse('session_signed');
    if (moved && (await isTaken(tx, classId, input))) throw refuse('session_taken');
    const { heldOn, half, topic } = input;
    await tx
      .update(classSession)
      .set({ heldOn, half, topic, ...times })
      .where(eq(classSession.id, sessionId));
    await tellClass(
      actor,
      tx,
      row,
      { kind: 'session_changed', detail: { sessionId, heldOn, half, topic } },
      now,
    );
  });
}

/** Removes a half-day nobody has signed. Refused: 404, 403, 409. */
export async function removeSession(actor: Actor, sessionId: string, now: Date): Promise<void> {
  const classId = await classIdOf(sessionId);
  await write(`class:${classId}`, async (tx) => {
    const row = await openKept(actor, tx, classId);
    const { heldOn, half } = await sessionOf(tx, sessionId);
    if (await isSigned(tx, sessionId)) throw refuse('session_signed');
    await tx.delete(classSession).where(eq(classSession.id, sessionId));
    await tellClass(actor, tx, row, { kind: 'session_removed', detail: { sessionId, heldOn, half } }, now);
  });
}

async function isSigned(tx: Tx, sessionId: string): Promise<boolean> {
  return (await tx.$count(attendance, eq(attendance.sessionId, sessionId))) > 0;
}

async function isTaken(tx: Tx, classId: string, at: { heldOn: string; half: 'am' | 'pm' }): Promise<boolean> {
  const same = and(
    eq(classSession.classId, classId),
    eq(classSession.heldOn, at.heldOn),
    eq(classSession.half, at.half),
  );
  return (await tx.$count(classSession, same)) > 0;
}

async function sessionOf(db: Db, sessionId: string): Promise<SessionRow> {
  const [session] = await db.select().from(classSession).where(eq(classSession.id, sessionId));
  if (!session) throw refuse('not_found');
  return session;
}

async function classIdOf(sessionId: string): Promise<string> {
  return (await read((db) => sessionOf(db, sessionId))).classId;
}

/** A session and its class, for those who see the class. Refused: 404. */
export async function findSession(
  actor: Actor,
  sessionId: string,
): Promise<{ session: SessionRow; of: ClassRow }> {
  return await read(async (db) => {
    const session = await sessionOf(db, sessionId);
    return { session, of: (await findClass(actor, db, session.classId)).row };
  });
}

/** A session that the actor runs, before a command names its class. Refused: 404, 403. */
export async function findRunSession(actor: Actor, sessionId: string): Promise<SessionRow> {
  return await read(async (db) => {
    const session = await sessionOf(db, sessionId);
    await findRunClass(actor, db, session.classId);
    return session;
  });
}

/** Puts the scan of the signed paper sheet onto its session. Refused: 404, 403. */
export async function attachSignSheet(
  actor: Actor,
  sessionId: string,
  uploadId: string,
  now: Date,
): Promise<void> {
  const { classId } = await findRunSession(actor, sessionId);
  await write(`class:${classId}`, async (tx) => {
    const row = await findRunClass(actor, tx, classId);
    const [stored] = await tx.select().from(upload).where(eq(upload.id, uploadId));
    if (!stored || stored.about !== `session:${sessionId}`) throw refuse('not_found');
    const byAccount = actor.accountId ?? '';
    await tx.insert(signSheet).values({ id: newId(), sessionId, uploadId, byAccount, at: now });
    await tellClass(
      actor,
      tx,
      row,
      { kind: 'sign_sheet_attached', detail: { sessionId, name: stored.name } },
      now,
    );
  });
}

/** Stores a scan and puts it onto its session. Refused: 404, 403, 413 larger than 30 MB. */
export async function storeSignSheet(actor: Actor, sessionId: string, file: File, now: Date): Promise<void> {
  await findRunSession(actor, sessionId);
  const { of } = await findSession(actor, sessionId);
  const origin = { about: `session:${sessionId}`, path: of.path, byAccount: actor.accountId ?? '', now };
  const stored = await storeFile(file, SCAN_BYTES_MAX, origin);
  await attachSignSheet(actor, sessionId, stored.id, now);
}

/** The scans on a session, latest first. Refused: 404, 403. */
export async function listSignSheets(actor: Actor, sessionId: string) {
  await findRunSession(actor, sessionId);
  return await read((db) =>
    db
      .select({
        id: signSheet.id,
        uploadId: signSheet.uploadId,
        name: upload.name,
        type: upload.type,
        at: signSheet.at,
      })
      .from(signSheet)
      .innerJoin(upload, eq(upload.id, signSheet.uploadId))
      .where(eq(signSheet.sessionId, sessionId))
      .orderBy(desc(signSheet.at), asc(signSheet.id)),
  );
}

/** Whether files of a session (`session:<id>`) may be read: by those who run its class. */
export async function mayReadSessionFiles(actor: Actor, about: string): Promise<boolean> {
  return await read(async (db) => {
    const [session] = await db
      .select()
      .from(classSession)
      .where(eq(classSession.id, about.slice('session:'.length)));
    if (!session) return false;
    const [row] = await db.select().from(trainingClass).where(eq(trainingClass.id, session.classId));
    const teachers = await db
      .select()
      .from(classInstructor)
      .where(eq(classInstructor.classId, session.classId));
    const instructors = teachers.map(({ accountId }) => accountId);
    return row !== undefined && mayRunClass(actor, { path: row.path, state: row.state, instructors });
  });
}
