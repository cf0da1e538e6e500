import { and, asc, gte, inArray, lt, or, type AnyColumn, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { division } from '#lib/server/db/schema/people.ts';
import type { PlanKind } from './plan.ts';
import { planScope } from './policy.ts';

/** Everything at or below a place, as a range of its path; `0` is the character after `/`. */
export function inSubtree(column: AnyColumn, root: string): SQL {
  return and(gte(column, root), lt(column, `${root.slice(0, -1)}0`))!;
}

/** At or below any of the places; nothing when there are none. */
export function startsWithAny(column: AnyColumn, roots: readonly string[]): SQL | undefined {
  return roots.length === 0 ? inArray(column, []) : or(...roots.map((root) => inSubtree(column, root)));
}

export type PlanPlaceChoice = { id: string; name: string; level: string; group: string };

/** More places than these make a list nobody reads: a province writes plans for counties and townships. */
const PLACES_MAX = 3000;

/** Places for which the actor may write a plan of this kind, in the order of the tree; with the place above. */
export async function listPlacesToWriteFor(actor: Actor, kind: PlanKind | null): Promise<PlanPlaceChoice[]> {
  const { kept } = planScope(actor);
  if (kept.length === 0) return [];
  const levels = levelsOf(kind);
  const rows = await read((db) =>
    db
      .select()
      .from(division)
      .where(and(startsWithAny(division.path, kept), inArray(division.level, [...levels])))
      .orderBy(asc(division.path))
      .limit(PLACES_MAX),
  );
  const parents = [...new Set(rows.map((row) => row.parentId ?? ''))];
  const names = new Map<string, string>();
  for (let from = 0; from < parents.length; from += 200) {
    const some = parents.slice(from, from + 200);
    for (const row of await read((db) => db.select().from(division).where(inArray(division.id, some))))
      names.set(row.id, row.name);
  }
  return rows.map(({ id, name, level, parentId }) => ({
    id,
    name,
    level,
    group: names.get(parentId ?? '') ?? '',
  }));
}

function levelsOf(kind: PlanKind | null) {
  if (kind === 'village') return ['village', 'township'] as const;
  if (kind === 'township') return ['township'] as const;
  return kind === null
    ? (['province', 'city', 'county', 'township', 'village'] as const)
    : (['province', 'city', 'county', 'township'] as const);
}
