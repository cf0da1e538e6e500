import type Database from 'better-sqlite3';
import { writeHandle, type AnyDrizzle, type Tx } from './tx.ts';

/** One commit holds at most this much work, so that other requests never wait longer for the thread. */
const BATCH_MS_MAX = 12;

type Waiting = {
  abouts: ReadonlySet<string>;
  work: (tx: Tx) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
};

/**
 * The writes of one SQLite connection, one after another. Those that wait share one commit
 * (`synchronous=FULL`: an acknowledged write survives a power cut), each in a savepoint of its own, so
 * that one failure takes only itself back.
 */
export class WriteQueue {
  private readonly writer: Database.Database;
  private readonly drizzle: AnyDrizzle;
  private readonly afterCommit: () => void;
  private readonly waiting: Waiting[] = [];
  private draining = false;
  private readonly statements;

  constructor(writer: Database.Database, drizzle: AnyDrizzle, afterCommit: () => void = () => undefined) {
    this.afterCommit = afterCommit;
    this.writer = writer;
    this.drizzle = drizzle;
    this.statements = {
      begin: writer.prepare('BEGIN IMMEDIATE'),
      commit: writer.prepare('COMMIT'),
      rollback: writer.prepare('ROLLBACK'),
      savepoint: writer.prepare('SAVEPOINT one'),
      release: writer.prepare('RELEASE one'),
      undo: writer.prepare('ROLLBACK TO one'),
    };
  }

  /** Runs work in its turn; settles after the commit that holds it. */
  add(abouts: ReadonlySet<string>, work: Waiting['work']): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ abouts, work, resolve, reject });
      if (this.draining) return;
      this.draining = true;
      // The requests that arrive in the same turn of the event loop share the commit.
      setImmediate(() => void this.drain());
    });
  }

  /** Settles when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.draining) await new Promise(setImmediate);
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.runBatch();
      await new Promise(setImmediate);
    }
    this.draining = false;
  }

  private async runBatch(): Promise<void> {
    const settled: (() => void)[] = [];
    const taken: Waiting[] = [];
    const started = performance.now();
    try {
      this.statements.begin.run();
      while (this.waiting.length > 0 && performance.now() - started < BATCH_MS_MAX) {
        const one = this.waiting.shift()!;
        taken.push(one);
        settled.push(await this.settle(one));
      }
      this.statements.commit.run();
      for (const settle of settled) settle();
      this.afterCommit();
    } catch (reason) {
      if (this.writer.inTransaction) this.statements.rollback.run();
      const unlucky = taken.length > 0 ? taken : this.waiting.splice(0, 1);
      for (const one of unlucky) one.reject(reason);
    }
  }

  /** What to tell a write once its commit is safe. */
  private async settle(one: Waiting): Promise<() => void> {
    try {
      const value = await this.runOne(one);
      return () => one.resolve(value);
    } catch (reason) {
      return () => one.reject(reason);
    }
  }

  private async runOne({ abouts, work }: Waiting): Promise<unknown> {
    const { tx, revoke } = writeHandle(this.drizzle, this.writer, abouts);
    let trip: (reason: Error) => void = () => undefined;
    const tripped = new Promise<never>((_, reject) => (trip = reject));
    // Queries on this engine finish in microtasks; a task of the event loop getting its turn in between
    // means that the work awaits something else while the one writer stands still.
    const wire = setImmediate(() =>
      trip(new Error('a write may await only its own queries: it was rolled back')),
    );
    this.statements.savepoint.run();
    try {
      const value = await Promise.race([work(tx), tripped]);
      this.statements.release.run();
      return value;
    } catch (reason) {
      if (this.writer.inTransaction) {
        this.statements.undo.run();
        this.statements.release.run();
      }
      throw reason;
    } finally {
      revoke();
      clearImmediate(wire);
    }
  }
}
