import { and, eq, gte, isNull, or } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import type { Db } from '#lib/server/db/open.ts';
import { post } from '#lib/server/db/schema/people.ts';
import type { Places } from './policy.ts';

/** The places of an actor's current posts; none for a visitor or an account without a person. */
export async function listPlaces(actor: Actor, db: Db, now: Date): Promise<Places> {
  if (actor.personId === null) return [];
  const rows = await db
    .selectDistinct({ path: post.path })
    .from(post)
    .where(
      and(eq(post.personId, actor.personId), or(isNull(post.heldUntil), gte(post.heldUntil, dayOf(now)))),
    );
  return rows.map((row) => row.path);
}
