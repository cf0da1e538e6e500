import { AsyncLocalStorage } from 'node:async_hooks';
import { resolve } from 'node:path';
import { settings } from '#lib/server/settings.ts';
import { openPostgres } from './postgres-engine.ts';
import { openSqlite } from './sqlite-engine.ts';
import type { Db, Tx } from './tx.ts';

export { prepared, type Db, type Tx } from './tx.ts';

/** One database behind two verbs. Only the two engine files know a driver. */
export type Engine = {
  name: 'sqlite' | 'postgres';
  read(work: (db: Db) => Promise<unknown>): Promise<unknown>;
  write(abouts: ReadonlySet<string>, work: (tx: Tx) => Promise<unknown>): Promise<unknown>;
  /** Reads that all see the same moment. */
  snapshot(work: (db: Db) => Promise<unknown>): Promise<unknown>;
  migrate(migrationsFolder: string): Promise<void>;
  /** Wakes other processes on the same database. Only a hint: what it says stands in the tables. */
  wake(payload: string): Promise<void>;
  /** Hears other processes' hints until stopped; where one process is all there is, nothing. */
  hear(listener: (payload: string) => void): () => Promise<void>;
  close(): Promise<void>;
};

let opened: Engine | undefined;

function engine(): Engine {
  const { database } = settings();
  opened ??= database.engine === 'sqlite' ? openSqlite(database.file) : openPostgres(database.url);
  return opened;
}

export function engineName(): Engine['name'] {
  return settings().database.engine;
}

/** Runs queries that only read. */
export async function read<T>(work: (db: Db) => Promise<T>): Promise<T> {
  return (await engine().read(work)) as T;
}

/** Runs queries that all see the database as it is at this moment, whatever is written meanwhile. */
export async function snapshot<T>(work: (db: Db) => Promise<T>): Promise<T> {
  return (await engine().snapshot(work)) as T;
}

const inside = new AsyncLocalStorage<true>();

/**
 * The only way to change anything. `abouts` names what the decision is about (`attempt:7f3c`,
 * `person:…`), one or several; two writes about the same thing never overlap. All of `work` happens or
 * nothing does. Whatever changes a person's credit names the person too.
 */
export async function write<T>(abouts: string | readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> {
  if (inside.getStore()) throw new Error('a write inside a write: pass the tx instead');
  const named = new Set(typeof abouts === 'string' ? [abouts] : abouts);
  if (named.size === 0) throw new Error('a write must name what it is about');
  return (await engine().write(named, (tx) => inside.run(true, () => work(tx)))) as T;
}

/** Tells other processes on the same database that something of theirs may have changed: at most 8,000 bytes. */
export async function wakeOthers(payload: string): Promise<void> {
  await engine().wake(payload);
}

/** Hears what {@link wakeOthers} says elsewhere. A hint may be lost: whoever needs it also looks from time to time. */
export function hearOthers(listener: (payload: string) => void): () => Promise<void> {
  return engine().hear(listener);
}

/** Brings the tables up to this version of the program; harmless when they are. */
export async function migrateDatabase(): Promise<void> {
  await engine().migrate(resolve('drizzle', engine().name));
}

/** Waits for writes under way and closes the connections. */
export async function closeDatabase(): Promise<void> {
  const closing = opened;
  opened = undefined;
  await closing?.close();
}
