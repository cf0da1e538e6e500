import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';

/** From the project root: beside the built server `new URL(…)` names nothing. */
const WORKER = 'src/lib/server/db/checkpoint-worker.ts';

/** A process that commits less than this (the command line, a spec) needs no thread for it. */
const COMMITS_BEFORE = 200;
/** Between two passes: often enough that little is left for the writer, seldom enough to be no load. */
const PAUSE_MS = 200;

/**
 * Checkpoints off the thread that serves requests. Only a relief: SQLite's own checkpoint after a commit
 * stays on, finds most of the log copied, and is what empties it. Without the thread it does everything.
 */
export class Checkpoints {
  private readonly file: string;
  private commits = 0;
  private thread: Worker | undefined;
  private resting = false;

  constructor(file: string) {
    this.file = file;
  }

  /** Called after every commit; asks for a pass unless one is under way or just over. */
  noteCommit(): void {
    this.commits += 1;
    if (this.commits < COMMITS_BEFORE || this.resting) return;
    this.resting = true;
    this.thread ??= this.start();
    this.thread.postMessage('checkpoint');
  }

  async close(): Promise<void> {
    this.resting = true;
    await this.thread?.terminate();
  }

  private start(): Worker {
    const thread = new Worker(resolve(WORKER), { workerData: this.file, execArgv: [] });
    thread.on('message', () => setTimeout(() => (this.resting = false), PAUSE_MS).unref());
    // It stays away then: `resting` is never taken back, and the writer's own checkpoints go on.
    thread.on('error', (reason) => process.stderr.write(`checkpoints: ${reason.message}\n`));
    thread.unref();
    return thread;
  }
}
