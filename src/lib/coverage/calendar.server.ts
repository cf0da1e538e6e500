import { eq } from 'drizzle-orm';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { addDays, dayOf, instantOn, yearOf } from '#lib/kernel/day.ts';
import { read, write, type Tx } from '#lib/server/db/open.ts';
import { fact } from '#lib/server/db/schema/platform.ts';
import { askForJob, doJobs, type JobStep } from '#lib/server/jobs/jobs.ts';
import { RECOMPUTE_JOB } from './adoptions.server.ts';
import { freezeMonth } from './freezes.server.ts';
import { ROOT } from './rebuild.server.ts';

const KIND = 'coverage_calendar';
/** A little after midnight in Shanghai, when the day that ended can no longer change by itself. */
const TURNS_AT = '00:10';
const YEAR_FACT = 'coverage_year';

/** Puts the turning of days on the list of jobs; harmless to repeat at every start. */
export async function askForCalendar(_system: Actor, now: Date): Promise<void> {
  await write('job:coverage-calendar', (tx) =>
    askForJob(tx, { kind: KIND, key: 'coverage-calendar', runAt: now }),
  );
}

/**
 * What the calendar brings: the figures of the month that ended are frozen, and a new year begins with
 * everybody's standing at nothing. Runs once a day and catches up when the server was off.
 */
export async function turnCalendar(system: Actor, now: Date): Promise<JobStep> {
  const today = dayOf(now);
  const lastMonth = addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
  await freezeMonth(system, lastMonth, now);
  const year = String(yearOf(now));
  const [known] = await read((db) => db.select().from(fact).where(eq(fact.key, YEAR_FACT)));
  if (known?.value !== year) await write('fact:coverage-year', (tx) => beginYear(tx, year, now));
  return { done: 1, total: 1, again: true, notBefore: instantOn(addDays(today, 1), TURNS_AT) };
}

async function beginYear(tx: Tx, year: string, now: Date): Promise<void> {
  await tx
    .insert(fact)
    .values({ key: YEAR_FACT, value: year })
    .onConflictDoUpdate({ target: fact.key, set: { value: year } });
  const payload = { path: ROOT, cursor: null };
  await askForJob(tx, { kind: RECOMPUTE_JOB, key: `coverage-year:${year}`, payload, runAt: now });
}

export function doCalendar(): void {
  doJobs(KIND, (_, now) => turnCalendar(SYSTEM, now));
}
