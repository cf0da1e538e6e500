import { and, asc, count, eq, gt, inArray, isNull, like, or } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import type { FollowedDetails } from '#lib/kernel/happening.ts';
import { read, type Db, type Tx } from '#lib/server/db/open.ts';
import { account, person, post } from '#lib/server/db/schema/people.ts';
import { recordMany } from '#lib/server/events/record.ts';
import { writeAboutPeople } from '#lib/server/person-records.ts';
import { refuse } from './copy.ts';
import { mayChangePerson, peopleSubtrees } from './policy.ts';
import { placePeople } from './posts.server.ts';

export type Twin = {
  name: string;
  people: (Pick<typeof person.$inferSelect, 'id' | 'idMasked' | 'birthOn' | 'phone'> & { units: string[] })[];
};

/** People of one name and birthday under two numbers: perhaps one person written twice. Refused: forbidden. */
export async function listTwins(actor: Actor, limit = 100): Promise<Twin[]> {
  const places = peopleSubtrees(actor).map((path) => like(person.path, `${path}%`));
  if (places.length === 0) throw refuse('forbidden');
  return await read(async (db) => {
    const inScope = and(isNull(person.mergedInto), or(...places));
    const twice = await db
      .select({ name: person.name, birthOn: person.birthOn })
      .from(person)
      .where(inScope)
      .groupBy(person.name, person.birthOn)
      .having(gt(count(), 1))
      .orderBy(asc(person.name), asc(person.birthOn))
      .limit(limit);
    if (twice.length === 0) return [];
    const rows = await db
      .select()
      .from(person)
      .where(and(inScope, inArray(person.name, [...new Set(twice.map((one) => one.name))])))
      .orderBy(asc(person.pinyin), asc(person.birthOn), asc(person.id));
    const units = await unitsOf(
      db,
      rows.map((row) => row.id),
    );
    const groups = Map.groupBy(rows, (row) => `${row.name}|${row.birthOn}`);
    return twice.map(({ name, birthOn }) => ({
      name,
      people: (groups.get(`${name}|${birthOn}`) ?? []).map(({ id, idMasked, phone }) => ({
        ...{ id, idMasked, birthOn, phone, units: units.get(id) ?? [] },
      })),
    }));
  });
}

async function unitsOf(db: Db, personIds: string[]): Promise<Map<string, string[]>> {
  const held = await db
    .select({ personId: post.personId, unit: post.unit })
    .from(post)
    .where(and(inArray(post.personId, personIds), isNull(post.heldUntil)))
    .orderBy(asc(post.heldFrom), asc(post.id));
  const byPerson = Map.groupBy(held, (one) => one.personId);
  return new Map([...byPerson].map(([id, posts]) => [id, [...new Set(posts.map((one) => one.unit))]]));
}

/**
 * Merges one record of a person into another: posts, ledger and certificates are followed by link, none
 * is rewritten; what both records held counts once from now on (the ledger follows by lines of its own).
 * Refused: merge_same, reason_missing, not_found, merge_merged, merge_strangers.
 */
export async function mergePeople(
  actor: Actor,
  fromId: string,
  intoId: string,
  reason: string,
  now: Date,
): Promise<void> {
  if (fromId === intoId) throw refuse('merge_same');
  if (Array.from(reason.trim()).length < 4) throw refuse('reason_missing');
  await writeAboutPeople([fromId, intoId], [], async (tx) => {
    const rows = await tx
      .select()
      .from(person)
      .where(inArray(person.id, [fromId, intoId]));
    const from = rows.find((row) => row.id === fromId);
    const into = rows.find((row) => row.id === intoId);
    if (!from || !into || ![from, into].every((one) => mayChangePerson(actor, one.path)))
      throw refuse('not_found');
    if (from.mergedInto !== null || into.mergedInto !== null) throw refuse('merge_merged');
    if (from.name !== into.name && from.birthOn !== into.birthOn) throw refuse('merge_strangers');
    // Those merged into it before follow, so that a link never leads to another link.
    await tx
      .update(person)
      .set({ mergedInto: intoId })
      .where(or(eq(person.id, fromId), eq(person.mergedInto, fromId)));
    await tx.update(account).set({ disabledAt: now }).where(eq(account.personId, fromId));
    await movePosts(tx, fromId, intoId);
    await placePeople(tx, [intoId]);
    const detail: FollowedDetails['person_merged'] = { from: fromId, into: intoId, reason: reason.trim() };
    // Together, so that who follows sees both records as one before anything is counted.
    await recordMany(
      tx,
      [from, into].flatMap(({ id, path }) => {
        const about = { stream: `person:${id}`, actor, at: now, path };
        return [
          { ...about, kind: 'person_merged', detail },
          { ...about, kind: 'posts_changed', detail: { personId: id } },
        ];
      }),
    );
  });
}

async function movePosts(tx: Tx, fromId: string, intoId: string): Promise<void> {
  const current = isNull(post.heldUntil);
  const kept = await tx
    .select()
    .from(post)
    .where(and(eq(post.personId, intoId), current));
  const moving = await tx
    .select()
    .from(post)
    .where(and(eq(post.personId, fromId), current));
  for (const one of moving) {
    const same = kept.some((other) => other.sameness === one.sameness);
    if (same) await tx.update(post).set({ heldUntil: one.heldFrom }).where(eq(post.id, one.id));
    else await tx.update(post).set({ personId: intoId }).where(eq(post.id, one.id));
  }
}
