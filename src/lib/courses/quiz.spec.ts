import { describe, expect, it } from 'vitest';
import { JUDGE_WORDS } from './copy.ts';
import { markQuiz, promptsOf, questionFaults, unanswered, type QuizQuestion } from './quiz.ts';

const SINGLE: QuizQuestion = {
  type: 'single',
  stem: '先做什么（　　）。',
  options: ['甲', '乙'],
  answer: 'B',
  explanation: '先乙。',
  basis: '通则',
};
const MULTIPLE: QuizQuestion = { ...SINGLE, type: 'multiple', options: ['甲', '乙', '丙'], answer: 'AC' };
const JUDGE: QuizQuestion = { ...SINGLE, type: 'judge', options: [], answer: '错' };
const QUIZ = [SINGLE, MULTIPLE, JUDGE];

describe('a quiz', () => {
  it('shows no answer and no explanation before a try', () => {
    expect(JSON.stringify(promptsOf(QUIZ))).not.toMatch(/answer|explanation|basis|先乙/);
  });

  it('takes a multiple answer in any order, and only when exact', () => {
    expect(markQuiz(QUIZ, ['b', 'CA', '错'])).toMatchObject({ passed: true, right: 3 });
    expect(markQuiz(QUIZ, ['B', 'A', '错']).verdicts.map((verdict) => verdict.right)).toEqual([
      true,
      false,
      true,
    ]);
    expect(markQuiz(QUIZ, ['B', 'ABC', '错']).passed).toBe(false);
  });

  it('names the questions left open', () => {
    expect(unanswered(QUIZ, ['B', ' '])).toEqual([2, 3]);
    expect(unanswered(QUIZ, ['B', 'A', '对'])).toEqual([]);
  });
});

describe('a question in the editor', () => {
  const faults = (change: Partial<QuizQuestion>) => questionFaults({ ...SINGLE, ...change }, JUDGE_WORDS);

  it('is taken when it is whole', () => {
    expect(QUIZ.flatMap((question) => questionFaults(question, JUDGE_WORDS))).toEqual([]);
  });

  it('is refused with every fault', () => {
    expect(faults({ answer: 'C' })).toEqual(['quiz_answer_unknown']);
    expect(faults({ answer: 'AB' })).toEqual(['quiz_answer_unknown']);
    expect(faults({ type: 'multiple', answer: 'A' })).toEqual(['quiz_answer_unknown']);
    expect(faults({ type: 'judge', answer: 'A' })).toEqual(['quiz_answer_unknown']);
    expect(faults({ stem: '题', explanation: '', options: ['甲'], answer: 'A' })).toEqual([
      'quiz_stem_missing',
      'quiz_explanation_missing',
      'quiz_options_few',
    ]);
  });
});
