import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { addDays } from '#lib/kernel/day.ts';
import type { Happening } from '#lib/kernel/happening.ts';
import { inPlaces, insertRows, listByIds } from '#lib/server/db/bulk.ts';
import { prepared, read, write, type Tx } from '#lib/server/db/open.ts';
import { division, organization, person, post } from '#lib/server/db/schema/people.ts';
import { recordMany } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import type { Job, JobStep } from '#lib/server/jobs/jobs.ts';
import { pinyinKey } from '#lib/server/pinyin.ts';
import { commitInSlices } from '#lib/server/sheets/import-steps.ts';
import * as imports from '#lib/server/sheets/imports.ts';
import { placePeople, samenessOf } from './posts.server.ts';
import type { StoredRosterRow } from './roster-plan.ts';
import type { RosterSummary } from './roster-read.server.ts';

/** Rows in one transaction: about 20 ms of the thread, so that other requests hardly notice. */
const SLICE_ROWS = 64;
const SPECIAL_OPERATION = 'special_operation';

type Decided = { row: number; decision: StoredRosterRow };
type Place = { id: string; path: string };

/** The job that commits a previewed roster, one slice a call: each row whole, harmless to repeat. */
export async function commitRoster(_system: Actor, job: Job, now: Date): Promise<JobStep> {
  return await commitInSlices(job, now, SLICE_ROWS, async (found, by, rows) => {
    const slice = rows.map(({ row, decision }) => ({
      row,
      decision: decision as unknown as StoredRosterRow,
    }));
    await commitSlice(found, by, slice, now);
  });
}

async function commitSlice(
  found: imports.SheetImport,
  by: Actor,
  slice: Decided[],
  now: Date,
): Promise<void> {
  const ids = await personIds(slice);
  const parents = [...new Set(slice.map(({ decision }) => decision.place.parentId))];
  const abouts = [
    `import:${found.id}`,
    ...[...new Set(ids.values())].map((personId) => `person:${personId}`),
    ...parents.map((parent) => `division:${parent}`),
  ];
  await write(abouts, async (tx) => {
    const organizationId = await organizationOf(tx, found, now);
    const places = await placesOf(tx, slice, now);
    await storePeople(tx, slice, ids, places, now);
    const posts = await storePosts(tx, slice, { ids, places, organizationId }, now);
    await placePeople(tx, [...new Set(ids.values())]);
    await recordMany(tx, happeningsOf(found, by, slice, { ids, places, posts }, now));
    await imports.markApplied(
      tx,
      found.id,
      slice.map((one) => one.row),
      now,
    );
  });
}

/** Who each number is: known by its hash, or new, the same id for every row of the number. */
async function personIds(slice: Decided[]): Promise<Map<string, string>> {
  const hashes = [...new Set(slice.map(({ decision }) => decision.idHash))];
  const known = await read((db) =>
    listByIds(db, hashes, (db, size) =>
      prepared(db, `roster.by_hash.${size}`, (db) =>
        db
          .select({ id: person.id, idHash: person.idHash, mergedInto: person.mergedInto })
          .from(person)
          .where(inPlaces(person.idHash, size)),
      ),
    ),
  );
  const ids = new Map(known.map((one) => [one.idHash!, one.mergedInto ?? one.id]));
  for (const hash of hashes) if (!ids.has(hash)) ids.set(hash, newId());
  return ids;
}

async function organizationOf(tx: Tx, found: imports.SheetImport, now: Date): Promise<string | null> {
  const stated = (found.summary as RosterSummary | null)?.enterprise;
  if (!stated) return null;
  const same = await tx
    .select({ id: organization.id })
    .from(organization)
    .where(and(eq(organization.divisionId, found.divisionId), eq(organization.name, stated.name)));
  const id = stated.id ?? same[0]?.id;
  if (id) return id;
  const row = {
    ...{ id: newId(), name: stated.name, kind: 'enterprise' as const, creditCode: stated.creditCode || null },
    ...{
      divisionId: found.divisionId,
      path: found.path,
      industry: stated.industry,
      highRisk: stated.highRisk,
    },
  };
  await tx.insert(organization).values({ ...row, createdAt: now });
  return row.id;
}

const placeKey = ({ place }: StoredRosterRow) => `${place.parentId}|${place.village ?? ''}`;

/** The places of the rows; villages nobody has named before are added below their township. */
async function placesOf(tx: Tx, slice: Decided[], now: Date): Promise<Map<string, Place>> {
  const parents = [...new Set(slice.map(({ decision }) => decision.place.parentId))];
  const columns = { id: division.id, path: division.path, parentId: division.parentId, name: division.name };
  const above = await listByIds(tx, parents, (tx, size) =>
    prepared(tx, `roster.above.${size}`, (db) =>
      db.select(columns).from(division).where(inPlaces(division.id, size)),
    ),
  );
  const below = await listByIds(tx, parents, (tx, size) =>
    prepared(tx, `roster.below.${size}`, (db) =>
      db.select(columns).from(division).where(inPlaces(division.parentId, size)),
    ),
  );
  const places = new Map<string, Place>();
  for (const { id, path } of above) places.set(`${id}|`, { id, path });
  for (const { id, path, parentId, name } of below) places.set(`${parentId}|${name}`, { id, path });
  for (const { decision } of slice) {
    const { parentId, village } = decision.place;
    if (places.has(placeKey(decision)) || village === null) continue;
    const id = newId();
    const path = `${places.get(`${parentId}|`)!.path}${id}/`;
    const row = { id, code: null, parentId, name: village, level: 'village' as const, path };
    await tx.insert(division).values({ ...row, pinyin: pinyinKey(village), createdAt: now });
    places.set(placeKey(decision), { id, path });
  }
  return places;
}

