import type { SheetItem } from '../scripts/script-evaluation.ts';

/** What an evaluator may answer to an item of a sheet, and when a reason is owed. */

type Scale = SheetItem['scale'];

/** From the best to the worst. Points are a whole number from 0 to {@link POINTS_MAX} instead. */
export const SCALE_ANSWERS: Record<Scale, readonly string[]> = {
  yes_no: ['yes', 'no'],
  fit: ['fit', 'partly', 'unfit'],
  psmu: ['P', 'S', 'M', 'U'],
  points: [],
};

export const POINTS_MAX = 100;

/**
 * 不适用 leaves the denominator: the branch was not taken. 未观察 stays in it and lowers the coverage: it
 * happened, and nobody watched. Two different things.
 */
export const BESIDE_SCALE = ['not_applicable', 'not_observed'] as const;

export function isAnswer(scale: Scale, answer: string): boolean {
  if (isBeside(answer)) return true;
  if (scale === 'points') return /^\d{1,3}$/.test(answer) && Number(answer) <= POINTS_MAX;
  return SCALE_ANSWERS[scale].includes(answer);
}

/** Whether the answer says why there is none on the scale. */
export function isBeside(answer: string): boolean {
  return (BESIDE_SCALE as readonly string[]).includes(answer);
}

/**
 * The worst answer needs a reason, and on an item that can decide the grade alone everything but the best
 * does (AQ/T 9009: a 否 is explained).
 */
export function owesReason({ scale, veto }: Pick<SheetItem, 'scale' | 'veto'>, answer: string): boolean {
  const answers = scale === 'points' ? [String(POINTS_MAX), '0'] : SCALE_ANSWERS[scale];
  return answer === answers.at(-1) || (veto === true && answer !== answers[0]);
}
