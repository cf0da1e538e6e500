import { and, asc, count, desc, eq, inArray, isNull, like, or, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { containing } from '#lib/server/db/containing.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { division, organization, person, post, postCategory } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { lookUpHash, openIdNumber } from '#lib/server/keys.ts';
import { readIdentifier } from './account.ts';
import { refuse } from './copy.ts';
import {
  mayChangePerson,
  maySeePerson,
  mayRevealIdNumber,
  peopleOrganizations,
  peopleSubtrees,
} from './policy.ts';

export type PostRow = typeof post.$inferSelect & { categoryName: string; place: string };
export type PersonRow = Pick<
  typeof person.$inferSelect,
  'id' | 'name' | 'idMasked' | 'sex' | 'birthOn' | 'phone' | 'path'
> & { posts: PostRow[] };

export type PeopleFilter = {
  words?: string;
  /** Within this place only. */
  path?: string;
  category?: string;
  organizationId?: string;
};

/** The posts an actor may see: the list face of {@link maySeePerson}. */
function visiblePosts(actor: Actor): SQL | undefined {
  const subtrees = peopleSubtrees(actor).map((path) => like(post.path, `${path}%`));
  const organizations = peopleOrganizations(actor);
  const own = actor.personId ? [eq(post.personId, actor.personId)] : [];
  const some = [
    ...subtrees,
    ...own,
    ...(organizations.length > 0 ? [inArray(post.organizationId, organizations)] : []),
  ];
  // No scope at all sees nothing: an empty `or` would see everything.
  return some.length > 0 ? or(...some) : eq(post.id, '');
}

function matching(words: string): SQL | undefined {
  const text = words.replace(/\s/gu, '').toLowerCase();
  if (text === '') return undefined;
  const identifier = readIdentifier(text);
  if (identifier.kind === 'id_number') return eq(person.idHash, lookUpHash(identifier.text));
  if (identifier.kind === 'phone') return eq(person.phone, identifier.text);
  return or(containing(person.name, text), containing(person.pinyin, text));
}

/** People with a current post the actor may see, by name; a whole phone or ID number finds its owner. */
export async function listPeople(
  actor: Actor,
  filter: PeopleFilter,
  page: number,
): Promise<PageOf<PersonRow>> {
  return await read(async (db) => {
    const posts = db
      .select({ id: post.personId })
      .from(post)
      .where(
        and(
          isNull(post.heldUntil),
          visiblePosts(actor),
          filter.path ? like(post.path, `${filter.path}%`) : undefined,
          filter.category ? eq(post.category, filter.category) : undefined,
          filter.organizationId ? eq(post.organizationId, filter.organizationId) : undefined,
        ),
      );
    const wanted = and(isNull(person.mergedInto), inArray(person.id, posts), matching(filter.words ?? ''));
    const total = await db.$count(person, wanted);
    const people = await db
      .select()
      .from(person)
      .where(wanted)
      .orderBy(asc(person.path), asc(person.pinyin), asc(person.id))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    return { rows: await withPosts(db, people), total, page, pageSize: PAGE_SIZE };
  });
}

async function withPosts(db: Db, people: (typeof person.$inferSelect)[]): Promise<PersonRow[]> {
  if (people.length === 0) return [];
  const posts = await postsOf(
    db,
    people.map((one) => one.id),
  );
  return people.map(({ id, name, idMasked, sex, birthOn, phone, path }) => ({
    ...{ id, name, idMasked, sex, birthOn, phone, path },
    posts: (posts.get(id) ?? []).filter((one) => one.heldUntil === null),
  }));
}

async function postsOf(db: Db, personIds: string[]): Promise<Map<string, PostRow[]>> {
  const rows = await db
    .select({ post, categoryName: postCategory.name, place: division.name })
    .from(post)
    .innerJoin(postCategory, eq(postCategory.code, post.category))
    .innerJoin(division, eq(division.id, post.divisionId))
    .where(inArray(post.personId, personIds))
    .orderBy(asc(post.heldFrom), asc(postCategory.ordinal));
  return Map.groupBy(
    rows.map((row) => ({ ...row.post, categoryName: row.categoryName, place: row.place })),
    (row) => row.personId,
  );
}

export type PersonFile = PersonRow & { pastPosts: PostRow[]; mayReveal: boolean; mayChange: boolean };

/** One person with current and past posts. Refused with not_found when not the actor's to see. */
export async function findPerson(actor: Actor, personId: string): Promise<PersonFile> {
  return await read(async (db) => {
    const found = await visiblePerson(db, actor, personId);
    const posts = (await postsOf(db, [personId])).get(personId) ?? [];
    const { id, name, idMasked, sex, birthOn, phone, path } = found;
    return {
      ...{ id, name, idMasked, sex, birthOn, phone, path },
      posts: posts.filter((one) => one.heldUntil === null),
      pastPosts: posts.filter((one) => one.heldUntil !== null),
      mayReveal: mayRevealIdNumber(actor, path),
      mayChange: mayChangePerson(actor, path),
    };
  });
}

async function visiblePerson(db: Db, actor: Actor, personId: string) {
  const [found] = await db.select().from(person).where(eq(person.id, personId));
  if (!found || found.mergedInto !== null) throw refuse('not_found');
  const posts = await db
    .select({ path: post.path, organizationId: post.organizationId })
    .from(post)
    .where(and(eq(post.personId, personId), isNull(post.heldUntil)));
  const organizationIds = posts.flatMap((one) => (one.organizationId ? [one.organizationId] : []));
  const visible = [found.path, ...posts.map((one) => one.path)].some((path) =>
    maySeePerson(actor, { id: personId, path, organizationIds }),
  );
  if (!visible) throw refuse('not_found');
  return found;
}

/**
 * The whole ID number, for those who keep the roster, with a reason that is recorded. Refused:
 * not_found, forbidden, reason_missing.
 */
export async function revealIdNumber(
  actor: Actor,
  personId: string,
  reason: string,
  now: Date,
): Promise<string> {
  if (Array.from(reason.trim()).length < 4) throw refuse('reason_missing');
  return await write(`person:${personId}`, async (tx) => {
    const found = await visiblePerson(tx, actor, personId);
    if (!mayRevealIdNumber(actor, found.path)) throw refuse('forbidden');
    if (found.idCipher === null) throw refuse('not_found');
    const detail = { reason: reason.trim() };
    const stream = `person:${personId}`;
    await record(tx, { stream, kind: 'id_number_revealed', actor, at: now, path: found.path, detail });
    return openIdNumber(found.idCipher);
  });
}

export type Category = typeof postCategory.$inferSelect;

export async function listCategories(_actor: Actor): Promise<Category[]> {
  return await read((db) => db.select().from(postCategory).orderBy(asc(postCategory.ordinal)));
}

export type OrganizationRow = typeof organization.$inferSelect & { people: number };

/** Enterprises in the actor's places, with how many people stand on their rosters. */
export async function listOrganizations(
  actor: Actor,
  words: string,
  page: number,
): Promise<PageOf<OrganizationRow>> {
  const places = peopleSubtrees(actor).map((path) => like(organization.path, `${path}%`));
  const own = peopleOrganizations(actor);
  const visible = [...places, ...(own.length > 0 ? [inArray(organization.id, own)] : [])];
  const wanted = and(
    visible.length > 0 ? or(...visible) : eq(organization.id, ''),
    words.trim() ? containing(organization.name, words.trim()) : undefined,
  );
  return await read(async (db) => {
    const total = await db.$count(organization, wanted);
    const rows = await db
      .select()
      .from(organization)
      .where(wanted)
      .orderBy(desc(organization.createdAt), asc(organization.name))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    const counts = await headcounts(
      db,
      rows.map((row) => row.id),
    );
    return {
      rows: rows.map((row) => ({ ...row, people: counts.get(row.id) ?? 0 })),
      total,
      page,
      pageSize: PAGE_SIZE,
    };
  });
}

async function headcounts(db: Db, ids: string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const distinct = db
    .selectDistinct({ organizationId: post.organizationId, personId: post.personId })
    .from(post)
    .where(and(inArray(post.organizationId, ids), isNull(post.heldUntil)))
    .as('distinct_people');
  const rows = await db
    .select({ id: distinct.organizationId, people: count() })
    .from(distinct)
    .groupBy(distinct.organizationId);
  return new Map(rows.map((row) => [row.id ?? '', row.people]));
}
