import { randomUUID } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import { engineName, hearOthers, read, wakeOthers } from '#lib/server/db/open.ts';
import { drillRun } from '#lib/server/db/schema/drills.ts';
import { faultFields, log } from '#lib/server/log.ts';
import type { Entry } from './run-log.ts';
import type { LoadedRun } from './run-store.server.ts';

/** What a run has just written, for the screens that follow it in this process. */
export type Written = { loaded: LoadedRun; entries: readonly Entry[] };
/** Null: something may have been written elsewhere; look. */
type Listener = (written: Written | null) => void;

const listeners = new Map<string, Set<Listener>>();

/** Follows a run; answers how to stop. */
export function followRun(runId: string, listener: Listener): () => void {
  const known = listeners.get(runId) ?? new Set();
  listeners.set(runId, known.add(listener));
  return () => {
    known.delete(listener);
    if (known.size > 0) return;
    listeners.delete(runId);
    told.delete(runId);
  };
}

/** This process among those on one database, so that it does not hear itself. */
const HERE = randomUUID();
const hintOf = (runId: string) => `run ${HERE} ${runId}`;

/** The last place in each run's log that the screens of this process were told of. */
const told = new Map<string, number>();

/** Tells the screens after the commit, never before: what was rolled back must not have been seen. */
export function tellRun(runId: string, written: Written): void {
  const last = written.entries.at(-1);
  if (!last) return;
  if (listeners.has(runId)) told.set(runId, last.seq);
  for (const listener of listeners.get(runId) ?? []) listener(written);
  // Whoever misses the hint looks by itself within seconds.
  wakeOthers(hintOf(runId)).catch((reason: unknown) => log('warn', 'run not announced', faultFields(reason)));
}

/** How often the screens of this process look whether another one wrote, in case a hint was lost. */
const LOOK_EVERY_MS = 2_000;

/** Lets the screens of this process hear of what other processes write. Answers how to stop. */
export function hearOtherProcesses(): () => Promise<void> {
  if (engineName() === 'sqlite') return async () => {};
  const stop = hearOthers((hint) => {
    const [kind, where, runId] = hint.split(' ');
    if (kind === 'run' && where !== HERE && runId) look(runId);
  });
  const timer = setInterval(() => {
    lookAtBehind().catch((reason: unknown) => log('warn', 'runs not looked at', faultFields(reason)));
  }, LOOK_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await stop();
  };
}

function look(runId: string): void {
  for (const listener of listeners.get(runId) ?? []) listener(null);
}

async function lookAtBehind(): Promise<void> {
  const ids = [...listeners.keys()];
  if (ids.length === 0) return;
  const rows = await read((db) =>
    db.select({ id: drillRun.id, seq: drillRun.seq }).from(drillRun).where(inArray(drillRun.id, ids)),
  );
  for (const { id, seq } of rows)
    if (seq > (told.get(id) ?? 0)) {
      told.set(id, seq);
      look(id);
    }
}
