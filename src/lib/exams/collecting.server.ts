import { and, eq, gt } from 'drizzle-orm';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { read, type Tx } from '#lib/server/db/open.ts';
import { attempt, exam } from '#lib/server/db/schema/exams.ts';
import { askForJob, doJobs, type JobStep } from '#lib/server/jobs/jobs.ts';
import { collectDueAttempts } from './attempts.server.ts';

const KIND = 'collect-attempts';
/** How long after deadline and grace a paper may lie uncollected when no browser asks. */
const EVERY_MS = 10_000;

/** Asks, in the write that publishes an exam, that papers be collected. It runs from then on, cheaply, since another exam may open first. */
export async function askForCollecting(_system: Actor, tx: Tx, now: Date): Promise<void> {
  await askForJob(tx, { kind: KIND, key: KIND, runAt: now });
}

async function hasMoreToCollect(now: Date): Promise<boolean> {
  return await read(async (db) => {
    const open = and(eq(exam.state, 'published'), gt(exam.closesAt, now));
    return (await db.$count(exam, open)) + (await db.$count(attempt, eq(attempt.state, 'in_progress'))) > 0;
  });
}

/** One round of collecting; again while an exam is to come or a paper is out. */
export async function collectOneRound(system: Actor, now: Date): Promise<JobStep> {
  const done = await collectDueAttempts(system, now);
  const again = await hasMoreToCollect(now);
  return { done, total: 0, again, notBefore: new Date(now.getTime() + EVERY_MS) };
}

/** Tells the job loop how papers are collected. Called once, by followers.ts. */
export function doCollecting(): void {
  doJobs(KIND, (_job, now) => collectOneRound(SYSTEM, now));
}
