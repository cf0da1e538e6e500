import type { RefusalDetail } from '#lib/kernel/refused.ts';
import type { PaperItem } from './blueprint.ts';
import { QUESTION_TYPES, letterOf, normalizedAnswer, type QuestionType } from './question.ts';

export type AttemptState = 'in_progress' | 'submitted' | 'collected' | 'void';

/** Packets that were under way at the deadline are taken for this long, and marked late. */
export const GRACE_SECONDS = 30;
const SEQ_MAX = 2_147_483_647;

const MINUTE_MS = 60_000;

export type ExamTimes = { opensAt: Date; entryUntil: Date; closesAt: Date; minutes: number };

/**
 * The one deadline of an attempt: the earlier of its own minutes (with what the officer added) and the
 * closing of the exam. The last moment to enter is another matter and never shortens it.
 */
export function dueAtOf(
  exam: Pick<ExamTimes, 'closesAt' | 'minutes'>,
  startedAt: Date,
  extraMinutes = 0,
): Date {
  const own = startedAt.getTime() + (exam.minutes + extraMinutes) * MINUTE_MS;
  return new Date(Math.min(own, exam.closesAt.getTime()));
}

/** After this moment nothing is taken and the server collects. */
export function takenUntil(attempt: { dueAt: Date; graceSeconds: number }): Date {
  return new Date(attempt.dueAt.getTime() + attempt.graceSeconds * 1_000);
}

export function isLate(dueAt: Date, now: Date): boolean {
  return now.getTime() > dueAt.getTime();
}

export type StartCode =
  | 'exam_draft'
  | 'exam_cancelled'
  | 'not_enrolled'
  | 'exam_not_open'
  | 'entry_over'
  | 'exam_closed'
  | 'already_passed'
  | 'attempts_used_up';

/** A reason with what its sentence tells; `copy.ts` has the sentence. */
export type Reason<Code extends string> = { code: Code; detail: RefusalDetail };

type StartableExam = ExamTimes & { state: 'draft' | 'published' | 'cancelled'; attemptsMax: number };
export type PreviousAttempt = { state: AttemptState; passed: boolean | null };

/** The attempts that count towards the limit: a void one is as if it had not been. */
export function countingAttempts<Attempt extends { state: AttemptState }>(
  previous: readonly Attempt[],
): Attempt[] {
  return previous.filter((attempt) => attempt.state !== 'void');
}

/** Everything that keeps a person from starting now. An attempt under way is resumed, not started. */
export function reasonsNotToStart(
  exam: StartableExam,
  previous: readonly PreviousAttempt[],
  isEnrolled: boolean,
  now: Date,
): Reason<StartCode>[] {
  const reasons: Reason<StartCode>[] = [];
  const because = (code: StartCode, detail: RefusalDetail = {}) => reasons.push({ code, detail });
  const counting = countingAttempts(previous);
  if (exam.state === 'draft') because('exam_draft');
  if (exam.state === 'cancelled') because('exam_cancelled');
  if (!isEnrolled) because('not_enrolled');
  if (now < exam.opensAt) because('exam_not_open', { at: exam.opensAt.getTime() });
  if (now >= exam.closesAt) because('exam_closed', { at: exam.closesAt.getTime() });
  else if (now > exam.entryUntil) because('entry_over', { at: exam.entryUntil.getTime() });
  if (counting.some((attempt) => attempt.passed)) because('already_passed');
  else if (counting.length >= exam.attemptsMax)
    because('attempts_used_up', { attemptsMax: exam.attemptsMax });
  return reasons;
}

export type SaveCode = 'attempt_over' | 'lease_lost' | 'save_too_late' | 'answer_bad';

type AnswerableAttempt = {
  state: AttemptState;
  dueAt: Date;
  graceSeconds: number;
  lease: string;
  shape: string;
};

/** Everything that keeps answers from being taken now from this browser. */
export function reasonsNotToSave(
  attempt: AnswerableAttempt,
  lease: string,
  seq: number,
  now: Date,
): Reason<SaveCode>[] {
  const reasons: Reason<SaveCode>[] = [];
  if (attempt.state !== 'in_progress')
    reasons.push({ code: 'attempt_over', detail: { state: attempt.state } });
  if (attempt.lease === '' || attempt.lease !== lease) reasons.push({ code: 'lease_lost', detail: {} });
  if (now > takenUntil(attempt))
    reasons.push({ code: 'save_too_late', detail: { dueAt: attempt.dueAt.getTime() } });
  if (!Number.isInteger(seq) || seq < 1 || seq > SEQ_MAX)
    reasons.push({ code: 'answer_bad', detail: { seq } });
  return reasons;
}

