import { createHash, randomInt } from 'node:crypto';
import { desc, lte } from 'drizzle-orm';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { addDays, dayOf, instantOn, type Day } from '#lib/kernel/day.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { fact } from '#lib/server/db/schema/platform.ts';
import { drawCommitment } from '#lib/server/db/schema/sealed.ts';
import { askForJob, doJobs, type JobStep } from '#lib/server/jobs/jobs.ts';
import { daySeed, sealFingerprint } from '#lib/server/keys.ts';
import { layOutSlots, SEALED, turnSlots } from './slots.server.ts';

/** The fact that names the sealing key of this database. */
export const SEAL_FACT = 'seal_key';
const KIND = 'sealed_turn';
const DAY_MINUTES = 1_440;

export type Commitment = typeof drawCommitment.$inferSelect;

/** The public hash of a day's seed. */
export function commitmentOf(day: Day): Commitment {
  return { day, hash: createHash('sha256').update(daySeed(day)).digest('hex') };
}

/** What a drill is drawn from: SHA-256 of the seed, a colon and its id. */
export function digestFor(day: Day, drillId: string): Uint8Array {
  return createHash('sha256')
    .update(`${daySeed(day)}:${drillId}`)
    .digest();
}

async function commitDay(tx: Tx, day: Day): Promise<void> {
  await tx.insert(drawCommitment).values(commitmentOf(day)).onConflictDoNothing();
}

/** What every installation has, whether it will ever seal a drill or not. Harmless to repeat. */
export async function prepareSealing(tx: Tx, now: Date): Promise<void> {
  await layOutSlots(tx);
  await commitDay(tx, dayOf(now));
  await tx.insert(fact).values({ key: SEAL_FACT, value: sealFingerprint() }).onConflictDoNothing();
}

/** Puts the daily turning of the slots on the list of jobs; harmless to repeat at every start. */
export async function askForSealedTurn(_system: Actor, now: Date): Promise<void> {
  await write(['job:sealed-turn', SEALED], async (tx) => {
    await prepareSealing(tx, now);
    await askForJob(tx, { kind: KIND, key: 'sealed-turn', runAt: now });
  });
}

/** Commits to the day's seed and writes all slots anew, every day at another minute. */
export async function turnSealed(_system: Actor, now: Date): Promise<JobStep> {
  const today = dayOf(now);
  await write(SEALED, async (tx) => {
    await commitDay(tx, today);
    await turnSlots(tx);
  });
  const midnight = instantOn(addDays(today, 1), '00:00').getTime();
  const notBefore = new Date(midnight + randomInt(DAY_MINUTES) * 60_000);
  return { done: 1, total: 1, again: true, notBefore };
}

export function doSealedTurn(): void {
  doJobs(KIND, (_, now) => turnSealed(SYSTEM, now));
}

/** The last day, up to one, whose seed was committed to. */
export async function lastCommitment(db: Db, now: Date): Promise<Commitment | null> {
  const [row] = await db
    .select()
    .from(drawCommitment)
    .where(lte(drawCommitment.day, dayOf(now)))
    .orderBy(desc(drawCommitment.day))
    .limit(1);
  return row ?? null;
}

/** The last commitments, the newest first: the same for everybody who asks. */
export async function listCommitments(_actor: Actor, count = 10): Promise<Commitment[]> {
  return await read((db) => db.select().from(drawCommitment).orderBy(desc(drawCommitment.day)).limit(count));
}
