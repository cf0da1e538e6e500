import type { Script } from '../scripts/script.ts';
import { indexOf } from '../scripts/script-index.ts';
import { anchored, exerciseMs, wallMsOf, type Clock } from './clock.ts';
import { advance, newRun, type RunSnapshot } from './run.machine.ts';
import { eventOf, type Entry, type EntryBody } from './run-log.ts';
import { nextWakeMs } from './settle.ts';

/** A run as its log tells it up to an entry. */
export type Run = {
  snapshot: RunSnapshot;
  clock: Clock;
  /** The last entry folded in. */
  seq: number;
};

export const STANDING_CLOCK: Clock = { running: false, exMs: 0, wallMs: 0, rate: 1 };

export function emptyRun(script: Script): Run {
  return { snapshot: newRun(script), clock: { ...STANDING_CLOCK, rate: script.clock.defaultRate }, seq: 0 };
}

/** One more entry of the log. Facts change nothing: they were the machine's own answer to their cause. */
export function fold(script: Script, run: Run, entry: Entry): Run {
  if (entry.seq !== run.seq + 1) throw new Error(`entry ${entry.seq} does not follow ${run.seq}`);
  const event = entry.cause === null ? eventOf(entry) : null;
  return {
    snapshot: event ? advance(script, run.snapshot, event) : run.snapshot,
    clock: 'clock' in entry.body ? entry.body.clock : run.clock,
    seq: entry.seq,
  };
}

/** The whole log, from nothing. */
export function foldAll(script: Script, entries: readonly Entry[], from = emptyRun(script)): Run {
  let run = from;
  for (const entry of entries) run = fold(script, run, entry);
  return run;
}

/** Who writes an entry and when; null for what the clock brings. */
export type Author = { seat: string | null; role: string | null; command: string | null };
export const CLOCKWORK: Author = { seat: null, role: null, command: null };

/**
 * Writes an entry and the facts that follow from it behind the log: the run after them and the new entries.
 */
export function append(
  script: Script,
  run: Run,
  body: EntryBody,
  author: Author,
  when: { atMs: number; wallMs: number },
): { run: Run; entries: Entry[] } {
  const { atMs, wallMs } = { ...when, atMs: Math.max(when.atMs, run.snapshot.state.atMs) };
  const first: Entry = { seq: run.seq + 1, atMs, wallMs, ...author, cause: null, body };
  const after = fold(script, run, first);
  const facts = eventOf(first) ? after.snapshot.state.facts : [];
  const entries = [
    first,
    ...facts.map((fact, at): Entry => ({
      seq: first.seq + 1 + at,
      atMs,
      wallMs,
      ...CLOCKWORK,
      cause: first.seq,
      body: { kind: 'fact', fact },
    })),
  ];
  return { run: { ...after, seq: first.seq + facts.length }, entries };
}

/** More moments than any drill has between two commands; a script that has more would hold the server. */
const MOMENTS_MAX = 10_000;

/**
 * Lets everything happen that time alone has brought up to a moment of real time, each at its own moment of
 * exercise time. Nothing is dropped for being late: after an hour's pause nothing has become due.
 */
export function catchUp(script: Script, before: Run, wallMs: number): { run: Run; entries: Entry[] } {
  const entries: Entry[] = [];
  const index = indexOf(script);
  const untilMs = exerciseMs(before.clock, wallMs);
  let run = before;
  for (let moments = 0; run.snapshot.state.on && moments < MOMENTS_MAX; moments++) {
    const atMs = nextWakeMs(run.snapshot.state, index);
    if (atMs === null || atMs > untilMs) return { run, entries };
    const written = append(script, run, { kind: 'time' }, CLOCKWORK, { atMs, wallMs });
    run = written.run;
    entries.push(...written.entries);
  }
  if (run.snapshot.state.on) throw new Error(`run does not come to rest before ${untilMs} ms`);
  return { run, entries };
}

/** When the scheduler must look at the run again, epoch milliseconds; null while only people can move it. */
export function wakesAtWall(script: Script, run: Run): number | null {
  if (!run.snapshot.state.on) return null;
  const atMs = nextWakeMs(run.snapshot.state, indexOf(script));
  return atMs === null ? null : wallMsOf(run.clock, atMs);
}

/** Longer without service than this, and the director decides when to go on. */
export const OUTAGE_PAUSE_MS = 30_000;

/**
 * After the service was away: what was owed up to the last sign of life happens first, then the clock is
 * anchored anew, so that exercise time stood still meanwhile. In the other order it would jump back.
 */
export function recover(
  script: Script,
  before: Run,
  lastSignMs: number,
  wallMs: number,
): { run: Run; entries: Entry[] } {
  if (!before.clock.running || !before.snapshot.state.on) return { run: before, entries: [] };
  const seen = Math.max(lastSignMs, before.clock.wallMs);
  const owed = catchUp(script, before, seen);
  const outageMs = wallMs - seen;
  const stood = anchored(owed.run.clock, seen);
  const clock = { ...stood, wallMs, running: outageMs <= OUTAGE_PAUSE_MS };
  const exMs = Math.max(clock.exMs, owed.run.snapshot.state.atMs);
  const written = append(
    script,
    owed.run,
    { kind: 'rebased', clock: { ...clock, exMs }, outageMs },
    CLOCKWORK,
    { atMs: exMs, wallMs },
  );
  if (clock.running) return { run: written.run, entries: [...owed.entries, ...written.entries] };
  const paused = append(script, written.run, { kind: 'paused', clock: { ...clock, exMs } }, CLOCKWORK, {
    atMs: exMs,
    wallMs,
  });
  return { run: paused.run, entries: [...owed.entries, ...written.entries, ...paused.entries] };
}
