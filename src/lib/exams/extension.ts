const MINUTE_MS = 60_000;

type UnderWay = { id: string; dueAt: Date };
export type MovedDeadline = { id: string; from: Date; to: Date };

/**
 * Where extra minutes move the deadlines of attempts under way. None goes beyond the closing of the exam:
 * an attempt that gains nothing is left out, one that gains less than the minutes is counted as `short`.
 */
export function planExtension(
  attempts: readonly UnderWay[],
  exam: { closesAt: Date },
  minutes: number,
): { moved: MovedDeadline[]; short: number } {
  const moved: MovedDeadline[] = [];
  let short = 0;
  for (const { id, dueAt } of attempts) {
    const whole = dueAt.getTime() + minutes * MINUTE_MS;
    const to = Math.min(whole, exam.closesAt.getTime());
    if (to <= dueAt.getTime()) continue;
    moved.push({ id, from: dueAt, to: new Date(to) });
    if (to < whole) short += 1;
  }
  return { moved, short };
}
