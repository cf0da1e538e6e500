import { and, asc, eq, inArray, isNull, like, or } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { instantText } from '#lib/kernel/day.ts';
import type { FollowedDetails } from '#lib/kernel/happening.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { attendance, classSession, enrolment } from '#lib/server/db/schema/classes.ts';
import { card, person } from '#lib/server/db/schema/people.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { recordMany } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { writeAboutPeople } from '#lib/server/person-records.ts';
import { findClass, findRunClass, tellClass, type ClassRow } from './classes.server.ts';
import { refuse } from './copy.ts';
import { findRunSession, findSession, type SessionRow } from './sessions.server.ts';
import { listedSubtrees } from './policy.ts';
import { cardIdIn, reasonsNotToTick, standsFor, type AttendanceState, type SignWay } from './sign-in.ts';
import { isDrawnForCheck } from './sign-codes.server.ts';
import { headcount, type Headcount } from './training-class.ts';

export type AttendanceRow = typeof attendance.$inferSelect;

/** One entry on a session: new, or in the place of a leave or a revoked one. */
type Entry = { personId: string; state: 'present' | 'late' | 'leave'; way: SignWay; device: string | null };

/** Writes entries and tells who follows; everything about whether they may has been decided. */
export async function enterAttendance(
  actor: Actor,
  tx: Tx,
  scene: { of: ClassRow; session: SessionRow },
  entries: Entry[],
  now: Date,
): Promise<void> {
  const { of, session } = scene;
  const known = new Map(
    (await attendanceOf(tx, session.id)).map((row): [string, AttendanceRow] => [row.personId, row]),
  );
  const byAccount = actor.accountId ?? '';
  const rows = entries.map(({ personId, state, way, device }) => ({
    ...{
      id: known.get(personId)?.id ?? newId(),
      sessionId: session.id,
      classId: of.id,
      personId,
      state,
      way,
      device,
    },
    ...{ at: now, byAccount, reason: '', checkedAt: null },
    spotCheck: way === 'digits' || (way === 'qr' && isDrawnForCheck(session.secret, personId)),
  }));
  for (const slice of inSlices(rows.filter(({ personId }) => !known.has(personId))))
    await tx.insert(attendance).values(slice);
  for (const row of rows.filter(({ personId }) => known.has(personId)))
    await tx.update(attendance).set(row).where(eq(attendance.id, row.id));
  const stood = rows.filter(({ state }) => standsFor(state));
  await recordMany(
    tx,
    stood.map(({ id, personId, state, way }) => ({
      ...{ stream: `class:${of.id}`, kind: 'attendance_confirmed', actor, at: now, path: of.path },
      detail: {
        ...{ personId, attendanceId: id, classId: of.id, heldOn: session.heldOn, title: of.title },
        ...{ sessionId: session.id, state, way },
      } satisfies FollowedDetails['attendance_confirmed'] & Record<string, unknown>,
    })),
  );
}

async function attendanceOf(db: Db, sessionId: string): Promise<AttendanceRow[]> {
  return await db.select().from(attendance).where(eq(attendance.sessionId, sessionId));
}

async function enrolledOf(db: Db, classId: string, personIds: readonly string[]): Promise<Set<string>> {
  const enrolled = new Set<string>();
  for (const slice of inSlices(personIds)) {
    const rows = await db
      .select({ personId: enrolment.personId })
      .from(enrolment)
      .where(
        and(
          eq(enrolment.classId, classId),
          isNull(enrolment.withdrawnAt),
          inArray(enrolment.personId, slice),
        ),
      );
    for (const { personId } of rows) enrolled.add(personId);
  }
  return enrolled;
}

/**
 * The clerk ticks names: present, late, or on leave. All or none. Refused: 404, 403, and with the first
 * reason of the first person for whom it cannot be.
 */
export async function tickAttendance(
  actor: Actor,
  sessionId: string,
  tick: { persons: readonly string[]; state: 'present' | 'late' | 'leave'; way: SignWay },
  now: Date,
): Promise<void> {
  const session = await findRunSession(actor, sessionId);
  const persons = [...new Set(tick.persons)];
  await writeAboutPeople(persons, [`class:${session.classId}`], async (tx) => {
    const of = await findRunClass(actor, tx, session.classId);
    const enrolled = await enrolledOf(tx, of.id, persons);
    const states = new Map((await attendanceOf(tx, sessionId)).map((row) => [row.personId, row.state]));
    for (const personId of persons) {
      const facts = {
        classState: of.state,
        session,
        enrolled: enrolled.has(personId),
        attendance: states.get(personId) ?? null,
      };
      const [fault] = reasonsNotToTick(facts, tick.state, now);
      if (fault) throw refuse(fault, { when: instantText(session.signFrom) });
    }
    const { state, way } = tick;
    await enterAttendance(
      actor,
      tx,
      { of, session },
      persons.map((personId) => ({ personId, state, way, device: null })),
      now,
    );
    if (state === 'leave')
      await tellClass(actor, tx, of, { kind: 'leave_registered', detail: { sessionId, persons } }, now);
  });
}

/**
 * Signs in whoever's printed card the clerk scanned; `text` is the card's link or its id. Answers the name.
 * Refused: 400 `card_unknown`, 409 `card_withdrawn`, and as {@link tickAttendance}.
 */
