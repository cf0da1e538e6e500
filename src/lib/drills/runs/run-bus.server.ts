import type { Entry } from './run-log.ts';
import type { LoadedRun } from './run-store.server.ts';

/** What a run has just written, for the screens that follow it in this process. */
export type Written = { loaded: LoadedRun; entries: readonly Entry[] };
type Listener = (written: Written) => void;

const listeners = new Map<string, Set<Listener>>();

/** Follows a run; answers how to stop. */
export function followRun(runId: string, listener: Listener): () => void {
  const known = listeners.get(runId) ?? new Set();
  listeners.set(runId, known.add(listener));
  return () => {
    known.delete(listener);
    if (known.size === 0) listeners.delete(runId);
  };
}

/** Tells the screens after the commit, never before: what was rolled back must not have been seen. */
export function tellRun(runId: string, written: Written): void {
  if (written.entries.length > 0) for (const listener of listeners.get(runId) ?? []) listener(written);
}

/** Runs that screens of this process follow. */
export function followedRuns(): string[] {
  return [...listeners.keys()];
}
