/**
 * The exercise clock. Exercise time runs from 0 in milliseconds; an anchor says what it was at one moment
 * of real time and how fast it runs since. Anchors are events of the run's log, so every process and every
 * screen computes the same time from them.
 */
export type Clock = {
  running: boolean;
  /** Exercise time at the anchor. */
  exMs: number;
  /** Real time of the anchor, epoch milliseconds of the server. */
  wallMs: number;
  /** Exercise milliseconds per real millisecond. */
  rate: number;
};

/** Exercise time at a moment. It never goes back, not even when the server's clock is set back. */
export function exerciseMs(clock: Clock, wallMs: number): number {
  if (!clock.running) return clock.exMs;
  return clock.exMs + Math.max(0, Math.floor((wallMs - clock.wallMs) * clock.rate));
}

/** When a moment of exercise time comes, or null while the clock stands. */
export function wallMsOf(clock: Clock, exMs: number): number | null {
  if (!clock.running) return null;
  return clock.wallMs + Math.max(0, Math.ceil((exMs - clock.exMs) / clock.rate));
}

/** The clock anchored anew at a moment, with what changes then. */
export function anchored(
  clock: Clock,
  wallMs: number,
  change: Partial<Pick<Clock, 'running' | 'rate'>> = {},
): Clock {
  return { ...clock, ...change, exMs: exerciseMs(clock, wallMs), wallMs };
}
