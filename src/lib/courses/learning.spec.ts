import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  begunPlay,
  confirmed,
  PING_CREDIT_MS_MAX,
  PING_EVERY_MS,
  pinged,
  promptAfter,
  PROMPT_ANSWER_MS,
  settled,
  stateOf,
  type Play,
} from './learning.ts';

const START = new Date('2026-03-05T01:00:00Z');
const at = (seconds: number) => new Date(START.getTime() + seconds * 1000);
const HOUR = 3_600_000;

function begin(seconds = 0, random = 0): Play {
  return begunPlay(null, { playId: 'p', lessonId: 'l' }, at(seconds), random);
}

describe('a ping', () => {
  it('credits the time since the last one, at most 15 seconds', () => {
    const first = pinged(begin(), 0, HOUR, at(10));
    expect(first).toMatchObject({ creditedMs: 10_000, state: 'playing' });
    expect(pinged(first.play, first.creditedMs, HOUR, at(400)).creditedMs).toBe(10_000 + PING_CREDIT_MS_MAX);
  });

  it('credits nothing for a replay or a clock that went back, and loses nothing afterwards', () => {
    const one = pinged(begin(), 0, HOUR, at(10));
    const again = pinged(one.play, one.creditedMs, HOUR, at(10));
    const back = pinged(again.play, again.creditedMs, HOUR, at(-300));
    expect([again.creditedMs, back.creditedMs]).toEqual([10_000, 10_000]);
    expect(pinged(back.play, back.creditedMs, HOUR, at(20)).creditedMs).toBe(20_000);
  });

  it('never credits more than the lesson is long', () => {
    expect(pinged(begin(), 55_000, 60_000, at(10)).creditedMs).toBe(60_000);
  });
});

describe('the presence prompt', () => {
  it('comes 8 to 15 minutes after the last confirmation', () => {
    expect(promptAfter(START, 0)).toEqual(at(8 * 60));
    expect(promptAfter(START, 0.999_999).getTime()).toBeLessThanOrEqual(at(15 * 60).getTime());
  });

  function untilAsked(): { play: Play; creditedMs: number } {
    let played = { play: begin(), creditedMs: 0 };
    for (let seconds = 10; seconds <= 480; seconds += 10)
      played = pinged(played.play, played.creditedMs, HOUR, at(seconds));
    return played;
  }

  it('stops the credit until it is answered, and keeps it when answered in time', () => {
    const asked = untilAsked();
    expect(stateOf(asked.play, at(480))).toBe('asked');
    expect(asked.creditedMs).toBe(480_000);
    const waiting = pinged(asked.play, asked.creditedMs, HOUR, at(500));
    expect(waiting).toMatchObject({ creditedMs: 480_000, state: 'asked' });
    const answered = confirmed(waiting.play, waiting.creditedMs, at(530), 0);
    expect(answered).toMatchObject({ creditedMs: 480_000, state: 'playing', takenBackMs: 0 });
    expect(pinged(answered.play, answered.creditedMs, HOUR, at(540)).creditedMs).toBe(490_000);
  });

  it('takes back what was not confirmed when it is missed, once, and stands still', () => {
    const asked = untilAsked();
    const late = 480 + PROMPT_ANSWER_MS / 1000 + 1;
    const missed = pinged(asked.play, asked.creditedMs, HOUR, at(late));
    expect(missed).toMatchObject({ creditedMs: 0, state: 'missed', takenBackMs: 480_000 });
    const still = pinged(missed.play, missed.creditedMs, HOUR, at(late + 10));
    expect(still).toMatchObject({ creditedMs: 0, state: 'missed', takenBackMs: 0 });
    const resumed = confirmed(still.play, still.creditedMs, at(late + 60), 0);
    expect(pinged(resumed.play, resumed.creditedMs, HOUR, at(late + 70)).creditedMs).toBe(10_000);
  });

  it('is not escaped by opening the lesson anew after it ran out', () => {
    const asked = untilAsked();
    const after = settled(asked.play, asked.creditedMs, at(600));
    expect(after).toMatchObject({ creditedMs: 0, takenBackMs: 480_000 });
  });

  it('comes when nobody pinged for a while too, with a whole minute to answer', () => {
    const away = pinged(begin(), 0, HOUR, at(3000));
    expect(away.state).toBe('asked');
    expect(away.play.promptUntil).toEqual(at(3060));
  });
});

type Step = { kind: 'ping' | 'confirm' | 'begin' | 'settle'; shift: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(
      'ping' as const,
      'ping' as const,
      'ping' as const,
      'confirm' as const,
      'begin' as const,
      'settle' as const,
    ),
    shift: fc.oneof(
      fc.constant(PING_EVERY_MS),
      fc.integer({ min: 0, max: 1_200_000 }),
      fc.integer({ min: -600_000, max: -1 }),
    ),
  }),
  { maxLength: 120 },
);

describe('whatever anybody sends', () => {
  it('credited time stays between nothing, the wall clock and the length of the lesson', () => {
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 60_000, max: HOUR }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (stream, length, random) => {
          let clock = START.getTime();
          let latest = clock;
          let play = begin(0, random);
          let creditedMs = 0;
          for (const { kind, shift } of stream) {
            clock += shift;
            latest = Math.max(latest, clock);
            const now = new Date(clock);
            const settledFirst = settled(play, creditedMs, now);
            const next =
              kind === 'ping'
                ? pinged(play, creditedMs, length, now)
                : kind === 'confirm'
                  ? confirmed(play, creditedMs, now, random)
                  : kind === 'begin'
                    ? {
                        play: begunPlay(settledFirst.play, { playId: 'q', lessonId: 'l' }, now, random),
                        creditedMs: settledFirst.creditedMs,
                      }
                    : settledFirst;
            play = next.play;
            creditedMs = next.creditedMs;
            expect(creditedMs).toBeGreaterThanOrEqual(0);
            expect(creditedMs).toBeLessThanOrEqual(latest - START.getTime());
            expect(creditedMs).toBeLessThanOrEqual(length);
            expect(play.unconfirmedMs).toBeLessThanOrEqual(creditedMs);
          }
        },
      ),
    );
  });
});
