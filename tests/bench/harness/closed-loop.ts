/** What so many lanes at once reached: each sends its next request when it has the answer to the last. */
export type Pace = { rate: number; milliseconds: number[]; faults: string[] };

type Timed = { ms: number; fault: string | null };

const FAULTS_SHOWN = 5;

/**
 * Runs lanes for a time, after a warm-up that does not count. `step(lane, k)` is the lane's k-th request.
 */
export async function runForSeconds(
  lanes: number,
  { warmUp, seconds }: { warmUp: number; seconds: number },
  step: (lane: number, k: number) => Promise<Timed>,
): Promise<Pace> {
  const milliseconds: number[] = [];
  const faults: string[] = [];
  const from = performance.now() + warmUp * 1_000;
  const until = from + seconds * 1_000;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let k = 0; performance.now() < until; k += 1) {
        const { ms, fault } = await step(lane, k);
        const ended = performance.now();
        if (fault !== null) faults.push(fault);
        else if (ended >= from && ended < until) milliseconds.push(ms);
      }
    }),
  );
  return { rate: milliseconds.length / seconds, milliseconds, faults: faults.slice(0, FAULTS_SHOWN) };
}

/** Runs each of `count` requests once, so many lanes at a time. */
export async function runEach(
  lanes: number,
  count: number,
  step: (index: number) => Promise<Timed>,
): Promise<Pace> {
  const milliseconds: number[] = [];
  const faults: string[] = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let index = next++; index < count; index = next++) {
        const { ms, fault } = await step(index);
        if (fault !== null) faults.push(fault);
        else milliseconds.push(ms);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  return { rate: milliseconds.length / seconds, milliseconds, faults: faults.slice(0, FAULTS_SHOWN) };
}
