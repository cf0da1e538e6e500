import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Engine } from './open.ts';
import { readHandle, writeHandle, type Db, type Tx } from './tx.ts';

/** One commit holds at most this much work, so that other requests never wait longer for the thread. */
const BATCH_MS_MAX = 12;

type Waiting = {
  abouts: ReadonlySet<string>;
  work: (tx: Tx) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
};

/**
 * SQLite: one writer connection behind a queue, one read-only connection. Waiting writes share one
 * commit (`synchronous=FULL`: an acknowledged write survives a power cut), each in a savepoint of its
 * own, so that one failure takes only itself back.
 */
export function openSqlite(file: string): Engine {
  mkdirSync(dirname(file), { recursive: true });
  const writer = new Database(file, { timeout: 10_000 });
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL');
  writer.pragma('foreign_keys = ON');
  writer.pragma('cache_size = -65536');
  const reader = new Database(file, { readonly: true, timeout: 10_000 });
  reader.pragma('cache_size = -65536');
  reader.pragma('mmap_size = 268435456');
  const writing = drizzle(writer);
  const reading = readHandle(drizzle(reader) as never, reader);
  const queue: Waiting[] = [];
  let draining = false;

  const statements = {
    begin: writer.prepare('BEGIN IMMEDIATE'),
    commit: writer.prepare('COMMIT'),
    rollback: writer.prepare('ROLLBACK'),
    savepoint: writer.prepare('SAVEPOINT one'),
    release: writer.prepare('RELEASE one'),
    undo: writer.prepare('ROLLBACK TO one'),
  };

  async function runOne(waiting: Waiting): Promise<unknown> {
    const { tx, revoke } = writeHandle(writing as never, writer, waiting.abouts);
    let trip: (reason: Error) => void = () => undefined;
    const tripped = new Promise<never>((_, reject) => (trip = reject));
    // Queries on this engine finish in microtasks; a task of the event loop getting its turn in between
    // means that the work awaits something else while the one writer stands still.
    const wire = setImmediate(() =>
      trip(new Error('a write may await only its own queries: it was rolled back')),
    );
    statements.savepoint.run();
    try {
      const value = await Promise.race([waiting.work(tx), tripped]);
      statements.release.run();
      return value;
    } catch (reason) {
      if (writer.inTransaction) {
        statements.undo.run();
        statements.release.run();
      }
      throw reason;
    } finally {
      revoke();
      clearImmediate(wire);
    }
  }

  async function runBatch(): Promise<void> {
    const settled: (() => void)[] = [];
    const started = performance.now();
    const taken: Waiting[] = [];
    try {
      statements.begin.run();
      while (queue.length > 0 && performance.now() - started < BATCH_MS_MAX) {
        const waiting = queue.shift()!;
        taken.push(waiting);
        try {
          const value = await runOne(waiting);
          settled.push(() => waiting.resolve(value));
        } catch (reason) {
          settled.push(() => waiting.reject(reason));
        }
      }
      statements.commit.run();
      for (const settle of settled) settle();
    } catch (reason) {
      if (writer.inTransaction) statements.rollback.run();
      const unlucky = taken.length > 0 ? taken : queue.splice(0, 1);
      for (const waiting of unlucky) waiting.reject(reason);
    }
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      await runBatch();
      await new Promise(setImmediate);
    }
    draining = false;
  }

  return {
    name: 'sqlite',
    read: (work: (db: Db) => Promise<unknown>) => work(reading),
    write: (abouts, work) =>
      new Promise((resolve, reject) => {
        queue.push({ abouts, work, resolve, reject });
        if (draining) return;
        draining = true;
        setImmediate(drain);
      }),
    async snapshot(work) {
      // A connection of its own: a transaction on the shared one would hold back everybody's reads.
      const still = new Database(file, { readonly: true, timeout: 10_000 });
      try {
        still.exec('BEGIN');
        return await work(readHandle(drizzle(still) as never, still));
      } finally {
        still.close();
      }
    },
    async migrate(migrationsFolder) {
      migrate(writing, { migrationsFolder });
    },
    async close() {
      while (draining) await new Promise(setImmediate);
      reader.close();
      writer.pragma('wal_checkpoint(TRUNCATE)');
      writer.close();
    },
  };
}
