import { describe, expect, it } from 'vitest';
import { questionFaults, stemKeyOf } from '#lib/exams/question.ts';
import { writtenQuestions } from './questions.ts';

describe('the written question bank', () => {
  const questions = writtenQuestions();

  it('holds at least 400 questions that can be drawn', () => {
    expect(questions.length).toBeGreaterThanOrEqual(400);
    expect(questions.flatMap((question) => questionFaults(question))).toEqual([]);
  });

  it('asks nothing twice', () => {
    expect(new Set(questions.map((question) => stemKeyOf(question.stem))).size).toBe(questions.length);
  });

  it('explains every answer and names what it rests on', () => {
    const bare = questions.filter(({ explanation, basis }) => explanation.length < 15 || basis.length < 4);
    expect(bare.map((question) => question.stem)).toEqual([]);
  });

  it('lets nobody pass by always choosing one letter', () => {
    const single = questions.filter((question) => question.type === 'single');
    for (const letter of ['A', 'B', 'C', 'D']) {
      const share = single.filter((question) => question.answer === letter).length / single.length;
      expect(share).toBeGreaterThan(0.15);
      expect(share).toBeLessThan(0.35);
    }
  });
});
