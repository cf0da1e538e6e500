import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFull, takeToken, type Bucket } from './bucket.ts';
import {
  isSameName,
  readNumber,
  reasonsNotToIssue,
  reasonsNotToReplace,
  reasonsNotToRevoke,
  reasonsNotToUphold,
  registeredStateOf,
  reviewGrounds,
  stateOf,
  validUntilOf,
  type IssueFacts,
} from './certificate.ts';
import { authorityName, numberPrefix, numberText } from './copy.ts';

const DUE: IssueFacts = {
  classState: 'open',
  enrolled: true,
  sessions: 10,
  attended: 10,
  hasExam: true,
  passed: true,
};

describe('reasonsNotToIssue', () => {
  it('is silent when exam and half-days are there', () => {
    expect(reasonsNotToIssue(DUE)).toEqual([]);
    expect(reasonsNotToIssue({ ...DUE, classState: 'finished' })).toEqual([]);
  });
  it('names everything that is missing', () => {
    expect(reasonsNotToIssue({ ...DUE, attended: 9, passed: false })).toEqual([
      'half_days_missing',
      'exam_not_passed',
    ]);
    expect(reasonsNotToIssue({ ...DUE, sessions: 0, attended: 0, hasExam: false, passed: false })).toEqual([
      'sessions_missing',
      'exam_missing',
    ]);
    expect(reasonsNotToIssue({ ...DUE, classState: 'cancelled', enrolled: false })).toEqual([
      'class_not_held',
      'not_enrolled',
    ]);
  });
});

describe('states', () => {
  it('a certificate holds through its last day', () => {
    expect(stateOf({ state: 'valid', validUntil: '2026-03-05' }, '2026-03-05')).toBe('valid');
    expect(stateOf({ state: 'valid', validUntil: '2026-03-05' }, '2026-03-06')).toBe('expired');
    expect(stateOf({ state: 'valid', validUntil: null }, '2099-01-01')).toBe('valid');
    expect(stateOf({ state: 'revoked', validUntil: '2020-01-01' }, '2026-03-06')).toBe('revoked');
  });
  it('a registered one warns 90 days ahead', () => {
    expect(registeredStateOf('2026-06-03', '2026-03-05')).toBe('expiring');
    expect(registeredStateOf('2026-06-04', '2026-03-05')).toBe('valid');
    expect(registeredStateOf('2026-03-05', '2026-03-05')).toBe('expiring');
    expect(registeredStateOf('2026-03-04', '2026-03-05')).toBe('expired');
    expect(registeredStateOf(null, '2026-03-05')).toBe('undated');
  });
  it('counts months by the calendar', () => {
    expect(validUntilOf('2026-03-06', 36)).toBe('2029-03-05');
    expect(validUntilOf('2024-02-29', 12)).toBe('2025-02-27');
    expect(validUntilOf('2026-01-31', 1)).toBe('2026-02-27');
    expect(validUntilOf('2026-03-06', null)).toBeNull();
  });
  it('a revocation needs a valid certificate and a reason', () => {
    expect(reasonsNotToRevoke({ state: 'valid' }, '替考查实')).toEqual([]);
    expect(reasonsNotToRevoke({ state: 'revoked' }, ' 错 ')).toEqual([
      'certificate_revoked_already',
      'reason_short',
    ]);
  });
});

describe('numbers', () => {
  it('are made from data', () => {
    expect(numberText(numberPrefix('夏邑县', '训'), 2026, 1)).toBe('夏邑应急训〔2026〕第0001号');
    expect(numberText(numberPrefix('安阳市', '训'), 2026, 12345)).toBe('安阳市应急训〔2026〕第12345号');
    expect(authorityName({ name: '夏邑县', level: 'county' })).toBe('夏邑县应急管理局');
    expect(authorityName({ name: '河南省', level: 'province' })).toBe('河南省应急管理厅');
  });
  it('are found however they are typed', () => {
    const number = '夏邑应急训〔2026〕第0001号';
    for (const typed of [
      number,
      ' 夏邑应急训 [2026] 第 ０００１ 号',
      '夏邑应急训【2026】第0001号',
      '夏邑应急训（２０２６）第0001号',
    ])
      expect(readNumber(typed)).toBe(number);
  });
  it('names match across spaces and middle dots', () => {
    expect(isSameName('买买提·阿不都热西提', '买买提 • 阿不都热西提')).toBe(true);
    expect(isSameName('张丽', '张 丽')).toBe(true);
    expect(isSameName('张丽', '张莉')).toBe(false);
  });
});

describe('takeToken', () => {
  const limits = { burst: 5, refillMs: 1000 };
  it('never lets more through than the burst and the trickle, whatever the clock does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500, max: 3000 }), { minLength: 1, maxLength: 60 }),
        (steps) => {
          let bucket: Bucket | undefined;
          let clock = 0;
          let latest = 0;
          let passed = 0;
          for (const step of steps) {
            clock += step;
            const next = takeToken(bucket, limits, clock);
            latest = Math.max(latest, clock);
            if (!next) continue;
            passed += 1;
            bucket = next;
          }
          const span = latest - Math.min(0, ...steps);
          expect(passed).toBeLessThanOrEqual(limits.burst + span / limits.refillMs + 1);
        },
      ),
    );
  });
  it('fills up again', () => {
    let bucket: Bucket | undefined;
    for (let count = 0; count < 5; count += 1) bucket = takeToken(bucket, limits, 0)!;
    expect(takeToken(bucket, limits, 900)).toBeNull();
    expect(takeToken(bucket, limits, 1000)).not.toBeNull();
    expect(isFull(bucket!, limits, 4999)).toBe(false);
    expect(isFull(bucket!, limits, 5000)).toBe(true);
  });
});

describe('review and replacement', () => {
  it('names everything a certificate has lost', () => {
    expect(reviewGrounds(DUE, false)).toEqual([]);
    expect(reviewGrounds({ sessions: 2, attended: 1, passed: false }, true)).toEqual([
      'half_days_lost',
      'pass_lost',
      'issued_twice',
    ]);
    // A class whose plan became shorter asks no more than it holds.
    expect(reviewGrounds({ sessions: 1, attended: 2, passed: true }, false)).toEqual([]);
  });

  it('upholds with a reason what is under review', () => {
    expect(reasonsNotToUphold(true, '有纸质签到')).toEqual([]);
    expect(reasonsNotToUphold(false, '　是 ')).toEqual(['review_none', 'uphold_reason_short']);
  });

  it('replaces a valid paper, and corrects only what the file says otherwise', () => {
    const printed = { name: '张三', sex: '男', idMasked: '410000********0010' };
    const facts = { state: 'valid' as const, underReview: false, printed, filed: printed };
    expect(reasonsNotToReplace(facts, 'lost')).toEqual([]);
    expect(reasonsNotToReplace(facts, 'corrected')).toEqual(['replacement_nothing']);
    expect(reasonsNotToReplace({ ...facts, filed: { ...printed, name: '张叁' } }, 'corrected')).toEqual([]);
    expect(reasonsNotToReplace({ ...facts, state: 'revoked', underReview: true }, 'damaged')).toEqual([
      'replacement_revoked',
      'replacement_in_review',
    ]);
  });
});
