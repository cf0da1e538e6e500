import { describe, expect, it } from 'vitest';
import {
  isSameContent,
  normalizedAnswer,
  questionFaults,
  stemKeyOf,
  type QuestionContent,
} from './question.ts';

const question: QuestionContent = {
  type: 'single',
  stem: '暴雨橙色预警对应的级别是（　　）。',
  options: ['Ⅰ级', 'Ⅱ级', 'Ⅲ级', 'Ⅳ级'],
  answer: 'B',
  explanation: '',
  basis: '',
  difficulty: 'easy',
  topic: '预警',
};
const faults = (changes: Partial<QuestionContent>) => questionFaults({ ...question, ...changes });

describe('questionFaults', () => {
  it('takes good questions of each type', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ type: 'multiple', answer: 'AC' })).toEqual([]);
    expect(faults({ type: 'judge', options: [], answer: 'F' })).toEqual([]);
  });

  it('names every fault', () => {
    expect(faults({ stem: ' 　 ', topic: '', options: [], answer: '' })).toEqual([
      'stem_missing',
      'topic_missing',
      'options_missing',
      'answer_missing',
    ]);
    expect(faults({ options: ['甲', '甲 ', ''] })).toEqual(['option_empty', 'option_repeated']);
    expect(faults({ options: ['1', '2', '3', '4', '5', '6', '7'] })).toEqual(['options_too_many']);
    expect(faults({ answer: 'E' })).toEqual(['answer_without_option']);
    expect(faults({ answer: 'AB' })).toEqual(['single_many_answers']);
    expect(faults({ type: 'multiple', answer: 'A' })).toEqual(['multi_single_answer']);
    expect(faults({ type: 'judge', options: [], answer: 'A' })).toEqual(['judge_answer_bad']);
  });
});

it('the key of a stem ignores width and spaces', () => {
  expect(stemKeyOf('厨房油锅起火，最合适的方法是（ ）。')).toBe(stemKeyOf('厨房油锅起火,最合适的方法是()。'));
});

it('an answer is its letters in order', () => {
  expect(normalizedAnswer('dbA')).toBe('ABD');
  expect(normalizedAnswer('AAB')).toBe('AB');
});

it('the same content is the same in every respect', () => {
  expect(isSameContent(question, { ...question, options: [...question.options] })).toBe(true);
  expect(isSameContent(question, { ...question, basis: '《预警信号发布与传播办法》' })).toBe(false);
});