/**
 * One sign a slot, in paper order: the last option's letter, small where one may be chosen and large
 * where several may, `!` for a judgement. It lets a save be checked without reading the paper.
 */
export function shapeOf(items: readonly Pick<PaperItem, 'type' | 'options'>[]): string {
  return items
    .map(({ type, options }) => {
      if (type === 'judge') return '!';
      const last = letterOf(options.length - 1);
      return type === 'single' ? last.toLowerCase() : last;
    })
    .join('');
}

/**
 * What a candidate sent for a slot as it will be kept (letters in order, `` for a cleared answer), or
 * null when the slot does not exist or has no such option.
 */
export function answerFor(shape: string, slot: number, sent: string): string | null {
  const sign = shape[slot - 1];
  if (!Number.isInteger(slot) || sign === undefined || sent.length > 12) return null;
  if (sent === '') return '';
  const answer = normalizedAnswer(sent);
  if (sign === '!') return answer === 'T' || answer === 'F' ? answer : null;
  const several = sign === sign.toUpperCase();
  const last = sign.toUpperCase();
  if (Array.from(answer).some((letter) => letter < 'A' || letter > last)) return null;
  return several || answer.length === 1 ? answer : null;
}

export type StoredAnswer = { slot: number; seq: number; answer: string };

/**
 * What a save does to what is stored: a higher sequence number is taken, the same one with the same answer
 * is acknowledged again, anything else is answered with what stands.
 */
export function decideSave(
  stored: StoredAnswer | null,
  sent: StoredAnswer,
): 'take' | 'acknowledge' | 'stale' {
  if (!stored || sent.seq > stored.seq) return 'take';
  return sent.seq === stored.seq && sent.answer === stored.answer ? 'acknowledge' : 'stale';
}

export type ResultLine = { key: string; count: number; right: number; score: number; scoreMax: number };
export type AttemptResult = {
  byType: ResultLine[];
  byTopic: ResultLine[];
  items: [questionId: string, right: boolean][];
};
export type Marking = { score: number; scoreMax: number; answered: number; result: AttemptResult };

/** Right only if exact: for 多选 one too many or one too few is wrong. */
export function isRight(item: Pick<PaperItem, 'answer'>, answer: string | undefined): boolean {
  return answer !== undefined && answer !== '' && answer === item.answer;
}

function linesBy(
  items: readonly (PaperItem & { right: boolean })[],
  keyOf: (item: PaperItem) => string,
): ResultLine[] {
  const lines = new Map<string, ResultLine>();
  for (const item of items) {
    const key = keyOf(item);
    const line = lines.get(key) ?? { key, count: 0, right: 0, score: 0, scoreMax: 0 };
    line.count += 1;
    line.scoreMax += item.score;
    if (item.right) {
      line.right += 1;
      line.score += item.score;
    }
    lines.set(key, line);
  }
  return [...lines.values()];
}

/** Marks a paper: the score, and how each type and topic went. */
export function markPaper(items: readonly PaperItem[], answers: ReadonlyMap<number, string>): Marking {
  const marked = items.map((item) => ({ ...item, right: isRight(item, answers.get(item.slot)) }));
  const byType = linesBy(marked, (item) => item.type);
  const typeOrder = (line: ResultLine) => QUESTION_TYPES.indexOf(line.key as QuestionType);
  return {
    score: byType.reduce((sum, line) => sum + line.score, 0),
    scoreMax: byType.reduce((sum, line) => sum + line.scoreMax, 0),
    answered: items.filter((item) => (answers.get(item.slot) ?? '') !== '').length,
    result: {
      byType: byType.sort((a, b) => typeOrder(a) - typeOrder(b)),
      byTopic: linesBy(marked, (item) => item.topic).sort((a, b) => a.right / a.count - b.right / b.count),
      items: marked.map((item) => [item.questionId, item.right]),
    },
  };
}

/** Signs for receipts, without those that are misread aloud or on paper (0 O 1 I L). */
const RECEIPT_SIGNS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** `1122-K7QM-3FDX`: the month and day, and eight signs from a digest of what was handed in. */
export function receiptOf(day: string, digest: Uint8Array): string {
  const signs = Array.from(digest.subarray(0, 8), (byte) => RECEIPT_SIGNS[byte % RECEIPT_SIGNS.length]!).join(
    '',
  );
  return `${day.slice(5, 7)}${day.slice(8, 10)}-${signs.slice(0, 4)}-${signs.slice(4)}`;
}

/** What a candidate may see of a paper before hand-in: no answer, no explanation, no basis. */
export type ShownItem = Pick<PaperItem, 'slot' | 'type' | 'stem' | 'options' | 'score'>;

export function shownItem({ slot, type, stem, options, score }: PaperItem): ShownItem {
  return { slot, type, stem, options, score };
}
