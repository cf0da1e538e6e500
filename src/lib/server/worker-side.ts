import { parentPort } from 'node:worker_threads';
import type { WorkerAnswer } from './warm-worker.ts';

/** The worker's half of {@link warmWorker}: answers each task with what `work` makes of it. */
export function answerTasks<Task>(work: (task: Task) => Promise<unknown> | unknown): void {
  parentPort?.on('message', async (task: Task) => {
    parentPort?.postMessage(await answerTo(work, task));
  });
}

async function answerTo<Task>(
  work: (task: Task) => Promise<unknown> | unknown,
  task: Task,
): Promise<WorkerAnswer> {
  try {
    return { result: await work(task) };
  } catch (reason) {
    const { name, message } = reason instanceof Error ? reason : new Error(String(reason));
    return { failure: { name, message } };
  }
}
