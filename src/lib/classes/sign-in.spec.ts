import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areDigitsFresh,
  codeAt,
  CODE_STEP_MS,
  digitsAt,
  isDrawnForCheck,
  isPassGood,
  judgeCode,
  msToNextCode,
  passFor,
  stepOf,
} from './sign-codes.server.ts';
import {
  arrivalState,
  cardIdIn,
  reasonsNotToSign,
  reasonsNotToTick,
  TRIES_MAX,
  type SignFacts,
} from './sign-in.ts';
import { HALF_TIMES, sessionTimes } from './training-class.ts';

const SECRET = 'a-secret-of-the-session';
const SESSION = sessionTimes('2026-03-05', HALF_TIMES.am);
const START = SESSION.startsAt;
const minutes = (count: number) => new Date(START.getTime() + count * 60_000);
const FACTS: SignFacts = {
  classState: 'open',
  session: SESSION,
  enrolled: true,
  attendance: null,
  failures: 0,
  deviceTaken: false,
};

describe('the code on the wall', () => {
  it('is long, changes with each step and with the session, and tells nothing of the digits', () => {
    const step = stepOf(START);
    const code = codeAt(SECRET, step);
    expect(code).toMatch(/^[\w-]{15,}$/);
    expect(new Set([code, codeAt(SECRET, step + 1), codeAt('another', step)]).size).toBe(3);
    expect(digitsAt(SECRET, step)).toMatch(/^\d{6}$/);
    expect(msToNextCode(START)).toBeGreaterThan(0);
    expect(msToNextCode(START)).toBeLessThanOrEqual(CODE_STEP_MS);
  });

  it('is taken in its step and the next, then is stale, and before is wrong', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -300_000, max: 300_000 }),
        fc.integer({ min: -5, max: 60 }),
        (shift, later) => {
          const shown = new Date(START.getTime() + shift);
          const step = stepOf(shown);
          const now = new Date((step + later) * CODE_STEP_MS + 1);
          const verdict = judgeCode(SECRET, codeAt(SECRET, step), now);
          expect(verdict).toBe(later < 0 ? 'wrong' : later <= 1 ? 'fresh' : 'stale');
          expect(areDigitsFresh(SECRET, digitsAt(SECRET, step), now)).toBe(
            later === 0 ||
              later === 1 ||
              [stepOf(now), stepOf(now) - 1].some(
                (each) => digitsAt(SECRET, each) === digitsAt(SECRET, step),
              ),
          );
        },
      ),
    );
  });

  it('is not guessed by what is too short or empty', () => {
    expect([judgeCode(SECRET, '', START), judgeCode(SECRET, 'x', START)]).toEqual(['wrong', 'wrong']);
    expect(areDigitsFresh(SECRET, ` ${digitsAt(SECRET, stepOf(START))} `, START)).toBe(true);
    expect(areDigitsFresh(SECRET, '', START)).toBe(false);
  });
});

describe('the pass of a device that scanned in time', () => {
  const pass = passFor(SECRET, 'phone', START);

  it('is good for ten minutes on that device only', () => {
    expect(isPassGood(SECRET, pass, 'phone', minutes(10))).toBe(true);
    expect(isPassGood(SECRET, pass, 'phone', minutes(11))).toBe(false);
    expect(isPassGood(SECRET, pass, 'phone', minutes(-1))).toBe(false);
    expect(isPassGood(SECRET, pass, 'other phone', minutes(1))).toBe(false);
    expect(isPassGood('other session', pass, 'phone', minutes(1))).toBe(false);
    expect(isPassGood(SECRET, 'NaN.x', 'phone', minutes(1))).toBe(false);
  });
});

describe('signing in', () => {
  it('is possible within the window, and late from a quarter of an hour after the start', () => {
    expect(
      [minutes(-41), minutes(-40), minutes(60), minutes(61)].map((now) => reasonsNotToSign(FACTS, now)),
    ).toEqual([['sign_early'], [], [], ['sign_over']]);
    expect([arrivalState(SESSION, minutes(15)), arrivalState(SESSION, minutes(16))]).toEqual([
      'present',
      'late',
    ]);
  });

  it('says every reason against it', () => {
    const facts: SignFacts = {
      ...FACTS,
      classState: 'finished',
      enrolled: false,
      attendance: 'late',
      failures: TRIES_MAX,
      deviceTaken: true,
    };
    expect(reasonsNotToSign(facts, minutes(0))).toEqual([
      'class_not_open',
      'not_enrolled',
      'signed_already',
      'tries_used',
      'device_taken',
    ]);
    expect(reasonsNotToSign({ ...FACTS, attendance: 'revoked' }, minutes(0))).toEqual(['sign_revoked']);
    expect(reasonsNotToSign({ ...FACTS, attendance: 'leave' }, minutes(0))).toEqual([]);
  });

  it('is looked at by the clerk about once in twenty, always the same ones', () => {
    const drawn = Array.from({ length: 4000 }, (_, index) =>
      isDrawnForCheck(SECRET, `person-${index}`),
    ).filter(Boolean).length;
    expect(drawn).toBeGreaterThan(120);
    expect(drawn).toBeLessThan(290);
    expect(isDrawnForCheck(SECRET, 'p')).toBe(isDrawnForCheck(SECRET, 'p'));
  });
});

describe('the clerk’s list', () => {
  it('takes a leave beforehand, but no presence', () => {
    const facts = { ...FACTS, session: SESSION };
    expect(reasonsNotToTick(facts, 'present', minutes(-120))).toEqual(['session_ahead']);
    expect(reasonsNotToTick(facts, 'leave', minutes(-120))).toEqual([]);
    expect(reasonsNotToTick({ ...facts, attendance: 'revoked' }, 'present', minutes(300))).toEqual([]);
    expect(reasonsNotToTick({ ...facts, attendance: 'present' }, 'leave', minutes(0))).toEqual([
      'signed_already',
    ]);
  });

  it('reads a card from its link or its bare id', () => {
    const id = '0198c1aa-1111-7222-8333-444455556666';
    expect(cardIdIn(`http://192.168.1.5:3000/card/${id}`)).toBe(id);
    expect(cardIdIn(` ${id}\n`)).toBe(id);
    expect(cardIdIn(`https://x/card/${id}?from=wechat`)).toBe(id);
    expect(cardIdIn('https://elsewhere/p/1')).toBeNull();
    expect(cardIdIn('王')).toBeNull();
  });
});
