import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Checkpoints } from './checkpoints.ts';
import type { Engine } from './open.ts';
import { readHandle, type AnyDrizzle } from './tx.ts';
import { WriteQueue } from './write-queue.ts';

/** How long to wait for another process (the command line) to finish its write. */
const BUSY_MS = 10_000;
/**
 * The length of the write-ahead log (pages of 4 KB, 64 MB) from which a commit empties it: the checkpoint thread
 * has copied all but its last moments by then.
 */
const LOG_PAGES_MAX = 16_000;

function connect(file: string, options: Database.Options): Database.Database {
  const connection = new Database(file, { timeout: BUSY_MS, ...options });
  connection.pragma('cache_size = -65536');
  return connection;
}

const drizzleOn = (connection: Database.Database) => drizzle(connection) as unknown as AnyDrizzle;

/** SQLite: one writer connection behind a queue, one read-only connection. */
export function openSqlite(file: string): Engine {
  mkdirSync(dirname(file), { recursive: true });
  const writer = connect(file, {});
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL');
  writer.pragma('foreign_keys = ON');
  const reader = connect(file, { readonly: true });
  reader.pragma('mmap_size = 268435456');
  writer.pragma(`wal_autocheckpoint = ${LOG_PAGES_MAX}`);
  const checkpoints = new Checkpoints(file);
  const queue = new WriteQueue(writer, drizzleOn(writer), () => checkpoints.noteCommit());
  const reading = readHandle(drizzleOn(reader), reader);

  return {
    name: 'sqlite',
    read: (work) => work(reading),
    write: (abouts, work) => queue.add(abouts, work),
    // One process serves a SQLite file; the command line beside it changes no run.
    wake: async () => {},
    hear: () => async () => {},
    async snapshot(work) {
      // A connection of its own: a transaction on the shared one would hold back everybody's reads.
      const still = connect(file, { readonly: true });
      try {
        still.exec('BEGIN');
        return await work(readHandle(drizzleOn(still), still));
      } finally {
        still.close();
      }
    },
    async migrate(migrationsFolder) {
      migrate(drizzle(writer), { migrationsFolder });
    },
    async close() {
      await queue.idle();
      await checkpoints.close();
      reader.close();
      writer.pragma('wal_checkpoint(TRUNCATE)');
      writer.close();
    },
  };
}
