import { inArray, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import type { Db } from '#lib/server/db/open.ts';

/**
 * Statements over many rows, prepared once for a few sizes: building one anew for every hundred people of
 * an import costs more than running it.
 */
const SIZES = [128, 32, 8, 1] as const;

/** Parts rows into chunks of the sizes above, in order. */
export function* inChunks<Row>(rows: readonly Row[]): Generator<Row[]> {
  let start = 0;
  for (const size of SIZES)
    for (; rows.length - start >= size; start += size) yield rows.slice(start, start + size);
}

/** `size` rows of placeholders, for the columns named. */
export function placeholderRows(columns: readonly string[], size: number): Record<string, SQL>[] {
  return Array.from({ length: size }, (_, index) =>
    Object.fromEntries(
      columns.map((column) => [column, sql.placeholder(`${column}_${index}`) as unknown as SQL]),
    ),
  );
}

/** The values for {@link placeholderRows}. */
export function valuesOfRows(columns: readonly string[], rows: readonly object[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [index, row] of rows.entries())
    for (const column of columns) values[`${column}_${index}`] = (row as Record<string, unknown>)[column];
  return values;
}

/** How many places a list of ids is given: the smallest size that holds it, at most the largest. */
function sizeFor(count: number): number {
  let fitting: number = SIZES[0];
  for (const size of SIZES) if (size >= count) fitting = size;
  return fitting;
}

/** Rows by many ids, through the statement that `statement(size)` prepares for so many places. */
export async function listByIds<Row>(
  db: Db,
  ids: readonly string[],
  statement: (
    db: Db,
    size: number,
  ) => {
    execute(values: Record<string, unknown>): PromiseLike<Row[]> | { sync(): Row[] };
  },
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { size, values } of inIdLists(ids))
    rows.push(...((await statement(db, size).execute(values)) as Row[]));
  return rows;
}

/** Lists of ids by the number of places that their statement has. */
function* inIdLists(ids: readonly string[]): Generator<{ size: number; values: Record<string, string> }> {
  for (let start = 0; start < ids.length; start += SIZES[0]) {
    const some = ids.slice(start, start + SIZES[0]);
    const size = sizeFor(some.length);
    const values: Record<string, string> = {};
    // Places left over repeat the last id: a list of the same length needs no statement of its own.
    for (let place = 0; place < size; place += 1)
      values[`id_${place}`] = some[Math.min(place, some.length - 1)]!;
    yield { size, values };
  }
}

export function inPlaces(column: AnyColumn, size: number): SQL {
  return inArray(
    column,
    Array.from({ length: size }, (_, place) => sql.placeholder(`id_${place}`)),
  );
}
