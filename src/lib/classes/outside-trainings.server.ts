import { and, asc, desc, eq, inArray, isNull, like, or, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import type { FollowedDetails } from '#lib/kernel/happening.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import type { Sheet } from '#lib/kernel/sheet.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { outsideTraining, outsideTrainingPerson } from '#lib/server/db/schema/classes.ts';
import { account, division, person } from '#lib/server/db/schema/people.ts';
import { upload } from '#lib/server/db/schema/platform.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { record, recordMany } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { lookUpHash } from '#lib/server/keys.ts';
import { writeAboutPeople } from '#lib/server/person-records.ts';
import { outsideTitle, refuse } from './copy.ts';
import type { Decision, OutsideInput } from './forms.ts';
import { decideOutsideRows, readOutsideSheet, type DecidedRow } from './outside-sheet.ts';
import { halfDaysMax, outsideFaults, reasonsNotToDecide, type OutsideState } from './outside-training.ts';
import { mayRegisterOutside, outsideSubtrees } from './policy.ts';

export type OutsideRow = typeof outsideTraining.$inferSelect;
type Attendee = { personId: string; halfDays: number };

const about = (id: string) => `outside:${id}`;

async function findOutside(actor: Actor, db: Db, id: string): Promise<OutsideRow> {
  const [row] = await db.select().from(outsideTraining).where(eq(outsideTraining.id, id));
  if (!row || !mayRegisterOutside(actor, row.path)) throw refuse('not_found');
  return row;
}

async function tell(
  actor: Actor,
  tx: Tx,
  row: OutsideRow,
  kind: string,
  now: Date,
  detail = {},
): Promise<void> {
  const { path, title } = row;
  await record(tx, { stream: about(row.id), kind, actor, at: now, path, detail: { title, ...detail } });
}

function checked(input: OutsideInput, now: Date) {
  const { days: halfDays, ...rest } = input;
  const [fault] = outsideFaults({ ...rest, halfDays }, dayOf(now));
  if (fault) throw refuse(fault);
  return { ...rest, halfDays };
}

/** Enters training done elsewhere; people and the scan follow. Refused: 404, 403, 400 dates or length. */
export async function enterOutsideTraining(actor: Actor, input: OutsideInput, now: Date): Promise<string> {
  const id = newId();
  const facts = checked(input, now);
  return await write(about(id), async (tx) => {
    const [place] = await tx.select().from(division).where(eq(division.id, input.divisionId));
    if (!place) throw refuse('not_found');
    if (!mayRegisterOutside(actor, place.path)) throw refuse('forbidden');
    const row: OutsideRow = {
      ...facts,
      ...{
        id,
        path: place.path,
        uploadId: null,
        state: 'entered',
        reason: '',
        decidedBy: null,
        decidedAt: null,
      },
      ...{ enteredBy: actor.accountId ?? '', enteredAt: now },
    };
    await tx.insert(outsideTraining).values(row);
    await tell(actor, tx, row, 'outside_training_entered', now);
    return id;
  });
}

/** An entry its own author still changes: whoever will confirm it must not have had a hand in it. */
async function stillEntered(actor: Actor, tx: Tx, id: string): Promise<OutsideRow> {
  const row = await findOutside(actor, tx, id);
  if (row.enteredBy !== actor.accountId) throw refuse('outside_of_another');
  if (row.state !== 'entered') throw refuse('outside_decided');
  return row;
}

/** Puts people on the list of a training that is not decided; each with as many half-days as it has. */
export async function addOutsidePeople(
  actor: Actor,
  id: string,
  attendees: Attendee[],
  now: Date,
): Promise<void> {
  await write(about(id), async (tx) => {
    const row = await stillEntered(actor, tx, id);
    const max = halfDaysMax(row);
    const known = await inScope(actor, tx, { ids: attendees.map(({ personId }) => personId) });
    for (const { personId, halfDays } of attendees) {
      if (!known.some((each) => each.id === personId)) throw refuse('outside_person_unknown');
      if (halfDays < 1 || halfDays > max) throw refuse('half_days_many');
    }
    for (const slice of inSlices(attendees))
      await tx
        .insert(outsideTrainingPerson)
        .values(slice.map((each) => ({ ...each, trainingId: id })))
        .onConflictDoUpdate({
          target: [outsideTrainingPerson.trainingId, outsideTrainingPerson.personId],
          set: { halfDays: sql`excluded.half_days` },
        });
    await tell(actor, tx, row, 'outside_people_added', now, { count: attendees.length });
  });
}

export async function removeOutsidePerson(
  actor: Actor,
  id: string,
  personId: string,
  now: Date,
): Promise<void> {
  await write(about(id), async (tx) => {
    const row = await stillEntered(actor, tx, id);
    const mine = and(eq(outsideTrainingPerson.trainingId, id), eq(outsideTrainingPerson.personId, personId));
    await tx.delete(outsideTrainingPerson).where(mine);
    await tell(actor, tx, row, 'outside_person_removed', now, { personId });
  });
}

/** The people the actor may register, of some ids or hashed ID numbers. */
async function inScope(actor: Actor, db: Db, wanted: { ids: string[] } | { hashes: string[] }) {
  const scope = or(eq(person.id, ''), ...outsideSubtrees(actor).map((path) => like(person.path, `${path}%`)));
  const found: { id: string; name: string; idHash: string | null }[] = [];
  const column = 'ids' in wanted ? person.id : person.idHash;
  for (const slice of inSlices('ids' in wanted ? wanted.ids : wanted.hashes))
    found.push(
      ...(await db
        .select({ id: person.id, name: person.name, idHash: person.idHash })
        .from(person)
        .where(and(inArray(column, slice), scope, isNull(person.mergedInto)))),
    );
  return found;
}

/**
 * Decides the rows of a sheet against the register, without changing anything: which are taken, and every
 * fault of the others. Refused: 404, 409 decided, 400 `sheet_headings_missing`.
 */
export async function decideOutsideSheet(
  actor: Actor,
  id: string,
  sheet: Sheet,
  now: Date,
): Promise<DecidedRow[]> {
  return await read(async (db) => {
    const row = await findOutside(actor, db, id);
    if (row.state !== 'entered') throw refuse('outside_decided');
    const terms = { halfDays: row.halfDays, halfDaysMax: halfDaysMax(row), asOf: dayOf(now) };
    const { rows, missingHeadings } = readOutsideSheet(sheet, terms);
    if (missingHeadings.length > 0) throw refuse('sheet_headings_missing');
    const hashes = new Map(
      rows.flatMap(({ idNumber }) => (idNumber === '' ? [] : [[idNumber, lookUpHash(idNumber)]])),
    );
    const known = new Map(
      (await inScope(actor, db, { hashes: [...hashes.values()] })).map((each) => [each.idHash, each]),
    );
    return decideOutsideRows(rows, (idNumber) => known.get(hashes.get(idNumber) ?? ''));
  });
}

/** Takes the good rows of a sheet onto the list; answers all decided rows. Refused as {@link decideOutsideSheet}. */
export async function addOutsideSheet(
  actor: Actor,
  id: string,
  sheet: Sheet,
  now: Date,
): Promise<DecidedRow[]> {
  const rows = await decideOutsideSheet(actor, id, sheet, now);
  const attendees = rows.flatMap(({ personId, halfDays }) => (personId ? [{ personId, halfDays }] : []));
  if (attendees.length > 0) await addOutsidePeople(actor, id, attendees, now);
  return rows;
}

/** Puts the scanned sheet or certificate onto an entered training. Refused: 404, 409. */
export async function attachOutsideSheet(
  actor: Actor,
  id: string,
  uploadId: string,
  now: Date,
): Promise<void> {
  await write(about(id), async (tx) => {
    const row = await stillEntered(actor, tx, id);
    const [stored] = await tx.select().from(upload).where(eq(upload.id, uploadId));
    if (!stored || stored.about !== about(id)) throw refuse('not_found');
    await tx.update(outsideTraining).set({ uploadId }).where(eq(outsideTraining.id, id));
    await tell(actor, tx, row, 'outside_sheet_attached', now, { name: stored.name });
  });
}

/**
 * Confirms or refuses, by another than the one who entered it; confirming gives everybody on the list the
 * half-days. Refused: 404, with the first of {@link reasonsNotToDecide}, 409 when the list just changed.
 */
export async function decideOutsideTraining(
  actor: Actor,
  id: string,
  decision: Decision,
  now: Date,
): Promise<void> {
  const before = await read((db) => attendeesOf(db, id));
  const persons = before.map(({ personId }) => personId);
  await writeAboutPeople(persons, [about(id)], async (tx) => {
    const row = await findOutside(actor, tx, id);
    const attendees = await attendeesOf(tx, id);
    const [enterer] = await tx
      .select({ personId: account.personId })
      .from(account)
      .where(eq(account.id, row.enteredBy));
    const facts = {
      ...{ state: row.state, enteredBy: row.enteredBy, enteredByPerson: enterer?.personId ?? null },
      ...{ people: attendees.length, hasSheet: row.uploadId !== null },
    };
    const [fault] = reasonsNotToDecide(facts, actor, decision);
    if (fault) throw refuse(fault);
    if (JSON.stringify(attendees) !== JSON.stringify(before)) throw refuse('outside_changed');
    const { verdict, reason } = decision;
    const decided = { state: verdict, reason, decidedBy: actor.accountId, decidedAt: now };
    const open = and(eq(outsideTraining.id, id), eq(outsideTraining.state, 'entered'));
    await tx.update(outsideTraining).set(decided).where(open);
    if (verdict === 'refused') await tell(actor, tx, row, 'outside_training_refused', now, { reason });
    else await confirmEach(actor, tx, row, attendees, now);
  });
}

async function confirmEach(
  actor: Actor,
  tx: Tx,
  row: OutsideRow,
  attendees: Attendee[],
  now: Date,
): Promise<void> {
  await recordMany(
    tx,
    attendees.map(({ personId, halfDays }) => ({
      ...{ stream: about(row.id), kind: 'outside_training_confirmed', actor, at: now, path: row.path },
      detail: {
        ...{ personId, trainingId: row.id, halfDays, heldOn: row.toOn },
        title: outsideTitle(row),
      } satisfies FollowedDetails['outside_training_confirmed'],
    })),
  );
}

async function attendeesOf(db: Db, id: string): Promise<Attendee[]> {
  return await db
    .select({ personId: outsideTrainingPerson.personId, halfDays: outsideTrainingPerson.halfDays })
    .from(outsideTrainingPerson)
    .where(eq(outsideTrainingPerson.trainingId, id))
    .orderBy(asc(outsideTrainingPerson.personId));
}

export type ListedOutside = OutsideRow & { people: number; enteredByName: string };

/** Training elsewhere in an actor's scope: what waits for a decision first, then the latest. */
export async function listOutsideTrainings(
  actor: Actor,
  filters: { state?: OutsideState | '' },
  page: number,
): Promise<PageOf<ListedOutside> & { waiting: number }> {
  const subtrees = outsideSubtrees(actor);
  if (subtrees.length === 0) throw refuse('forbidden');
  const scope = or(...subtrees.map((path) => like(outsideTraining.path, `${path}%`)));
  const where = and(scope, filters.state ? eq(outsideTraining.state, filters.state) : undefined);
  return await read(async (db) => {
    const total = await db.$count(outsideTraining, where);
    const waiting = await db.$count(outsideTraining, and(scope, eq(outsideTraining.state, 'entered')));
    const rows = await db
      .select({ row: outsideTraining, enteredByName: account.name })
      .from(outsideTraining)
      .leftJoin(account, eq(account.id, outsideTraining.enteredBy))
      .where(where)
      .orderBy(
        sql`case when ${outsideTraining.state} = 'entered' then 0 else 1 end`,
        desc(outsideTraining.enteredAt),
        asc(outsideTraining.id),
      )
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    const people = await db
      .select({ id: outsideTrainingPerson.trainingId, count: sql<number>`count(*)`.mapWith(Number) })
      .from(outsideTrainingPerson)
      .where(inArray(outsideTrainingPerson.trainingId, ['', ...rows.map(({ row }) => row.id)]))
      .groupBy(outsideTrainingPerson.trainingId);
    const counts = new Map(people.map(({ id, count }) => [id, count]));
    const listed = rows.map(({ row, enteredByName }) => ({
      ...row,
      people: counts.get(row.id) ?? 0,
      enteredByName: enteredByName ?? '',
    }));
    return { rows: listed, total, waiting, page, pageSize: PAGE_SIZE };
  });
}

/** One training with its people, who entered and decided it, and why the actor cannot decide. Refused: 404. */
export async function readOutsideTraining(actor: Actor, id: string) {
  return await read(async (db) => {
    const row = await findOutside(actor, db, id);
    const people = await db
      .select({
        personId: person.id,
        name: person.name,
        idMasked: person.idMasked,
        path: person.path,
        halfDays: outsideTrainingPerson.halfDays,
      })
      .from(outsideTrainingPerson)
      .innerJoin(person, eq(person.id, outsideTrainingPerson.personId))
      .where(eq(outsideTrainingPerson.trainingId, id))
      .orderBy(asc(person.path), asc(person.pinyin), asc(person.id));
    const names = await db
      .select({ id: account.id, name: account.name, personId: account.personId })
      .from(account)
      .where(inArray(account.id, ['', row.enteredBy, row.decidedBy ?? '']));
    const nameOf = (accountId: string | null) => names.find((each) => each.id === accountId)?.name ?? '';
    const enteredByPerson = names.find((each) => each.id === row.enteredBy)?.personId ?? null;
    const facts = {
      state: row.state,
      enteredBy: row.enteredBy,
      enteredByPerson,
      people: people.length,
      hasSheet: row.uploadId !== null,
    };
    const faults = reasonsNotToDecide(facts, actor, { verdict: 'confirmed', reason: '' });
    const [scan] = row.uploadId ? await db.select().from(upload).where(eq(upload.id, row.uploadId)) : [];
    return {
      row,
      people,
      enteredByName: nameOf(row.enteredBy),
      decidedByName: nameOf(row.decidedBy),
      scan: scan ? { id: scan.id, name: scan.name, type: scan.type } : null,
      reasons: faults.map((fault) => refuse(fault).message),
    };
  });
}

/** Whether files of a training (`outside:<id>`) may be read: by those who register in its place. */
export async function mayReadOutsideFiles(actor: Actor, about: string): Promise<boolean> {
  const [row] = await read((db) =>
    db
      .select({ path: outsideTraining.path })
      .from(outsideTraining)
      .where(eq(outsideTraining.id, about.slice('outside:'.length))),
  );
  return row !== undefined && mayRegisterOutside(actor, row.path);
}
