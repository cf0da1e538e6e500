import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';

/** What a worker thread is for and how long it may live. */
export type WarmWorkerLimits = {
  /** Path of the worker's file from the project root: `new URL(…)` beside the built server finds nothing. */
  file: string;
  /** One task may take this long; then its thread is given up and the task fails. */
  secondsMax: number;
  /** After so many tasks the thread is replaced, so that what a library hoards is let go. */
  tasksMax: number;
  memoryMegabytesMax: number;
};

/** A task that a worker thread could not do; `name` is that of the fault in the thread. */
export class WorkerFailure extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** What a thread answers; see worker-side.ts. */
export type WorkerAnswer = { result: unknown } | { failure: { name: string; message: string } };

type Waiting = { task: unknown; resolve: (result: unknown) => void; reject: (reason: Error) => void };

/**
 * One worker thread kept warm behind a queue: tasks run in turn, off the thread that serves requests. The
 * thread starts with the first task, never keeps the process alive while it is idle, and is replaced after
 * a crash, a timeout, or `tasksMax` tasks.
 */
export function warmWorker<Task, Result>(limits: WarmWorkerLimits): (task: Task) => Promise<Result> {
  const queue: Waiting[] = [];
  let worker: Worker | undefined;
  let done = 0;
  let current: Waiting | undefined;
  let timer: NodeJS.Timeout | undefined;

  function start(): Worker {
    const started = new Worker(resolve(limits.file), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMegabytesMax },
    });
    done = 0;
    started.on('message', (answer: WorkerAnswer) => settle(started, answer));
    started.on('error', (reason) => giveUp(started, reason as Error));
    started.on('exit', () =>
      giveUp(started, new WorkerFailure('WorkerStopped', 'the worker thread stopped')),
    );
    return started;
  }

  function settle(from: Worker, answer: WorkerAnswer): void {
    if (from !== worker) return;
    const finished = release();
    done += 1;
    if (done >= limits.tasksMax) drop();
    if ('result' in answer) finished?.resolve(answer.result);
    else finished?.reject(new WorkerFailure(answer.failure.name, answer.failure.message));
    next();
  }

  function giveUp(from: Worker, reason: Error): void {
    if (from !== worker) return;
    drop();
    release()?.reject(reason);
    next();
  }

  function release(): Waiting | undefined {
    const finished = current;
    clearTimeout(timer);
    current = undefined;
    worker?.unref();
    return finished;
  }

  function drop(): void {
    const dropped = worker;
    worker = undefined;
    void dropped?.terminate();
  }

  function next(): void {
    if (current) return;
    current = queue.shift();
    if (!current) return;
    const busy = (worker ??= start());
    busy.ref();
    const late = new WorkerFailure('WorkerTimeout', `no answer within ${limits.secondsMax} s`);
    timer = setTimeout(() => giveUp(busy, late), limits.secondsMax * 1000);
    busy.postMessage(current.task);
  }

  return (task) =>
    new Promise<Result>((resolve, reject) => {
      queue.push({ task, resolve: resolve as (result: unknown) => void, reject });
      next();
    });
}
