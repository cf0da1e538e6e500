import { describe, expect, it } from 'vitest';
import type { QuestionContent } from './question.ts';
import { planQuestion, type KnownQuestion } from './question-plan.ts';

const content: QuestionContent = {
  type: 'single',
  stem: '暴雨橙色预警是第几级？',
  options: ['一级', '二级', '三级', '四级'],
  answer: 'B',
  explanation: '由高到低是红、橙、黄、蓝。',
  basis: '《河南省防汛应急预案》',
  difficulty: 'easy',
  topic: '预警',
};
const known: KnownQuestion = { ...content, id: 'q1', withdrawn: false };

describe('planQuestion', () => {
  it('creates what the bank does not hold', () => {
    const plan = { outcome: 'create', questionId: null, withdrawn: false, changes: [] };
    expect(planQuestion(content, null)).toEqual(plan);
  });

  it('changes nothing when the bank says the same', () => {
    expect(planQuestion(content, known)).toMatchObject({
      outcome: 'unchanged',
      questionId: 'q1',
      changes: [],
    });
  });

  it('names each part that changes, options with their letters', () => {
    const row: QuestionContent = { ...content, answer: 'C', options: ['一级', '二级'] };
    expect(planQuestion(row, known)).toMatchObject({
      outcome: 'update',
      questionId: 'q1',
      changes: [
        { what: 'options', from: 'A 一级\nB 二级\nC 三级\nD 四级', to: 'A 一级\nB 二级' },
        { what: 'answer', from: 'B', to: 'C' },
      ],
    });
  });

  it('says that the question is out of use, changed or not', () => {
    const withdrawn = { ...known, withdrawn: true };
    expect(planQuestion(content, withdrawn)).toMatchObject({ outcome: 'unchanged', withdrawn: true });
    expect(planQuestion({ ...content, topic: '防汛' }, withdrawn)).toMatchObject({
      outcome: 'update',
      withdrawn: true,
    });
  });
});
