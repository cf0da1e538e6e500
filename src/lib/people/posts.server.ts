import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { addDays, dayText, isDay, type Day } from '#lib/kernel/day.ts';
import { inPlaces, listByIds } from '#lib/server/db/bulk.ts';
import { prepared, write, type Tx } from '#lib/server/db/open.ts';
import { division, person, post, postCategory } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { refuse } from './copy.ts';
import { mayChangePerson } from './policy.ts';

/** What makes two posts of a person the same one. */
export function samenessOf(key: {
  category: string;
  divisionId: string;
  organizationId: string | null;
  operation: string;
}): string {
  return [key.category, key.divisionId, key.organizationId ?? '', key.operation].join('|');
}

/** Where people are listed: the path of the current post that began first, or where the last one was. */
export async function placePeople(tx: Tx, personIds: string[]): Promise<void> {
  const posts = await listByIds(tx, personIds, (tx, size) =>
    prepared(tx, `post.listed.${size}`, (db) =>
      db
        .select({ personId: post.personId, path: post.path, listed: person.path })
        .from(post)
        .innerJoin(person, eq(person.id, post.personId))
        .where(and(inPlaces(post.personId, size), isNull(post.heldUntil)))
        .orderBy(desc(post.heldFrom), desc(post.id)),
    ),
  );
  const main = new Map(posts.map((one) => [one.personId, one]));
  for (const { personId, path, listed } of main.values())
    if (path !== listed) await tx.update(person).set({ path }).where(eq(person.id, personId));
}

export type NewPost = { category: string; divisionId: string; unit: string; title: string; heldFrom: Day };

/**
 * Begins a post by hand. Refused: not_found, forbidden, day_bad, category_unknown, division_unknown,
 * post_exists.
 */
export async function beginPost(actor: Actor, personId: string, input: NewPost, now: Date): Promise<void> {
  if (!isDay(input.heldFrom)) throw refuse('day_bad');
  await write(`person:${personId}`, async (tx) => {
    await changeable(tx, actor, personId);
    await insertPost(tx, actor, personId, input, now);
    await tellPosts(tx, actor, personId, now, 'post_begun', { ...input });
  });
}

async function changeable(tx: Tx, actor: Actor, personId: string) {
  const [found] = await tx.select().from(person).where(eq(person.id, personId));
  if (!found || found.mergedInto !== null || !mayChangePerson(actor, found.path)) throw refuse('not_found');
  return found;
}

async function insertPost(tx: Tx, actor: Actor, personId: string, input: NewPost, now: Date): Promise<void> {
  const { category, divisionId, unit, title, heldFrom } = input;
  const [known] = await tx.select().from(postCategory).where(eq(postCategory.code, category));
  if (!known) throw refuse('category_unknown');
  const [place] = await tx.select().from(division).where(eq(division.id, divisionId));
  if (!place || !mayChangePerson(actor, place.path)) throw refuse('division_unknown');
  const sameness = samenessOf({ category, divisionId, organizationId: null, operation: '' });
  const [same] = await tx
    .select({ id: post.id })
    .from(post)
    .where(and(eq(post.personId, personId), eq(post.sameness, sameness), isNull(post.heldUntil)));
  if (same) throw refuse('post_exists');
  await tx.insert(post).values({
    ...{ id: newId(), personId, category, divisionId, path: place.path, organizationId: null },
    ...{
      unit: unit || place.name,
      title,
      operation: '',
      heldFrom,
      heldUntil: null,
      sameness,
      createdAt: now,
    },
  });
}

async function tellPosts(
  tx: Tx,
  actor: Actor,
  personId: string,
  now: Date,
  kind: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await placePeople(tx, [personId]);
  const [found] = await tx.select({ path: person.path }).from(person).where(eq(person.id, personId));
  const about = { stream: `person:${personId}`, actor, at: now, path: found?.path ?? '/' };
  await record(tx, { ...about, kind, detail });
  await record(tx, { ...about, kind: 'posts_changed', detail: { personId } });
}

/** Ends a post on a day; its history stays. Refused: not_found, post_ended, day_bad, day_before_post. */
export async function endPost(
  actor: Actor,
  postId: string,
  personId: string,
  heldUntil: Day,
  now: Date,
): Promise<void> {
  if (!isDay(heldUntil)) throw refuse('day_bad');
  await write(`person:${personId}`, async (tx) => {
    await changeable(tx, actor, personId);
    const [held] = await tx
      .select()
      .from(post)
      .where(and(eq(post.id, postId), eq(post.personId, personId)));
    if (!held) throw refuse('not_found');
    if (held.heldUntil !== null) throw refuse('post_ended');
    if (heldUntil < held.heldFrom) throw refuse('day_before_post', { heldFrom: dayText(held.heldFrom) });
    await tx.update(post).set({ heldUntil }).where(eq(post.id, postId));
    await tellPosts(tx, actor, personId, now, 'post_ended', { postId, heldUntil });
  });
}

/**
 * A transfer: one post ends the day before the other begins; credit follows the person. Refused like
 * {@link beginPost} and {@link endPost}.
 */
export async function transferPost(
  actor: Actor,
  postId: string,
  personId: string,
  input: NewPost,
  now: Date,
): Promise<void> {
  if (!isDay(input.heldFrom)) throw refuse('day_bad');
  await write(`person:${personId}`, async (tx) => {
    await changeable(tx, actor, personId);
    const [held] = await tx
      .select()
      .from(post)
      .where(and(eq(post.id, postId), eq(post.personId, personId)));
    if (!held) throw refuse('not_found');
    if (held.heldUntil !== null) throw refuse('post_ended');
    if (input.heldFrom <= held.heldFrom)
      throw refuse('day_before_post', { heldFrom: dayText(held.heldFrom) });
    await tx
      .update(post)
      .set({ heldUntil: addDays(input.heldFrom, -1) })
      .where(eq(post.id, postId));
    await insertPost(tx, actor, personId, input, now);
    await tellPosts(tx, actor, personId, now, 'post_transferred', { postId, ...input });
  });
}