async function storePeople(
  tx: Tx,
  slice: Decided[],
  ids: Map<string, string>,
  places: Map<string, Place>,
  now: Date,
): Promise<void> {
  const found = await listByIds(tx, [...new Set(ids.values())], (tx, size) =>
    prepared(tx, `roster.people.${size}`, (db) =>
      db.select({ id: person.id }).from(person).where(inPlaces(person.id, size)),
    ),
  );
  const known = new Set(found.map((one) => one.id));
  const fresh = new Map<string, typeof person.$inferSelect>();
  for (const { decision } of slice) {
    const id = ids.get(decision.idHash)!;
    const { name, phone, idCipher, idHash, idMasked, sex, birthOn } = decision;
    if (!known.has(id)) {
      const path = places.get(placeKey(decision))!.path;
      const row = { id, name, pinyin: pinyinKey(name), idCipher, idHash, idMasked, sex, birthOn };
      fresh.set(id, { ...row, phone: phone ?? '', path, mergedInto: null, createdAt: now });
      continue;
    }
    const changed = decision.plan.changes.some(({ what }) => what === 'name' || what === 'phone');
    if (!changed) continue;
    const change = { name, pinyin: pinyinKey(name), ...(phone === null ? {} : { phone }) };
    await tx.update(person).set(change).where(eq(person.id, id));
  }
  await insertRows(tx, person, [...fresh.values()]);
}

type Resolved = { ids: Map<string, string>; places: Map<string, Place>; organizationId: string | null };

/** Begins, changes and transfers posts; answers the post of each row. */
async function storePosts(tx: Tx, slice: Decided[], to: Resolved, now: Date): Promise<Map<number, string>> {
  const posts = new Map<number, string>();
  const held = await listByIds(tx, [...new Set(to.ids.values())], (tx, size) =>
    prepared(tx, `roster.held.${size}`, (db) =>
      db
        .select({ id: post.id, personId: post.personId, sameness: post.sameness })
        .from(post)
        .where(and(inPlaces(post.personId, size), isNull(post.heldUntil))),
    ),
  );
  const current = new Map(held.map((one) => [`${one.personId}#${one.sameness}`, one.id]));
  const begun: (typeof post.$inferSelect)[] = [];
  for (const { row, decision } of slice) {
    const personId = to.ids.get(decision.idHash)!;
    const place = to.places.get(placeKey(decision))!;
    const { category, operation, unit, title, heldFrom, plan } = decision;
    const { organizationId } = to;
    const sameness = samenessOf({ category, divisionId: place.id, organizationId, operation });
    const same = current.get(`${personId}#${sameness}`);
    if (same !== undefined) {
      if (plan.action === 'change') await tx.update(post).set({ unit, title }).where(eq(post.id, same));
      posts.set(row, same);
      continue;
    }
    // An older roster: what it says of the person is taken, its post is past.
    if (plan.action === 'none') continue;
    if (plan.action === 'transfer' && plan.postId !== null)
      await tx
        .update(post)
        .set({ heldUntil: addDays(heldFrom, -1) })
        .where(and(eq(post.id, plan.postId), isNull(post.heldUntil)));
    const id = newId();
    current.set(`${personId}#${sameness}`, id);
    posts.set(row, id);
    begun.push({
      ...{ id, personId, category, divisionId: place.id, path: place.path, organizationId, unit, title },
      ...{ operation, heldFrom, heldUntil: null, sameness, createdAt: now },
    });
  }
  await insertRows(tx, post, begun);
  return posts;
}

type Stored = { ids: Map<string, string>; places: Map<string, Place>; posts: Map<number, string> };

function happeningsOf(
  found: imports.SheetImport,
  by: Actor,
  slice: Decided[],
  stored: Stored,
  now: Date,
): Happening[] {
  const changed = new Set<string>();
  return slice.flatMap(({ row, decision }) => {
    const personId = stored.ids.get(decision.idHash)!;
    const { path } = stored.places.get(placeKey(decision))!;
    const about = { stream: `person:${personId}`, actor: by, at: now, path };
    const { plan, certificate, validUntil, operation } = decision;
    const detail = {
      importId: found.id,
      row,
      postId: stored.posts.get(row),
      action: plan.action,
      changes: plan.changes,
    };
    const some: Happening[] = [{ ...about, kind: 'roster_row_applied', detail }];
    // One recount a person is enough, whatever number of rows name them.
    if (!changed.has(personId)) some.push({ ...about, kind: 'posts_changed', detail: { personId } });
    changed.add(personId);
    if (certificate !== null)
      some.push({
        ...about,
        kind: 'certificate_stated',
        detail: { personId, kind: SPECIAL_OPERATION, operation, number: certificate, validUntil },
      });
    return some;
  });
}
