import { and, asc, desc, eq, inArray, like, ne, or, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { classInstructor, classSession, enrolment, trainingClass } from '#lib/server/db/schema/classes.ts';
import { certificateKind } from '#lib/server/db/schema/certificates.ts';
import { course } from '#lib/server/db/schema/courses.ts';
import { account, accountGrant, division } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { refuse } from './copy.ts';
import type { ClassInput } from './forms.ts';
import { classScope, mayKeepClass, mayRunClass, maySeeClass, type ClassPlace } from './policy.ts';
import { classFaults } from './training-class.ts';
import { stateAfter, type ClassEvent, type ClassState } from './training-class.machine.ts';

export type ClassRow = typeof trainingClass.$inferSelect;
/** A class with what decides who may do what in it. */
export type LoadedClass = { row: ClassRow; place: ClassPlace };

/** A class for a command or a page. Refused: 404 when it is not there or not the actor's to see. */
export async function findClass(actor: Actor, db: Db, classId: string): Promise<LoadedClass> {
  const [row] = await db.select().from(trainingClass).where(eq(trainingClass.id, classId));
  if (!row) throw refuse('not_found');
  const teachers = await db
    .select({ accountId: classInstructor.accountId })
    .from(classInstructor)
    .where(eq(classInstructor.classId, classId));
  const place = { path: row.path, state: row.state, instructors: teachers.map(({ accountId }) => accountId) };
  if (!maySeeClass(actor, place)) throw refuse('not_found');
  return { row, place };
}

/** A class its bureau changes. Refused: 404, 403. */
export async function findKeptClass(actor: Actor, db: Db, classId: string): Promise<ClassRow> {
  const { row } = await findClass(actor, db, classId);
  if (!mayKeepClass(actor, row.path)) throw refuse('forbidden');
  return row;
}

/** A class the actor runs: sign-in and lists. Refused: 404, 403. */
export async function findRunClass(actor: Actor, db: Db, classId: string): Promise<ClassRow> {
  const { row, place } = await findClass(actor, db, classId);
  if (!mayRunClass(actor, place)) throw refuse('forbidden');
  return row;
}

/** Leaves an event in the stream of a class, `class:<id>`. */
export async function tellClass(
  actor: Actor,
  tx: Tx,
  row: ClassRow,
  told: { kind: string; detail?: Record<string, unknown> },
  now: Date,
): Promise<void> {
  const detail = { title: row.title, ...told.detail };
  await record(tx, { stream: `class:${row.id}`, kind: told.kind, actor, at: now, path: row.path, detail });
}

/** Begins a class as a draft. Refused: 404 unknown place, 403, 400 dates. */
export async function createClass(
  actor: Actor,
  input: ClassInput & { divisionId: string },
  now: Date,
): Promise<string> {
  const id = newId();
  return await write(`class:${id}`, async (tx) => {
    const [place] = await tx.select().from(division).where(eq(division.id, input.divisionId));
    if (!place) throw refuse('not_found');
    if (!mayKeepClass(actor, place.path)) throw refuse('forbidden');
    const [fault] = classFaults(input);
    if (fault) throw refuse(fault);
    const row: ClassRow = {
      ...input,
      id,
      path: place.path,
      state: 'draft',
      createdBy: actor.accountId ?? '',
      createdAt: now,
    };
    await tx.insert(trainingClass).values(row);
    await tellClass(actor, tx, row, { kind: 'class_created' }, now);
    return id;
  });
}

/** Changes what stands about a class that is not over. Refused: 404, 403, 409, 400 dates. */
export async function changeClass(
  actor: Actor,
  classId: string,
  input: ClassInput,
  now: Date,
): Promise<void> {
  await write(`class:${classId}`, async (tx) => {
    const row = await findKeptClass(actor, tx, classId);
    if (row.state !== 'draft' && row.state !== 'open') throw refuse('class_closed');
    const [fault] = classFaults(input);
    if (fault) throw refuse(fault);
    const sessions = await tx
      .select({ heldOn: classSession.heldOn })
      .from(classSession)
      .where(eq(classSession.classId, classId));
    if (sessions.some(({ heldOn }) => heldOn < input.startsOn || heldOn > input.endsOn))
      throw refuse('session_outside_class');
    await tx.update(trainingClass).set(input).where(eq(trainingClass.id, classId));
    await tellClass(actor, tx, { ...row, ...input }, { kind: 'class_changed' }, now);
  });
}

const EVENT_KINDS: Record<ClassEvent['type'], string> = {
  OPEN: 'class_opened',
  FINISH: 'class_finished',
  REOPEN: 'class_reopened',
  CANCEL: 'class_cancelled',
};

/**
 * Moves a class through its life. Opening needs sessions; cancelling and opening again need a reason.
 * Refused: 404, 403, 409 `class_state_wrong` or `class_without_sessions`, 400 `class_reason_missing`.
 */
export async function moveClass(
  actor: Actor,
  classId: string,
  move: { type: ClassEvent['type']; reason: string },
  now: Date,
): Promise<void> {
  await write(`class:${classId}`, async (tx) => {
    const row = await findKeptClass(actor, tx, classId);
    const next = stateAfter(row.state, move.type);
    if (next === null) throw refuse('class_state_wrong');
    const needsReason = move.type === 'CANCEL' || move.type === 'REOPEN';
    if (needsReason && [...move.reason.trim()].length < 4) throw refuse('class_reason_missing');
    if (move.type === 'OPEN' && (await tx.$count(classSession, eq(classSession.classId, classId))) === 0)
      throw refuse('class_without_sessions');
    const from = and(eq(trainingClass.id, classId), eq(trainingClass.state, row.state));
    await tx.update(trainingClass).set({ state: next }).where(from);
    await tellClass(actor, tx, row, { kind: EVENT_KINDS[move.type], detail: { reason: move.reason } }, now);
  });
}

/** Lets an account teach a class, by its login name. Refused: 404, 403, 400 when it is no instructor. */
export async function assignInstructor(
  actor: Actor,
  classId: string,
  loginName: string,
  now: Date,
): Promise<void> {
  await write(`class:${classId}`, async (tx) => {
    const row = await findKeptClass(actor, tx, classId);
    const [found] = await tx
      .select({ id: account.id, name: account.name })
      .from(account)
      .innerJoin(accountGrant, eq(accountGrant.accountId, account.id))
      .where(and(eq(account.loginName, loginName.trim().toLowerCase()), eq(accountGrant.role, 'instructor')));
    if (!found) throw refuse('instructor_unknown');
    await tx.insert(classInstructor).values({ classId, accountId: found.id }).onConflictDoNothing();
    await tellClass(actor, tx, row, { kind: 'instructor_assigned', detail: { name: found.name } }, now);
  });
}

export async function dismissInstructor(
  actor: Actor,
  classId: string,
  accountId: string,
  now: Date,
): Promise<void> {
  await write(`class:${classId}`, async (tx) => {
    const row = await findKeptClass(actor, tx, classId);
    const mine = and(eq(classInstructor.classId, classId), eq(classInstructor.accountId, accountId));
    await tx.delete(classInstructor).where(mine);
    await tellClass(actor, tx, row, { kind: 'instructor_dismissed', detail: { accountId } }, now);
  });
}

export type ListedClass = ClassRow & { enrolled: number; sessions: number };

export type ClassFilters = { text?: string; state?: ClassState | '' };

/** The classes in an actor's scope, latest first; a township officer counts the own people only. */
export async function listClasses(
  actor: Actor,
  filters: ClassFilters,
  page: number,
): Promise<PageOf<ListedClass>> {
  const { kept, reaching, teacher } = classScope(actor);
  if (kept.length === 0 && reaching.length === 0 && teacher === null) throw refuse('forbidden');
  return await read(async (db) => {
    const taught = teacher
      ? await db
          .select({ id: classInstructor.classId })
          .from(classInstructor)
          .where(eq(classInstructor.accountId, teacher))
      : [];
    const where = and(
      or(
        ...kept.map((path) => like(trainingClass.path, `${path}%`)),
        and(ne(trainingClass.state, 'draft'), inArray(trainingClass.path, ['', ...reaching])),
        inArray(trainingClass.id, ['', ...taught.map(({ id }) => id)]),
      ),
      filters.state ? eq(trainingClass.state, filters.state) : undefined,
      filters.text ? like(trainingClass.title, `%${filters.text.replace(/[%_\\]/g, '')}%`) : undefined,
    );
    const total = await db.$count(trainingClass, where);
    const rows = await db
      .select()
      .from(trainingClass)
      .where(where)
      .orderBy(desc(trainingClass.startsOn), asc(trainingClass.id))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    const ids = ['', ...rows.map(({ id }) => id)];
    const sessions = await countBy(db, classSession, ids);
    const enrolled = await countEnrolled(
      db,
      ids,
      kept.length === 0 && teacher === null ? ownSubtrees(actor) : [],
    );
    return {
      rows: rows.map((row) => ({
        ...row,
        enrolled: enrolled.get(row.id) ?? 0,
        sessions: sessions.get(row.id) ?? 0,
      })),
      total,
      page,
      pageSize: PAGE_SIZE,
    };
  });
}

function ownSubtrees(actor: Actor): string[] {
  return actor.grants.filter(({ role }) => role === 'township_officer').map(({ path }) => path);
}

async function countBy(db: Db, table: typeof classSession, ids: string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ id: table.classId, count: sql<number>`count(*)`.mapWith(Number) })
    .from(table)
    .where(inArray(table.classId, ids))
    .groupBy(table.classId);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

