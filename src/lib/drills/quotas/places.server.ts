import { asc, eq, inArray } from 'drizzle-orm';
import { isWithin, type Actor } from '#lib/kernel/actor.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { refuse } from './copy.ts';
import { maySeeQuotas, quotaSubtrees } from './policy.ts';

export type Place = { id: string; name: string; level: string; path: string };

/** The ids of a path, from the root down. */
export function idsOf(path: string): string[] {
  return path.split('/').filter(Boolean);
}

/** The place asked for, or the top of what the actor sees. Refused: not_found, forbidden. */
export async function findPlace(db: Db, actor: Actor, divisionId: string | null): Promise<Place> {
  const [own] = quotaSubtrees(actor);
  if (own === undefined) throw refuse('forbidden');
  const [row] = await db
    .select()
    .from(division)
    .where(eq(division.id, divisionId ?? idsOf(own).at(-1) ?? ''));
  if (!row || !maySeeQuotas(actor, row.path)) throw refuse('not_found');
  const { id, name, level, path } = row;
  return { id, name, level, path };
}

/** Where an actor's figures begin. Refused: forbidden. */
export async function findQuotaHome(actor: Actor): Promise<string> {
  return (await read((db) => findPlace(db, actor, null))).id;
}

/** The places from the top of what the actor sees down to a path, itself included. */
export async function placesAbove(db: Db, actor: Actor, path: string): Promise<Place[]> {
  const roots = quotaSubtrees(actor);
  const rows = await db
    .select({ id: division.id, name: division.name, level: division.level, path: division.path })
    .from(division)
    .where(inArray(division.id, idsOf(path)))
    .orderBy(asc(division.path));
  return rows.filter((row) => roots.some((root) => isWithin(row.path, root)));
}
