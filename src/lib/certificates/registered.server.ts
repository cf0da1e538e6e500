import { and, asc, eq, gt, gte, inArray, isNull, like, lt, lte, or, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { addDays, dayOf, type Day } from '#lib/kernel/day.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import { certificateKind, registeredCertificate } from '#lib/server/db/schema/certificates.ts';
import { organization, person, post } from '#lib/server/db/schema/people.ts';
import { EXPIRING_DAYS, registeredStateOf, type RegisteredState } from './certificate.ts';
import { visibleRegistered } from './scope.server.ts';

export type RegisteredRow = {
  id: string;
  personId: string;
  name: string;
  unit: string;
  title: string;
  operation: string;
  number: string;
  validUntil: Day | null;
  state: RegisteredState;
};

export type RegisteredFilter = { words?: string; state?: RegisteredState; personId?: string };

function inState(state: RegisteredState, today: Day): SQL | undefined {
  const until = registeredCertificate.validUntil;
  const last = addDays(today, EXPIRING_DAYS);
  if (state === 'undated') return isNull(until);
  if (state === 'expired') return lt(until, today);
  return state === 'expiring' ? and(gte(until, today), lte(until, last)) : gt(until, last);
}

function matching(words: string): SQL | undefined {
  const text = words.trim().toLowerCase();
  if (text === '') return undefined;
  return or(
    like(person.name, `%${text}%`),
    like(person.pinyin, `%${text}%`),
    like(registeredCertificate.number, `%${text.toUpperCase()}%`),
    like(registeredCertificate.operation, `%${text}%`),
  );
}

/**
 * Certificates of other authorities in the scope of an actor, those that end first on top, undated ones
 * last. They are only registered: never numbered, never printed.
 */
export async function listRegistered(
  actor: Actor,
  filter: RegisteredFilter,
  page: number,
  now: Date,
): Promise<PageOf<RegisteredRow>> {
  const today = dayOf(now);
  return await read(async (db) => {
    const wanted = and(
      visibleRegistered(actor, db),
      isNull(person.mergedInto),
      matching(filter.words ?? ''),
      filter.state ? inState(filter.state, today) : undefined,
      filter.personId ? eq(person.id, filter.personId) : undefined,
    );
    return await pageOf(db, wanted, page, today);
  });
}

async function pageOf(
  db: Db,
  wanted: SQL | undefined,
  page: number,
  today: Day,
): Promise<PageOf<RegisteredRow>> {
  const ids = db
    .select({ id: registeredCertificate.id })
    .from(registeredCertificate)
    .innerJoin(person, eq(person.id, registeredCertificate.personId))
    .where(wanted);
  const total = await db.$count(registeredCertificate, inArray(registeredCertificate.id, ids));
  const rows = await db
    .select({ row: registeredCertificate, name: person.name, title: certificateKind.title })
    .from(registeredCertificate)
    .innerJoin(person, eq(person.id, registeredCertificate.personId))
    .innerJoin(certificateKind, eq(certificateKind.code, registeredCertificate.kind))
    .where(inArray(registeredCertificate.id, ids))
    // No null among what is compared: the first key tells dated from undated on both engines alike.
    .orderBy(
      asc(isNull(registeredCertificate.validUntil)),
      asc(registeredCertificate.validUntil),
      asc(person.pinyin),
      asc(registeredCertificate.id),
    )
    .limit(PAGE_SIZE)
    .offset((page - 1) * PAGE_SIZE);
  const units = await unitsOf(
    db,
    rows.map(({ row }) => row.personId),
  );
  return {
    rows: rows.map(({ row, name, title }) => ({
      ...{ id: row.id, personId: row.personId, name, title, operation: row.operation, number: row.number },
      validUntil: row.validUntil,
      unit: units.get(row.personId) ?? '',
      state: registeredStateOf(row.validUntil, today),
    })),
    total,
    page,
    pageSize: PAGE_SIZE,
  };
}

/** The unit of each person's first current post. */
async function unitsOf(db: Db, personIds: string[]): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .select({ personId: post.personId, unit: post.unit, organization: organization.name })
    .from(post)
    .leftJoin(organization, eq(organization.id, post.organizationId))
    .where(and(isNull(post.heldUntil), inArray(post.personId, personIds)))
    .orderBy(asc(post.heldFrom), asc(post.id));
  const units = new Map<string, string>();
  for (const row of rows) if (!units.has(row.personId)) units.set(row.personId, row.organization ?? row.unit);
  return units;
}

/** What other authorities issued to the actor's own person. */
export async function listOwnRegistered(actor: Actor, now: Date): Promise<RegisteredRow[]> {
  if (actor.personId === null) return [];
  const today = dayOf(now);
  const { rows } = await read((db) => pageOf(db, eq(person.id, actor.personId!), 1, today));
  return rows;
}
