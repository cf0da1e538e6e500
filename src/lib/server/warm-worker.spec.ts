import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { warmWorker } from './warm-worker.ts';

const folder = mkdtempSync(join(tmpdir(), 'lianbing-worker-'));
const file = join(folder, 'worker.ts');
writeFileSync(
  file,
  `import { threadId } from 'node:worker_threads';
   import { answerTasks } from ${JSON.stringify(resolve('src/lib/server/worker-side.ts'))};
   answerTasks((task: string) => {
     if (task === 'fail') throw new RangeError('said no');
     if (task === 'hang') return new Promise(() => undefined);
     if (task === 'die') process.exit(3);
     return task + ':' + threadId;
   });`,
);
afterAll(() => rmSync(folder, { recursive: true }));

const limits = { file, secondsMax: 5, tasksMax: 3, memoryMegabytesMax: 64 };
const threadOf = (answer: string) => answer.split(':')[1];

describe('warmWorker', () => {
  it('answers in turn from one warm thread and replaces it after its share of tasks', async () => {
    const ask = warmWorker<string, string>(limits);
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(ask));
    expect(answers.map((answer) => answer[0])).toEqual(['a', 'b', 'c', 'd']);
    expect(new Set(answers.slice(0, 3).map(threadOf)).size).toBe(1);
    expect(threadOf(answers[3]!)).not.toBe(threadOf(answers[0]!));
  });

  it('carries the fault of a task and keeps the thread', async () => {
    const ask = warmWorker<string, string>(limits);
    const before = await ask('a');
    await expect(ask('fail')).rejects.toMatchObject({ name: 'RangeError', message: 'said no' });
    expect(threadOf(await ask('a'))).toBe(threadOf(before));
  });

  it('gives up a task that takes too long, or a thread that dies, and does the next', async () => {
    const ask = warmWorker<string, string>(limits);
    const [hung, died, next] = await Promise.allSettled([ask('hang'), ask('die'), ask('a')]);
    expect(hung).toMatchObject({ status: 'rejected', reason: { name: 'WorkerTimeout' } });
    expect(died).toMatchObject({ status: 'rejected', reason: { name: 'WorkerStopped' } });
    expect(next.status).toBe('fulfilled');
  });
});
