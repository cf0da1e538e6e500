import { and, asc, eq, gte, inArray, isNull, like, or } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { attendance, enrolment } from '#lib/server/db/schema/classes.ts';
import { division, person, post, postCategory } from '#lib/server/db/schema/people.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { newId } from '#lib/server/id.ts';
import { findClass, tellClass, type ClassRow } from './classes.server.ts';
import { refuse } from './copy.ts';
import type { EnrolFilter } from './forms.ts';
import { enrolmentSubtrees, listedSubtrees, type ClassPlace } from './policy.ts';

/** Somebody who could be enrolled. */
type Candidate = { personId: string; name: string; unit: string; path: string };

/** What a bulk enrolment would do. */
export type EnrolPreview = {
  found: number;
  already: number;
  fresh: number;
  sample: { name: string; unit: string }[];
};

const SAMPLE_MAX = 12;

const within = (column: typeof post.path | typeof enrolment.path, subtrees: string[]) =>
  // No subtree at all sees nothing: an empty `or` would see everything.
  or(eq(column, ''), ...subtrees.map((path) => like(column, `${path}%`)));

async function candidates(
  db: Db,
  wanted: EnrolFilter | { personIds: string[] },
  subtrees: string[],
  today: string,
): Promise<Candidate[]> {
  const current = or(isNull(post.heldUntil), gte(post.heldUntil, today));
  const rows: Candidate[] = [];
  const select = async (which: ReturnType<typeof and>) => {
    const found = await db
      .select({ personId: person.id, name: person.name, unit: post.unit, path: post.path })
      .from(post)
      .innerJoin(person, eq(person.id, post.personId))
      .where(and(which, within(post.path, subtrees), current, isNull(person.mergedInto)))
      .orderBy(asc(post.path), asc(person.pinyin), asc(person.id));
    rows.push(...found);
  };
  if ('personIds' in wanted)
    for (const slice of inSlices(wanted.personIds)) await select(inArray(person.id, slice));
  else {
    const places = await db
      .select({ path: division.path })
      .from(division)
      .where(inArray(division.id, ['', ...wanted.divisionIds]));
    const paths = places.map(({ path }) => path);
    const scope = wanted.divisionIds.length === 0 ? undefined : within(post.path, paths);
    await select(and(inArray(post.category, ['', ...wanted.categories]), scope));
  }
  // Somebody with two posts is enrolled once, by the first.
  const byPerson = new Map<string, Candidate>();
  for (const row of rows) if (!byPerson.has(row.personId)) byPerson.set(row.personId, row);
  return [...byPerson.values()];
}

/** Whom the actor may enrol into the class. Refused: 403 nobody, 409 when the class is over. */
function enrollingSubtrees(actor: Actor, row: ClassRow, place: ClassPlace): string[] {
  if (row.state !== 'draft' && row.state !== 'open') throw refuse('class_closed');
  const subtrees = enrolmentSubtrees(actor, place);
  if (subtrees.length === 0) throw refuse('forbidden');
  return subtrees;
}

async function enrolledIds(db: Db, classId: string): Promise<Map<string, Date | null>> {
  const rows = await db
    .select({ personId: enrolment.personId, withdrawnAt: enrolment.withdrawnAt })
    .from(enrolment)
    .where(eq(enrolment.classId, classId));
  return new Map(rows.map(({ personId, withdrawnAt }) => [personId, withdrawnAt]));
}

/** Says whom a bulk enrolment would find, before anything is done. Refused: 404, 403, 409. */
export async function previewEnrolment(
  actor: Actor,
  classId: string,
  filter: EnrolFilter,
  now: Date,
): Promise<EnrolPreview> {
  return await read(async (db) => {
    const { row, place } = await findClass(actor, db, classId);
    const found = await candidates(db, filter, enrollingSubtrees(actor, row, place), dayOf(now));
    const known = await enrolledIds(db, classId);
    const fresh = found.filter(({ personId }) => known.get(personId) !== null);
    return {
      found: found.length,
      already: found.length - fresh.length,
      fresh: fresh.length,
      sample: fresh.slice(0, SAMPLE_MAX).map(({ name, unit }) => ({ name, unit })),
    };
  });
}

/**
 * Enrols by post category and place, or named persons. Those enrolled already stay as they are; those who
 * had withdrawn come back. Answers how many are new. Refused: 404, 403, 409, 400 `enrol_nobody`.
 */
