import { and, gte, lt, type AnyColumn, type SQL } from 'drizzle-orm';

/**
 * Everything at or below a place, as a range: unlike `like`, a range uses the index on both engines.
 * Paths end in `/`, and `0` is the character after it.
 */
export function inSubtree(column: AnyColumn, root: string): SQL {
  return and(gte(column, root), lt(column, `${root.slice(0, -1)}0`))!;
}
