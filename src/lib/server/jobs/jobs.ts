import { and, asc, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { read, write, type Tx } from '#lib/server/db/open.ts';
import { job } from '#lib/server/db/schema/platform.ts';
import { newId } from '#lib/server/id.ts';
import { faultFields, log } from '#lib/server/log.ts';

export type Job = typeof job.$inferSelect;

/** What a slice of work answers: more to do (now, or not before a time), or done. */
export type JobStep = {
  done: number;
  total: number;
  again: boolean;
  notBefore?: Date;
  /** What the next slice has to know, instead of what the job was asked with. */
  payload?: Record<string, unknown>;
};

/** One slice of a job: short, whole, and harmless to do twice. */
export type JobWork = (job: Job, now: Date) => Promise<JobStep>;

const works = new Map<string, JobWork>();
const LEASE_MS = 30_000;
const ATTEMPTS_MAX = 5;
/** How long a job that has work is kept before its progress is noted. */
const HOLD_MS = 300;

/** Says how jobs of a kind are done. Only followers.ts calls this. */
export function doJobs(kind: string, work: JobWork): void {
  works.set(kind, work);
}

/**
 * Puts a job on the list, inside the write whose decision asks for it. The key makes it once only:
 * asking again for a job that is not done leaves it as it is; a finished one starts anew.
 */
export async function askForJob(
  tx: Tx,
  asked: { kind: string; key: string; payload?: Record<string, unknown>; runAt: Date; total?: number },
): Promise<void> {
  const { kind, key, payload = {}, runAt, total = 0 } = asked;
  const fresh = {
    kind,
    payload,
    runAt,
    leaseUntil: null,
    attempts: 0,
    done: 0,
    total,
    doneAt: null,
    failure: null,
  };
  const [known] = await tx.select().from(job).where(eq(job.key, key));
  if (!known) await tx.insert(job).values({ id: newId(), key, ...fresh });
  else if (known.doneAt !== null || known.failure !== null)
    await tx.update(job).set(fresh).where(eq(job.key, key));
}

export async function findJob(key: string): Promise<Job | null> {
  const [row] = await read((db) => db.select().from(job).where(eq(job.key, key)));
  return row ?? null;
}

/** Takes the next due job whose lease is free; a process that died leaves its lease to expire. */
async function takeJob(now: Date): Promise<Job | null> {
  const due = and(isNull(job.doneAt), isNull(job.failure), lte(job.runAt, now));
  const free = or(isNull(job.leaseUntil), lte(job.leaseUntil, now));
  const [next] = await read((db) =>
    db.select().from(job).where(and(due, free)).orderBy(asc(job.runAt)).limit(1),
  );
  if (!next) return null;
  return await write(`job:${next.id}`, async (tx) => {
    const [taken] = await tx
      .update(job)
      .set({ leaseUntil: new Date(now.getTime() + LEASE_MS), attempts: sql`${job.attempts} + 1` })
      .where(and(eq(job.id, next.id), due, free))
      .returning();
    return taken ?? null;
  });
}

async function settle(taken: Job, change: Partial<Job>): Promise<void> {
  await write(`job:${taken.id}`, (tx) => tx.update(job).set(change).where(eq(job.id, taken.id)));
}

/**
 * Slices of one job in a row, as long as it has work: taking and settling cost a commit each, so they are
 * done once in {@link HOLD_MS}, well within the lease. Answers how many ran.
 */
async function runSlices(taken: Job, now: Date, slicesMax: number): Promise<number> {
  const work = works.get(taken.kind);
  if (!work) throw new Error(`nobody does jobs of kind ${taken.kind}`);
  const started = performance.now();
  let current = taken;
  for (let count = 1; ; count += 1) {
    try {
      const { done, total, again, notBefore, payload = current.payload } = await work(current, now);
      const progress = { done, total, payload };
      const isHeld = count < slicesMax && performance.now() - started < HOLD_MS;
      if (!again || notBefore !== undefined || !isHeld) {
        const next = again ? { runAt: notBefore ?? taken.runAt } : { doneAt: now };
        await settle(taken, { ...progress, ...next, attempts: 0, leaseUntil: null });
        return count;
      }
      current = { ...current, ...progress, attempts: 1 };
    } catch (reason) {
      await noteFailure(current, now, reason);
      return count;
    }
    await new Promise(setImmediate);
  }
}

async function noteFailure(failed: Job, now: Date, reason: unknown): Promise<void> {
  const { kind, key, attempts, done, total, payload } = failed;
  log('error', 'job failed', { kind, key, attempt: attempts, ...faultFields(reason) });
  const fault = reason instanceof Error ? reason.message : String(reason);
  const runAt = new Date(now.getTime() + 2 ** attempts * 1_000);
  const failure = attempts >= ATTEMPTS_MAX ? fault : null;
  await settle(failed, { done, total, payload, attempts, leaseUntil: null, runAt, failure });
}

/**
 * Runs slices of due jobs, at most `slicesMax`, giving way to requests between two; answers how many ran.
 * Tests call it by hand; the server's loop calls it every second.
 */
export async function runDueJobs(now: Date, slicesMax = 1_000): Promise<number> {
  let count = 0;
  while (count < slicesMax) {
    const taken = await takeJob(now);
    if (!taken) return count;
    count += await runSlices(taken, now, slicesMax - count);
    await new Promise(setImmediate);
  }
  return count;
}

/** Slices in one turn of the loop; the next begins with the clock read anew. */
const TURN_SLICES = 200;

/** The server's loop; answers how to stop it and wait for the slices under way. */
export function startJobLoop(everyMs = 1_000): () => Promise<void> {
  let running: Promise<unknown> | null = null;
  let stopped = false;
  const turn = async () => {
    try {
      while (!stopped && (await runDueJobs(new Date(), TURN_SLICES)) === TURN_SLICES);
    } catch (reason) {
      log('error', 'job loop', faultFields(reason));
    }
    running = null;
  };
  const timer = setInterval(() => {
    running ??= turn();
  }, everyMs);
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}
