import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { write } from '#lib/server/db/open.ts';
import { askForJob, doJobs, findJob, runDueJobs, startJobLoop, type JobWork } from './jobs.ts';

const NOW = new Date('2026-11-22T01:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

const ask = (kind: string, key: string, runAt = NOW) =>
  write(`test:${key}`, (tx) => askForJob(tx, { kind, key, runAt, total: 0 }));

/** Work of so many slices that notes whose slice ran; pauses as real work does between its queries. */
function slicesOf(ran: string[], count: number): JobWork {
  return async ({ key, done }) => {
    ran.push(key);
    await wait(1);
    return { done: done + 1, total: count, again: done + 1 < count };
  };
}

describe('jobs', () => {
  it('of one kind run one after another, in the order they were due', async () => {
    const ran: string[] = [];
    doJobs('one', slicesOf(ran, 3));
    await ask('one', 'second', later(-1));
    await ask('one', 'first', later(-2));
    await ask('one', 'not yet', new Date('2100-01-01'));
    expect(await runDueJobs(NOW)).toBe(6);
    expect(ran).toEqual(['first', 'first', 'first', 'second', 'second', 'second']);
    expect(await findJob('first')).toMatchObject({ done: 3, total: 3, doneAt: NOW, leaseUntil: null });
    expect(await findJob('not yet')).toMatchObject({ done: 0, doneAt: null });
  });

  it('of another kind do not wait for a long one', async () => {
    const ran: string[] = [];
    doJobs('long', slicesOf(ran, 400));
    doJobs('short', slicesOf(ran, 2));
    await ask('long', 'long');
    await ask('short', 'short');
    await runDueJobs(NOW);
    expect(ran).toHaveLength(402);
    expect(ran.lastIndexOf('short')).toBeLessThan(ran.lastIndexOf('long'));
  });

  it('stop after the slices allowed, and go on where they were', async () => {
    const ran: string[] = [];
    doJobs('cut', slicesOf(ran, 5));
    await ask('cut', 'cut');
    expect(await runDueJobs(NOW, 2)).toBe(2);
    expect(await findJob('cut')).toMatchObject({ done: 2, doneAt: null, leaseUntil: null });
    expect(await runDueJobs(NOW)).toBe(3);
    expect(await findJob('cut')).toMatchObject({ done: 5, doneAt: NOW });
  });

  it('that fail are tried later, five times, keep what was done, and then say why', async () => {
    let tries = 0;
    doJobs('bad', async ({ done }) => {
      if (done === 0) return { done: 1, total: 2, again: true };
      tries += 1;
      throw new Error('the disk is full');
    });
    await ask('bad', 'bad');
    await runDueJobs(NOW);
    expect(await findJob('bad')).toMatchObject({ done: 1, attempts: 1, failure: null, leaseUntil: null });
    expect(await runDueJobs(later(1))).toBe(0);
    for (let seconds = 10; seconds < 400; seconds += 60) await runDueJobs(later(seconds));
    expect(tries).toBe(5);
    expect(await findJob('bad')).toMatchObject({ done: 1, failure: 'the disk is full', doneAt: null });
  });

  it('asked for while the server runs begin at once, and stop with it', async () => {
    const ran: string[] = [];
    doJobs('soon', slicesOf(ran, 100_000));
    const stop = startJobLoop(60_000);
    await ask('soon', 'soon', new Date());
    await expect.poll(() => ran.length, { timeout: 5_000 }).toBeGreaterThan(0);
    await stop();
    const count = ran.length;
    expect(await findJob('soon')).toMatchObject({ done: count, leaseUntil: null, doneAt: null });
    await wait(100);
    expect(ran).toHaveLength(count);
  });
});
