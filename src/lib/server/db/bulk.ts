import {
  getTableColumns,
  getTableName,
  inArray,
  sql,
  type AnyColumn,
  type SQL,
  type Table,
} from 'drizzle-orm';
import { prepared, type Db, type Tx } from './open.ts';

/**
 * Statements over many rows, prepared once for a few sizes: building one anew for every hundred people of
 * an import costs more than running it.
 */
const SIZES = [128, 64, 32, 8, 1] as const;

/** Parts rows into chunks of the sizes above, in order. */
function* inChunks<Row>(rows: readonly Row[]): Generator<Row[]> {
  let start = 0;
  for (const size of SIZES)
    for (; rows.length - start >= size; start += size) yield rows.slice(start, start + size);
}

/** What an insert does where the row is already there. `name` tells the statement from others of its table. */
type OnConflict = { name: string; target: AnyColumn[]; set: Record<string, SQL> };

/** Inserts rows, in order. Each row names every column of its table; nothing is left to a default. */
export async function insertRows<Of extends Table>(
  tx: Tx,
  table: Of,
  rows: readonly Required<Of['$inferInsert']>[],
  onConflict?: OnConflict,
): Promise<void> {
  const columns = getTableColumns(table);
  const name = onConflict?.name ?? `${getTableName(table)}.insert`;
  for (const chunk of inChunks(rows as readonly Record<string, unknown>[]))
    await prepared(tx, `${name}.${chunk.length}`, (db) => {
      const insert = db.insert(table as never).values(placeholderRows(columns, chunk.length) as never);
      return onConflict ? insert.onConflictDoUpdate(onConflict as never) : insert;
    }).execute(valuesOf(columns, chunk) as never);
}

/**
 * Placeholders are named by their position, so that their values are an array. They stand outside the
 * column's own encoding, which would be asked to encode null: {@link valuesOf} encodes.
 */
function placeholderRows(columns: Record<string, AnyColumn>, size: number): Record<string, SQL>[] {
  let place = 0;
  return Array.from({ length: size }, () =>
    Object.fromEntries(Object.keys(columns).map((key) => [key, sql`${sql.placeholder(String(place++))}`])),
  );
}

function valuesOf(columns: Record<string, AnyColumn>, rows: readonly Record<string, unknown>[]): unknown[] {
  const values: unknown[] = [];
  const encoded = Object.entries(columns);
  for (const row of rows)
    for (const [key, column] of encoded) {
      const value = row[key];
      if (value === undefined) throw new Error(`insertRows: a row without ${key}`);
      values.push(value === null ? null : column.mapToDriverValue(value));
    }
  return values;
}

/** How many places a list of ids is given: the smallest size that holds it, at most the largest. */
function sizeFor(count: number): number {
  let fitting: number = SIZES[0];
  for (const size of SIZES) if (size >= count) fitting = size;
  return fitting;
}

type Executable<Row> = {
  execute(values: Record<string, unknown>): PromiseLike<Row[]> | { sync(): Row[] };
};

/** Rows by many ids, through the statement that `statement(size)` prepares for so many places. */
export async function listByIds<Row>(
  db: Db,
  ids: readonly string[],
  statement: (db: Db, size: number) => Executable<Row>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { size, values } of inIdLists(ids))
    rows.push(...((await statement(db, size).execute(values)) as Row[]));
  return rows;
}

/** Lists of ids by the number of places that their statement has. */
export function* inIdLists<Id extends string | number>(
  ids: readonly Id[],
): Generator<{ size: number; values: Record<string, Id> }> {
  for (let start = 0; start < ids.length; start += SIZES[0]) {
    const some = ids.slice(start, start + SIZES[0]);
    const size = sizeFor(some.length);
    const values: Record<string, Id> = {};
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
