export type LessonKind = 'article' | 'video' | 'pdf';
export const LESSON_KINDS: readonly LessonKind[] = ['article', 'video', 'pdf'];

const MINUTE_MS = 60_000;
/** Share of a timed lesson's minutes that must be credited, per cent: the rest is lost between pings. */
const CREDITED_PERCENT_MIN = 95;

/** How far a person is in a lesson. */
export type Progress = {
  creditedMs: number;
  reachedEndAt: Date | null;
  quizPassedAt: Date | null;
  completedAt: Date | null;
};

/** What completing a lesson depends on. */
export type LessonTerms = { minutes: number; timed: boolean; questions: number };

/** What is still missing: learning time, reading to the end, or the quiz. */
export type Missing = 'time' | 'end' | 'quiz';

/** Milliseconds of learning time a timed lesson can give at most: its own length. */
export function creditedMsMax(minutes: number): number {
  return minutes * MINUTE_MS;
}

/** Milliseconds that count as the whole of a timed lesson. */
export function requiredMs(minutes: number): number {
  return Math.ceil((creditedMsMax(minutes) * CREDITED_PERCENT_MIN) / 100);
}

/**
 * What a person still has to do before a lesson is complete. Timed: the minutes and the quiz. Untimed:
 * read to the end and the quiz. A lesson without questions asks for no quiz.
 */
export function missingFor(lesson: LessonTerms, progress: Progress): Missing[] {
  const missing: Missing[] = [];
  if (lesson.timed && progress.creditedMs < requiredMs(lesson.minutes)) missing.push('time');
  if (!lesson.timed && progress.reachedEndAt === null) missing.push('end');
  if (lesson.questions > 0 && progress.quizPassedAt === null) missing.push('quiz');
  return missing;
}

export function isComplete(lesson: LessonTerms, progress: Progress): boolean {
  return progress.completedAt !== null || missingFor(lesson, progress).length === 0;
}

/** Credit hours (hundredths) proposed for a lesson: 45 minutes to the hour, one decimal, at least 0.1. */
export function suggestedCreditHundredths(minutes: number): number {
  return Math.max(10, Math.round((minutes / 45) * 10) * 10);
}

/** The order of lessons after one moved a place up or down; unknown ids and moves past an end change nothing. */
export function movedOrder(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const order = [...ids];
  const from = order.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= order.length) return order;
  order.splice(to, 0, ...order.splice(from, 1));
  return order;
}