async function countEnrolled(db: Db, ids: string[], subtrees: string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ id: enrolment.classId, count: sql<number>`count(*)`.mapWith(Number) })
    .from(enrolment)
    .where(
      and(
        inArray(enrolment.classId, ids),
        sql`${enrolment.withdrawnAt} is null`,
        subtrees.length > 0 ? or(...subtrees.map((path) => like(enrolment.path, `${path}%`))) : undefined,
      ),
    )
    .groupBy(enrolment.classId);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** A class with its timetable and teachers, and what the actor may do in it. Refused: 404. */
export async function readClass(actor: Actor, classId: string) {
  return await read(async (db) => {
    const { row, place } = await findClass(actor, db, classId);
    const sessions = await db
      .select()
      .from(classSession)
      .where(eq(classSession.classId, classId))
      .orderBy(asc(classSession.startsAt), asc(classSession.id));
    const teachers = await db
      .select({ id: account.id, name: account.name, loginName: account.loginName })
      .from(account)
      .where(inArray(account.id, ['', ...place.instructors]))
      .orderBy(asc(account.loginName));
    return {
      row,
      sessions: sessions.map(({ secret: _, ...session }) => session),
      teachers,
      mayKeep: mayKeepClass(actor, row.path),
      mayRun: mayRunClass(actor, place),
    };
  });
}

/** What the form of a class may choose: courses the actor keeps, and certificates issued here. */
export async function listClassChoices(actor: Actor) {
  const { kept } = classScope(actor);
  return await read(async (db) => {
    const courses = await db
      .select({ id: course.id, title: course.title })
      .from(course)
      .where(
        and(
          eq(course.state, 'published'),
          or(eq(course.id, ''), ...kept.map((path) => like(course.path, `${path}%`))),
        ),
      )
      .orderBy(asc(course.title));
    const kinds = await db
      .select({ code: certificateKind.code, title: certificateKind.title })
      .from(certificateKind)
      .where(eq(certificateKind.issuer, 'own'))
      .orderBy(asc(certificateKind.code));
    return { courses, kinds };
  });
}
