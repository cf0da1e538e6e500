import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

type Drizzle = BetterSQLite3Database<Record<string, never>>;

/** What may be asked of the database outside a write: reading. */
export type Db = Pick<Drizzle, 'select' | 'selectDistinct' | '$count' | 'with' | '$with'> & {
  /** Identifies the connection, for statements prepared once. */
  readonly connection: object;
};

/** What may be done inside a write. `abouts` are the streams it holds. */
export type Tx = Db &
  Pick<Drizzle, 'insert' | 'update' | 'delete'> & { readonly abouts: ReadonlySet<string> };

export type AnyDrizzle = Drizzle;

const prepared_ = new WeakMap<object, Map<string, unknown>>();

/**
 * A statement built and prepared once per connection, for hot paths: `prepared(tx, 'answer.save',
 * (db) => db.insert(…)…)`, then `.execute(values)`. The name must be unique in the program.
 */
export function prepared<Statement extends { prepare(name?: string): unknown }>(
  db: Db | Tx,
  name: string,
  build: (db: Tx) => Statement,
): ReturnType<Statement['prepare']> {
  let statements = prepared_.get(db.connection);
  if (!statements) prepared_.set(db.connection, (statements = new Map()));
  let statement = statements.get(name);
  if (!statement) statements.set(name, (statement = build(rawOf(db)).prepare(name.replaceAll('.', '_'))));
  return statement as ReturnType<Statement['prepare']>;
}

const raws = new WeakMap<object, AnyDrizzle>();

function rawOf(db: Db): Tx {
  return raws.get(db.connection) as unknown as Tx;
}

/** A handle on a connection for reading. */
export function readHandle(drizzle: AnyDrizzle, connection: object): Db {
  raws.set(connection, drizzle);
  return {
    connection,
    select: drizzle.select.bind(drizzle),
    selectDistinct: drizzle.selectDistinct.bind(drizzle),
    $count: drizzle.$count.bind(drizzle),
    with: drizzle.with.bind(drizzle),
    $with: drizzle.$with.bind(drizzle),
  } as Db;
}

/**
 * A handle on a connection for one write. After `revoke()` (the write ended, or awaited something that
 * was not its own query) it refuses to be used, so nothing can slip into somebody else's transaction.
 */
export function writeHandle(drizzle: AnyDrizzle, connection: object, abouts: ReadonlySet<string>) {
  raws.set(connection, drizzle);
  let live = true;
  const guard =
    <Args extends unknown[], Result>(call: (...args: Args) => Result) =>
    (...args: Args): Result => {
      if (!live) throw new Error('this write has ended: its tx cannot be used any more');
      return call.apply(drizzle, args);
    };
  const tx = {
    get connection() {
      if (!live) throw new Error('this write has ended: its tx cannot be used any more');
      return connection;
    },
    abouts,
    select: guard(drizzle.select as never),
    selectDistinct: guard(drizzle.selectDistinct as never),
    $count: guard(drizzle.$count as never),
    with: guard(drizzle.with as never),
    $with: guard(drizzle.$with as never),
    insert: guard(drizzle.insert as never),
    update: guard(drizzle.update as never),
    delete: guard(drizzle.delete as never),
  } as unknown as Tx;
  return {
    tx,
    revoke() {
      live = false;
    },
  };
}
