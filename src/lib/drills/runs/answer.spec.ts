import { describe, expect, it } from 'vitest';
import { SCALE_FACTORS } from '../evaluation/grade.ts';
import { isAnswer, owesReason, SCALE_ANSWERS } from './answer.ts';

describe('answers', () => {
  it('stand from the best to the worst, and each is worth something', () => {
    for (const [scale, answers] of Object.entries(SCALE_ANSWERS)) {
      const factors = SCALE_FACTORS[scale as keyof typeof SCALE_FACTORS];
      const worth = answers.map((answer) => factors[answer]!);
      expect(Object.keys(factors).sort()).toEqual([...answers].sort());
      expect(worth).toEqual([...worth].sort((a, b) => b - a));
    }
  });

  it('belong to their scale; 不适用 and 未观察 to all', () => {
    expect(isAnswer('yes_no', 'no')).toBe(true);
    expect(isAnswer('yes_no', 'unfit')).toBe(false);
    expect(['0', '100', '101', '-1', ''].map((points) => isAnswer('points', points))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect([isAnswer('psmu', 'not_observed'), isAnswer('points', 'not_applicable')]).toEqual([true, true]);
  });

  it('owe a reason when they are the worst, and on a veto item unless they are the best', () => {
    expect(owesReason({ scale: 'fit' }, 'unfit')).toBe(true);
    expect(owesReason({ scale: 'fit' }, 'partly')).toBe(false);
    expect(owesReason({ scale: 'fit', veto: true }, 'partly')).toBe(true);
    expect(owesReason({ scale: 'fit', veto: true }, 'not_applicable')).toBe(true);
    expect(owesReason({ scale: 'fit', veto: true }, 'fit')).toBe(false);
    expect([owesReason({ scale: 'points' }, '0'), owesReason({ scale: 'points' }, '60')]).toEqual([
      true,
      false,
    ]);
  });
});