export async function signByCard(
  actor: Actor,
  sessionId: string,
  text: string,
  state: 'present' | 'late',
  now: Date,
): Promise<{ name: string }> {
  await findRunSession(actor, sessionId);
  const cardId = cardIdIn(text);
  const [found] = cardId
    ? await read((db) =>
        db
          .select({ personId: card.personId, withdrawnAt: card.withdrawnAt, name: person.name })
          .from(card)
          .innerJoin(person, eq(person.id, card.personId))
          .where(eq(card.id, cardId)),
      )
    : [];
  if (!found) throw refuse('card_unknown');
  if (found.withdrawnAt) throw refuse('card_withdrawn');
  await tickAttendance(actor, sessionId, { persons: [found.personId], state, way: 'card' }, now);
  return { name: found.name };
}

/** The class and person of an attendance, before a command locks both. Refused: 404. */
async function findAttendance(attendanceId: string): Promise<AttendanceRow> {
  const [row] = await read((db) => db.select().from(attendance).where(eq(attendance.id, attendanceId)));
  if (!row) throw refuse('not_found');
  return row;
}

/**
 * Takes a presence back, with a reason; its credit is reversed in the same write. Refused: 404, 403, 400
 * without a reason, 409 when there is no presence to take back or the class is over.
 */
export async function revokeAttendance(
  actor: Actor,
  attendanceId: string,
  reason: string,
  now: Date,
): Promise<void> {
  const { classId, personId } = await findAttendance(attendanceId);
  await writeAboutPeople([personId], [`class:${classId}`], async (tx) => {
    const of = await findRunClass(actor, tx, classId);
    if ([...reason.trim()].length < 4) throw refuse('revoke_reason_missing');
    if (of.state !== 'open') throw refuse('class_not_open');
    const [row] = await tx.select().from(attendance).where(eq(attendance.id, attendanceId));
    if (!row || !standsFor(row.state)) throw refuse('attendance_revoked');
    const change = { state: 'revoked' as const, reason: reason.trim(), device: null };
    await tx
      .update(attendance)
      .set(change)
      .where(and(eq(attendance.id, attendanceId), eq(attendance.state, row.state)));
    await tellClass(
      actor,
      tx,
      of,
      { kind: 'attendance_revoked', detail: { personId, attendanceId, reason: reason.trim() } },
      now,
    );
  });
}

/** The clerk has looked at somebody who was drawn for the spot check. Refused: 404, 403. */
export async function confirmSpotCheck(actor: Actor, attendanceId: string, now: Date): Promise<void> {
  const { classId, sessionId, personId } = await findAttendance(attendanceId);
  await write(`class:${classId}`, async (tx) => {
    const of = await findRunClass(actor, tx, classId);
    await tx.update(attendance).set({ checkedAt: now }).where(eq(attendance.id, attendanceId));
    await tellClass(
      actor,
      tx,
      of,
      { kind: 'attendance_checked', detail: { sessionId, personId, attendanceId } },
      now,
    );
  });
}

/** One line of the tick list. */
export type TickLine = {
  personId: string;
  name: string;
  unit: string;
  attendanceId: string | null;
  state: AttendanceState | null;
  way: SignWay | null;
  at: Date | null;
  spotCheck: boolean;
  checkedAt: Date | null;
  reason: string;
};

/** The names of a session with what is known of each, by place and name, and the counts. Refused: 404. */
export async function listAttendance(
  actor: Actor,
  sessionId: string,
  now: Date,
): Promise<{ lines: TickLine[]; counts: Headcount }> {
  const { session } = await findSession(actor, sessionId);
  return await read(async (db) => {
    const { place } = await findClass(actor, db, session.classId);
    const scope = listedSubtrees(actor, place).map((path) => like(enrolment.path, `${path}%`));
    const people = await db
      .select({ personId: person.id, name: person.name, unit: enrolment.unit })
      .from(enrolment)
      .innerJoin(person, eq(person.id, enrolment.personId))
      .where(
        and(
          eq(enrolment.classId, session.classId),
          isNull(enrolment.withdrawnAt),
          or(eq(enrolment.id, ''), ...scope),
        ),
      )
      .orderBy(asc(enrolment.path), asc(person.pinyin), asc(person.id));
    const known = new Map((await attendanceOf(db, sessionId)).map((row) => [row.personId, row]));
    const lines = people.map((each): TickLine => {
      const row = known.get(each.personId);
      return {
        ...each,
        attendanceId: row?.id ?? null,
        state: row?.state ?? null,
        way: row?.way ?? null,
        at: row?.at ?? null,
        spotCheck: row?.spotCheck ?? false,
        checkedAt: row?.checkedAt ?? null,
        reason: row?.reason ?? '',
      };
    });
    const states = lines.flatMap(({ state }) => (state ? [state] : []));
    return { lines, counts: headcount(lines.length, states, now > session.signUntil) };
  });
}

/** Counts of each session of a class, for its list of half-days. Refused: 404. */
export async function countAttendance(
  actor: Actor,
  classId: string,
  now: Date,
): Promise<Map<string, Headcount>> {
  return await read(async (db) => {
    const { place } = await findClass(actor, db, classId);
    const scope = listedSubtrees(actor, place).map((path) => like(enrolment.path, `${path}%`));
    const enrolled = await db
      .select({ personId: enrolment.personId })
      .from(enrolment)
      .where(
        and(
          eq(enrolment.classId, classId),
          isNull(enrolment.withdrawnAt),
          or(eq(enrolment.id, ''), ...scope),
        ),
      );
    const mine = new Set(enrolled.map(({ personId }) => personId));
    const sessions = await db.select().from(classSession).where(eq(classSession.classId, classId));
    const rows = await db.select().from(attendance).where(eq(attendance.classId, classId));
    return new Map(
      sessions.map(({ id, signUntil }) => {
        const states = rows.flatMap((row) =>
          row.sessionId === id && mine.has(row.personId) ? [row.state] : [],
        );
        return [id, headcount(mine.size, states, now > signUntil)];
      }),
    );
  });
}
