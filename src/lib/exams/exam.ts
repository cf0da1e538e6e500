import type { BlueprintFault, BlueprintPart, Feasibility } from './blueprint.ts';
import { blueprintFaults, totalScoreOf } from './blueprint.ts';
import { countingAttempts, type AttemptState, type ExamTimes, type Reason } from './attempt.ts';

export type ExamState = 'draft' | 'published' | 'cancelled';

/** Minutes an exam may last; longer ones are a slip of the finger. */
export const MINUTES_MAX = 480;
export const ATTEMPTS_MAX = 10;

/** What an officer settles when making an exam. */
export type ExamSettings = ExamTimes & {
  title: string;
  classId: string;
  blueprint: BlueprintPart[];
  passScore: number;
  attemptsMax: number;
  graceSeconds: number;
  notice: string;
  showReview: boolean;
};

export type SettingsFault = BlueprintFault | 'times_out_of_order' | 'window_short' | 'pass_score_bad';

/** What is wrong with an exam's settings whatever the bank holds; empty when it can be kept. */
export function settingsFaults(
  exam: ExamTimes & { blueprint: BlueprintPart[]; passScore: number },
): SettingsFault[] {
  const faults: SettingsFault[] = blueprintFaults(exam.blueprint);
  const inOrder = exam.opensAt < exam.entryUntil && exam.entryUntil <= exam.closesAt;
  if (!inOrder) faults.push('times_out_of_order');
  else if (exam.closesAt.getTime() - exam.opensAt.getTime() < exam.minutes * 60_000)
    faults.push('window_short');
  if (exam.passScore < 1 || exam.passScore > totalScoreOf(exam.blueprint)) faults.push('pass_score_bad');
  return faults;
}

export type PublishCode = SettingsFault | 'exam_published' | 'exam_cancelled' | 'exam_closed' | 'bank_short';

/** Everything that keeps an exam from being published now. */
export function reasonsNotToPublish(
  exam: ExamTimes & { state: ExamState; blueprint: BlueprintPart[]; passScore: number },
  feasibility: Feasibility,
  now: Date,
): Reason<PublishCode>[] {
  const reasons: Reason<PublishCode>[] = [];
  if (exam.state === 'published') reasons.push({ code: 'exam_published', detail: {} });
  if (exam.state === 'cancelled') reasons.push({ code: 'exam_cancelled', detail: {} });
  for (const code of settingsFaults(exam)) reasons.push({ code, detail: {} });
  if (exam.closesAt <= now) reasons.push({ code: 'exam_closed', detail: { at: exam.closesAt.getTime() } });
  if (!feasibility.feasible) reasons.push({ code: 'bank_short', detail: { shortBy: feasibility.shortBy } });
  return reasons;
}

/** 未开始 · 可以进入 · 作答中 · 已交卷 · 已结束 · 缺考 · 已取消 */
export type CandidateState =
  'upcoming' | 'open' | 'under_way' | 'handed_in' | 'over' | 'absent' | 'cancelled';

/** How an exam stands for one candidate. */
export function candidateStateOf(
  exam: ExamTimes & { state: ExamState },
  attempts: readonly { state: AttemptState }[],
  now: Date,
): CandidateState {
  const counting = countingAttempts(attempts);
  if (counting.some((attempt) => attempt.state === 'in_progress')) return 'under_way';
  if (counting.length > 0) return now < exam.closesAt ? 'handed_in' : 'over';
  if (exam.state === 'cancelled') return 'cancelled';
  if (now < exam.opensAt) return 'upcoming';
  return now <= exam.entryUntil && now < exam.closesAt ? 'open' : 'absent';
}

/** The attempt that counts among several: passed first, then the higher score, then the earlier one. */
export function countingBest<
  Attempt extends { state: AttemptState; passed: boolean | null; score: number | null },
>(attempts: readonly Attempt[]): Attempt | null {
  const rank = (attempt: Attempt) => (attempt.passed ? 1_000_000 : 0) + (attempt.score ?? -1);
  return countingAttempts(attempts).reduce<Attempt | null>(
    (best, attempt) => (best === null || rank(attempt) > rank(best) ? attempt : best),
    null,
  );
}

/** The bank an exam of a place draws from: that of its county, or of the place itself above a county. */
export function bankDivisionOf(path: string): string {
  const ids = path.split('/').filter((id) => id !== '');
  return ids[Math.min(ids.length, 3) - 1] ?? '';
}
