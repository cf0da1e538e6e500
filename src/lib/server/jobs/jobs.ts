import { AsyncLocalStorage } from 'node:async_hooks';
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
/** How long a job that has work is kept before its progress is noted: taking and noting cost a commit each. */
const HOLD_MS = 300;
/** From being asked for a job to looking for it: its write must be committed by then. */
const WAKE_MS = 40;

/** Set while the server's loop runs. */
let wakeLoop: (() => void) | undefined;

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
  wakeLoop?.();
  if (!known) await tx.insert(job).values({ id: newId(), key, ...fresh });
  else if (known.doneAt !== null || known.failure !== null)
    await tx.update(job).set(fresh).where(eq(job.key, key));
}

export async function findJob(key: string): Promise<Job | null> {
  const [row] = await read((db) => db.select().from(job).where(eq(job.key, key)));
  return row ?? null;
}

function dueAndFree(now: Date) {
  const due = and(isNull(job.doneAt), isNull(job.failure), lte(job.runAt, now));
  return and(due, or(isNull(job.leaseUntil), lte(job.leaseUntil, now)));
}

async function dueKinds(now: Date): Promise<string[]> {
  const rows = await read((db) => db.selectDistinct({ kind: job.kind }).from(job).where(dueAndFree(now)));
  return rows.map(({ kind }) => kind);
}

/** Takes the next due job of a kind whose lease is free; a process that died leaves its lease to expire. */
async function takeJob(kind: string, now: Date): Promise<Job | null> {
  const mayBeTaken = and(eq(job.kind, kind), dueAndFree(now));
  const [next] = await read((db) =>
    db.select().from(job).where(mayBeTaken).orderBy(asc(job.runAt), asc(job.id)).limit(1),
  );
  if (!next) return null;
  return await write(`job:${next.id}`, async (tx) => {
    const [taken] = await tx
      .update(job)
      .set({ leaseUntil: new Date(now.getTime() + LEASE_MS), attempts: sql`${job.attempts} + 1` })
      .where(and(eq(job.id, next.id), mayBeTaken))
      .returning();
    return taken ?? null;
  });
}

async function settle(taken: Job, change: Partial<Job>): Promise<void> {
  await write(`job:${taken.id}`, (tx) => tx.update(job).set(change).where(eq(job.id, taken.id)));
}

/** How many slices may still be run; at nothing, the jobs under way end with the slice they are at. */
type Allowance = { slices: number };

/** Slices of one job in a row, giving way to requests between two, until it is done or was held long enough. */
async function runSlices(taken: Job, now: Date, allowance: Allowance): Promise<void> {
  const work = works.get(taken.kind);
  if (!work) throw new Error(`nobody does jobs of kind ${taken.kind}`);
  const heldUntil = performance.now() + HOLD_MS;
  let current = taken;
  try {
    for (;;) {
      allowance.slices -= 1;
      const { done, total, again, notBefore, payload = current.payload } = await work(current, now);
      const progress = { done, total, payload };
      if (!again || notBefore || allowance.slices <= 0 || performance.now() >= heldUntil) {
        const next = again ? { runAt: notBefore ?? taken.runAt } : { doneAt: now };
        return await settle(taken, { ...progress, ...next, attempts: 0, leaseUntil: null });
      }
      current = { ...current, ...progress, attempts: 1 };
      await new Promise(setImmediate);
    }
  } catch (reason) {
    await noteFailure(current, now, reason);
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

/** The jobs of one kind, one after another in the order they were due, as long as there are any. */
async function runKind(kind: string, clock: () => Date, allowance: Allowance): Promise<void> {
  while (allowance.slices > 0) {
    const now = clock();
    const taken = await takeJob(kind, now);
    if (!taken) return;
    await runSlices(taken, now, allowance);
    await new Promise(setImmediate);
  }
}

/**
 * Runs slices of the jobs due at `now`, about `slicesMax` at most; answers how many ran. Kinds run side by
 * side, so that a recount of a whole year holds up no import. Tests and the command line call it by hand.
 */
export async function runDueJobs(now: Date, slicesMax = 1_000): Promise<number> {
  const allowance = { slices: slicesMax };
  for (;;) {
    const kinds = allowance.slices > 0 ? await dueKinds(now) : [];
    if (kinds.length === 0) return slicesMax - allowance.slices;
    await Promise.all(kinds.map((kind) => runKind(kind, () => now, allowance)));
  }
}

/** The server's loop, each kind by itself; answers how to stop it and wait for the slices under way. */
export function startJobLoop(everyMs = 1_000): () => Promise<void> {
  const allowance = { slices: Infinity };
  const running = new Map<string, Promise<void>>();
  const noteFault = (reason: unknown) => log('error', 'job loop', faultFields(reason));
  const look = async () => {
    for (const kind of await dueKinds(new Date())) {
      if (running.has(kind)) continue;
      const work = runKind(kind, () => new Date(), allowance).catch(noteFault);
      running.set(
        kind,
        work.finally(() => running.delete(kind)),
      );
    }
  };
  let looking = Promise.resolve();
  const lookInTurn = () => void (looking = looking.then(look).catch(noteFault));
  const timer = setInterval(lookInTurn, everyMs);
  // Called inside a write, and what it starts is not part of that write.
  wakeLoop = AsyncLocalStorage.bind(() => void setTimeout(lookInTurn, WAKE_MS).unref());
  return async () => {
    allowance.slices = 0;
    wakeLoop = undefined;
    clearInterval(timer);
    await looking;
    await Promise.all(running.values());
  };
}
