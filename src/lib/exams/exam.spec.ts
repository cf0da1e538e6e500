import { describe, expect, it } from 'vitest';
import { feasibilityOf } from './blueprint.ts';
import { refuseFor, sentencesOf } from './copy.ts';
import {
  bankDivisionOf,
  candidateStateOf,
  countingBest,
  reasonsNotToPublish,
  settingsFaults,
} from './exam.ts';

const at = (time: string) => new Date(`2026-11-22T${time}:00+08:00`);
const exam = {
  state: 'published' as const,
  opensAt: at('09:00'),
  entryUntil: at('09:30'),
  closesAt: at('11:00'),
  minutes: 60,
  passScore: 2,
  blueprint: [{ topic: null, type: 'judge' as const, difficulty: null, count: 2, scoreEach: 2 }],
};
const handedIn = { state: 'submitted' as const };

describe('candidateStateOf', () => {
  it('says how an exam stands for one person', () => {
    expect(candidateStateOf(exam, [], at('08:00'))).toBe('upcoming');
    expect(candidateStateOf(exam, [], at('09:00'))).toBe('open');
    expect(candidateStateOf(exam, [], at('09:31'))).toBe('absent');
    expect(candidateStateOf(exam, [{ state: 'in_progress' }], at('09:31'))).toBe('under_way');
    expect(candidateStateOf(exam, [handedIn], at('10:00'))).toBe('handed_in');
    expect(candidateStateOf(exam, [handedIn], at('11:00'))).toBe('over');
    expect(candidateStateOf(exam, [{ state: 'void' }], at('09:10'))).toBe('open');
    expect(candidateStateOf({ ...exam, state: 'cancelled' }, [], at('08:00'))).toBe('cancelled');
  });
});

describe('settings and publishing', () => {
  it('names what is wrong with the settings', () => {
    expect(settingsFaults(exam)).toEqual([]);
    expect(settingsFaults({ ...exam, entryUntil: at('11:01') })).toEqual(['times_out_of_order']);
    expect(settingsFaults({ ...exam, minutes: 121 })).toEqual(['window_short']);
    expect(settingsFaults({ ...exam, passScore: 5 })).toEqual(['pass_score_bad']);
  });

  it('is refused for a bank that falls short, with every other reason', () => {
    const short = feasibilityOf(exam.blueprint, [
      { type: 'judge', topic: '洪水', difficulty: 'easy', count: 1 },
    ]);
    const reasons = reasonsNotToPublish({ ...exam, state: 'draft' }, short, at('11:30'));
    expect(reasons.map((reason) => reason.code)).toEqual(['exam_closed', 'bank_short']);
    expect(sentencesOf(reasons)).toEqual([
      '考试已于2026年11月22日 11:00结束。',
      '题库不够抽：还差1题。请补充试题，或者调整组卷规则。',
    ]);
    expect(refuseFor(reasons)).toMatchObject({
      code: 'exam_closed',
      status: 409,
      detail: { also: ['bank_short'] },
    });
  });
});

it('the attempt that counts is the passed one, then the best, never a void one', () => {
  const attempt = (score: number, passed: boolean, state: 'submitted' | 'void' = 'submitted') => ({
    score,
    passed,
    state,
  });
  expect(countingBest([attempt(40, false), attempt(60, true), attempt(90, true, 'void')])).toMatchObject({
    score: 60,
  });
  expect(countingBest([attempt(90, true, 'void')])).toBeNull();
});

it('a township draws from the bank of its county, a city from its own', () => {
  expect(bankDivisionOf('/41/4114/411426/411426101/')).toBe('411426');
  expect(bankDivisionOf('/41/4114/411426/')).toBe('411426');
  expect(bankDivisionOf('/41/4110/')).toBe('4110');
});
