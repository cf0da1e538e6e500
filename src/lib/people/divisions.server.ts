import { asc, desc, eq, inArray, or } from 'drizzle-orm';
import { hasRole, isWithin, type Actor } from '#lib/kernel/actor.ts';
import { containing } from '#lib/server/db/containing.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { pinyinKey } from '#lib/server/pinyin.ts';
import { refuse } from './copy.ts';
import { mayAddDivision } from './policy.ts';

export type Division = typeof division.$inferSelect;

const CHILD_LEVEL = {
  province: 'city',
  city: 'county',
  county: 'township',
  township: 'village',
  village: null,
} as const;

/** The outermost divisions an actor works in: where its trees and breadcrumbs begin. */
export async function listRoots(actor: Actor): Promise<Division[]> {
  if (hasRole(actor, 'administrator')) return await childrenOf(null);
  const paths = actor.grants.map((grant) => grant.path);
  const outer = paths.filter((path) => !paths.some((other) => other !== path && isWithin(path, other)));
  if (outer.length === 0) return [];
  return await read((db) =>
    db.select().from(division).where(inArray(division.path, outer)).orderBy(asc(division.path)),
  );
}

function childrenOf(parentId: string | null): Promise<Division[]> {
  return read((db) =>
    db
      .select()
      .from(division)
      .where(parentId === null ? eq(division.level, 'province') : eq(division.parentId, parentId))
      .orderBy(desc(division.code), asc(division.pinyin)),
  ).then((rows) =>
    rows.toSorted((a, b) => (a.code ?? '~').localeCompare(b.code ?? '~') || a.pinyin.localeCompare(b.pinyin)),
  );
}

/** Divisions are public knowledge (GB/T 2260): anybody logged in may walk the tree. */
export async function listChildren(_actor: Actor, parentId: string | null): Promise<Division[]> {
  return await childrenOf(parentId);
}

/** Refused with not_found. */
export async function findDivision(_actor: Actor, id: string): Promise<Division> {
  const [row] = await read((db) => db.select().from(division).where(eq(division.id, id)));
  if (!row) throw refuse('not_found');
  return row;
}

/** The divisions from the root down to a path, itself included. */
export async function listAncestors(_actor: Actor, path: string): Promise<Division[]> {
  const ids = path.split('/').filter(Boolean);
  if (ids.length === 0) return [];
  const rows = await read((db) => db.select().from(division).where(inArray(division.id, ids)));
  return rows.toSorted((a, b) => a.path.length - b.path.length);
}

export type PlaceView = {
  place: Division;
  /** From the actor's own place down to this one, itself included. */
  trail: Division[];
  children: Division[];
  /** Whether the actor may add something below it. */
  mayAdd: boolean;
};

/**
 * One place of the actor's part of the tree, with what lies below; without an id the place where it
 * begins. Refused: not_found outside of it, forbidden without any place.
 */
export async function readPlace(actor: Actor, id: string): Promise<PlaceView> {
  const roots = await listRoots(actor);
  const [first] = roots;
  if (!first) throw refuse('forbidden');
  const place = id ? await findDivision(actor, id) : first;
  const root = roots.find((one) => isWithin(place.path, one.path));
  if (!root) throw refuse('not_found');
  const above = await listAncestors(actor, place.path);
  return {
    place,
    trail: above.filter((one) => isWithin(one.path, root.path)),
    children: await childrenOf(place.id),
    mayAdd: CHILD_LEVEL[place.level] !== null && mayAddDivision(actor, place.path),
  };
}

/** Divisions whose name or pinyin holds the words, within the actor's places. */
export async function searchDivisions(actor: Actor, words: string, limit = 20): Promise<Division[]> {
  const text = words.trim().toLowerCase();
  if (text === '') return [];
  const rows = await read((db) =>
    db
      .select()
      .from(division)
      .where(or(containing(division.name, text), containing(division.pinyin, text)))
      .orderBy(asc(division.path))
      .limit(400),
  );
  const everywhere = hasRole(actor, 'administrator');
  return rows
    .filter((row) => everywhere || actor.grants.some((grant) => isWithin(row.path, grant.path)))
    .slice(0, limit);
}

/** The county a path lies in, or null above counties. */
export async function countyOf(db: Db, path: string): Promise<Division | null> {
  const ids = path.split('/').filter(Boolean);
  const rows = await db.select().from(division).where(inArray(division.id, ids));
  return rows.find((row) => row.level === 'county') ?? null;
}

/**
 * Adds a division below another: a zone without a GB/T 2260 code, a new village. Refused: not_found,
 * forbidden, division_name_bad, division_name_taken.
 */
export async function addDivision(
  actor: Actor,
  input: { parentId: string; name: string; code: string | null },
  now: Date,
): Promise<Division> {
  const name = input.name.replace(/\s/gu, '');
  if (Array.from(name).length < 2 || Array.from(name).length > 30) throw refuse('division_name_bad');
  return await write(`division:${input.parentId}`, async (tx) => {
    const [parent] = await tx.select().from(division).where(eq(division.id, input.parentId));
    if (!parent) throw refuse('not_found');
    if (!mayAddDivision(actor, parent.path)) throw refuse('forbidden');
    const level = CHILD_LEVEL[parent.level];
    if (!level) throw refuse('division_unknown');
    const siblings = await tx
      .select({ name: division.name })
      .from(division)
      .where(eq(division.parentId, parent.id));
    if (siblings.some((sibling) => sibling.name === name))
      throw refuse('division_name_taken', { parent: parent.name, name });
    const id = newId();
    const path = `${parent.path}${id}/`;
    const row = {
      id,
      code: input.code,
      parentId: parent.id,
      name,
      level,
      path,
      pinyin: pinyinKey(name),
      createdAt: now,
    };
    await tx.insert(division).values(row);
    const stream = `division:${parent.id}`;
    await record(tx, { stream, kind: 'division_added', actor, at: now, path, detail: { id, name, level } });
    return row;
  });
}
