import { SYSTEM } from '#lib/kernel/actor.ts';
import { faultFields, log } from '#lib/server/log.ts';
import { startDueSealed } from '../sealed/starting.server.ts';
import { hearOtherProcesses } from './run-bus.server.ts';
import { abandonedRuns, dueRuns, signRuns, tickRun } from './runs.server.ts';

/** Exercise time is kept to the second; looking this often costs nothing. */
const TICK_MS = 250;
/** How often running clocks say that their server lives: what an outage may be wrong by. */
const SIGN_MS = 2_000;
/** Another process signs at least so often. */
const SILENT_MS = 5_000;

/**
 * Wakes runs when their moment comes, and after a start takes up those that the last server left running.
 * Several processes may do this at once: a run's write is theirs one after the other. Answers how to stop.
 */
export function startRunLoop(): () => Promise<void> {
  const stopHearing = hearOtherProcesses();
  let signedAt = 0;
  let stopped = false;
  let work: Promise<void> = takeUpAbandoned();
  const timer = setInterval(() => {
    work = work.then(async () => {
      if (stopped) return;
      const now = new Date();
      for (const runId of await dueRuns(SYSTEM, now)) await tickRun(SYSTEM, runId, now);
      if (now.getTime() - signedAt < SIGN_MS) return;
      signedAt = now.getTime();
      if ((await hasTicking(now)) === true) await signRuns(SYSTEM, now);
      await startDueSealed(SYSTEM, now);
    });
    work = work.catch((reason: unknown) => log('error', 'drill loop', faultFields(reason)));
  }, TICK_MS);
  return async () => {
    stopped = true;
    clearInterval(timer);
    await work;
    await stopHearing();
  };
}

async function hasTicking(now: Date): Promise<boolean> {
  return (await abandonedRuns(SYSTEM, now, 0)).length > 0;
}

async function takeUpAbandoned(): Promise<void> {
  const now = new Date();
  for (const runId of await abandonedRuns(SYSTEM, now, SILENT_MS)) await tickRun(SYSTEM, runId, now, true);
}