export async function enrolPeople(
  actor: Actor,
  classId: string,
  wanted: EnrolFilter | { personIds: string[] },
  now: Date,
): Promise<number> {
  return await write(`class:${classId}`, async (tx) => {
    const { row, place } = await findClass(actor, tx, classId);
    const found = await candidates(tx, wanted, enrollingSubtrees(actor, row, place), dayOf(now));
    if (found.length === 0) throw refuse('enrol_nobody');
    const known = await enrolledIds(tx, classId);
    const fresh = found.filter(({ personId }) => !known.has(personId));
    const back = found.filter(({ personId }) => known.get(personId) instanceof Date);
    const enrolledBy = actor.accountId ?? '';
    for (const slice of inSlices(fresh))
      await tx.insert(enrolment).values(
        slice.map(({ personId, path, unit }) => ({
          ...{ id: newId(), classId, personId, path, unit, enrolledBy, enrolledAt: now, withdrawnAt: null },
        })),
      );
    for (const slice of inSlices(back.map(({ personId }) => personId)))
      await tx
        .update(enrolment)
        .set({ withdrawnAt: null, enrolledBy, enrolledAt: now })
        .where(and(eq(enrolment.classId, classId), inArray(enrolment.personId, slice)));
    const count = fresh.length + back.length;
    if (count > 0)
      await tellClass(actor, tx, row, { kind: 'people_enrolled', detail: { count, wanted } }, now);
    return count;
  });
}

/** Takes somebody off the list of a class. Refused: 404, 403, 409 when the person has signed. */
export async function withdrawEnrolment(
  actor: Actor,
  classId: string,
  personId: string,
  now: Date,
): Promise<void> {
  await write(`class:${classId}`, async (tx) => {
    const { row, place } = await findClass(actor, tx, classId);
    const subtrees = enrollingSubtrees(actor, row, place);
    const mine = and(
      eq(enrolment.classId, classId),
      eq(enrolment.personId, personId),
      isNull(enrolment.withdrawnAt),
      within(enrolment.path, subtrees),
    );
    const [found] = await tx.select().from(enrolment).where(mine);
    if (!found) throw refuse('not_found');
    const signed = and(
      eq(attendance.classId, classId),
      eq(attendance.personId, personId),
      inArray(attendance.state, ['present', 'late']),
    );
    if ((await tx.$count(attendance, signed)) > 0) throw refuse('enrolment_signed');
    await tx.update(enrolment).set({ withdrawnAt: now }).where(eq(enrolment.id, found.id));
    await tellClass(actor, tx, row, { kind: 'enrolment_withdrawn', detail: { personId } }, now);
  });
}

export type EnrolledPerson = {
  personId: string;
  name: string;
  unit: string;
  path: string;
  phone: string;
  idMasked: string;
  halfDays: number;
};

/** The people of a class that the actor may see, by place and name, with their half-days. Refused: 404. */
export async function listEnrolled(actor: Actor, classId: string): Promise<EnrolledPerson[]> {
  return await read(async (db) => {
    const { place } = await findClass(actor, db, classId);
    const rows = await db
      .select({
        personId: person.id,
        name: person.name,
        unit: enrolment.unit,
        path: enrolment.path,
        phone: person.phone,
        idMasked: person.idMasked,
      })
      .from(enrolment)
      .innerJoin(person, eq(person.id, enrolment.personId))
      .where(
        and(
          eq(enrolment.classId, classId),
          isNull(enrolment.withdrawnAt),
          within(enrolment.path, listedSubtrees(actor, place)),
        ),
      )
      .orderBy(asc(enrolment.path), asc(person.pinyin), asc(person.id));
    const stood = await db
      .select({ personId: attendance.personId })
      .from(attendance)
      .where(and(eq(attendance.classId, classId), inArray(attendance.state, ['present', 'late'])));
    const halves = Map.groupBy(stood, ({ personId }) => personId);
    return rows.map((row) => ({ ...row, halfDays: halves.get(row.personId)?.length ?? 0 }));
  });
}

/** The choices of the enrolment form: categories, and the places one step below the actor's scope. */
export async function listEnrolChoices(actor: Actor, classId: string) {
  return await read(async (db) => {
    const { place } = await findClass(actor, db, classId);
    const categories = await db
      .select({ code: postCategory.code, name: postCategory.name })
      .from(postCategory)
      .orderBy(asc(postCategory.ordinal));
    const subtrees = enrolmentSubtrees(actor, place);
    const roots = await db
      .select()
      .from(division)
      .where(inArray(division.path, ['', ...subtrees]));
    const children = await db
      .select({ id: division.id, name: division.name })
      .from(division)
      .where(inArray(division.parentId, ['', ...roots.map(({ id }) => id)]))
      .orderBy(asc(division.path));
    const whole = roots.map(({ id, name }) => ({ id, name, whole: true }));
    return {
      categories,
      places: [...whole, ...children.map(({ id, name }) => ({ id, name, whole: false }))],
    };
  });
}
