/** A ping comes every 10 s; a gap gives at most 15 s, so a closed lid or a forged stream gains nothing. */
export const PING_EVERY_MS = 10_000;
export const PING_CREDIT_MS_MAX = 15_000;
/** “Are you still learning?” is asked 8 to 15 minutes after the last confirmation. */
const PROMPT_AFTER_MS_MIN = 8 * 60_000;
const PROMPT_AFTER_MS_MAX = 15 * 60_000;
/** How long one may take to answer it. */
export const PROMPT_ANSWER_MS = 60_000;

/** The one lesson a person plays, as the server keeps it. */
export type Play = {
  playId: string;
  lessonId: string;
  /** The latest instant that was counted; never goes back, whatever the clock does. */
  pingedAt: Date;
  /** When the next prompt is due; the learner never sees this. */
  promptAt: Date;
  /** Set while a prompt is open (or was missed): until when it can be answered. */
  promptUntil: Date | null;
  /** Credited since presence was last confirmed: taken back when a prompt is missed. */
  unconfirmedMs: number;
};

/** playing: time runs · asked: a prompt is open · missed: it was not answered and the lesson stands still. */
export type PlayState = 'playing' | 'asked' | 'missed';

export type Played = { play: Play; creditedMs: number; state: PlayState; takenBackMs: number };

function later(a: Date, b: Date): Date {
  return a.getTime() >= b.getTime() ? a : b;
}

/** When the next prompt comes; `random` is in [0, 1). */
export function promptAfter(now: Date, random: number): Date {
  return new Date(now.getTime() + PROMPT_AFTER_MS_MIN + random * (PROMPT_AFTER_MS_MAX - PROMPT_AFTER_MS_MIN));
}

export function stateOf(play: Play, now: Date): PlayState {
  if (play.promptUntil === null) return 'playing';
  return now.getTime() > play.promptUntil.getTime() ? 'missed' : 'asked';
}

/** Takes unconfirmed time back when a prompt has run out; harmless to repeat. */
export function settled(play: Play, creditedMs: number, now: Date): Played {
  const state = stateOf(play, now);
  if (state !== 'missed' || play.unconfirmedMs === 0) return { play, creditedMs, state, takenBackMs: 0 };
  const takenBackMs = Math.min(play.unconfirmedMs, creditedMs);
  return { play: { ...play, unconfirmedMs: 0 }, creditedMs: creditedMs - takenBackMs, state, takenBackMs };
}

/**
 * Begins to play on a device. Whatever played before stops counting at this instant; its open prompt must
 * have been settled before. Opening a lesson is itself a sign of presence.
 */
export function begunPlay(
  previous: Play | null,
  opening: { playId: string; lessonId: string },
  now: Date,
  random: number,
): Play {
  const pingedAt = previous ? later(previous.pingedAt, now) : now;
  return {
    ...opening,
    pingedAt,
    promptAt: promptAfter(pingedAt, random),
    promptUntil: null,
    unconfirmedMs: 0,
  };
}

/**
 * One ping of the live play. Credit is the time since the last one on the server's clock, at most 15 s and
 * never past the lesson's length (`creditedMsMax`). Nothing is credited while a prompt is open or missed,
 * nor when the clock stands still or goes back.
 */
export function pinged(play: Play, creditedMs: number, creditedMsMax: number, now: Date): Played {
  const before = settled(play, creditedMs, now);
  const elapsed = Math.max(0, now.getTime() - play.pingedAt.getTime());
  const counted: Play = { ...before.play, pingedAt: later(play.pingedAt, now) };
  if (before.state !== 'playing') return { ...before, play: counted };
  const room = Math.max(0, creditedMsMax - before.creditedMs);
  const earned = Math.min(elapsed, PING_CREDIT_MS_MAX, room);
  const after = { ...counted, unconfirmedMs: counted.unconfirmedMs + earned };
  const due = now.getTime() >= play.promptAt.getTime() && before.creditedMs + earned < creditedMsMax;
  if (due) after.promptUntil = new Date(now.getTime() + PROMPT_ANSWER_MS);
  return {
    play: after,
    creditedMs: before.creditedMs + earned,
    state: due ? 'asked' : 'playing',
    takenBackMs: 0,
  };
}

/**
 * The learner says “I am here”. In time: what was credited stands. Too late: it was taken back, and the
 * lesson goes on from now. Time spent waiting for the answer is not credited.
 */
export function confirmed(play: Play, creditedMs: number, now: Date, random: number): Played {
  const before = settled(play, creditedMs, now);
  const pingedAt = later(play.pingedAt, now);
  const next = {
    ...before.play,
    pingedAt,
    promptAt: promptAfter(pingedAt, random),
    promptUntil: null,
    unconfirmedMs: 0,
  };
  return { ...before, play: next, state: 'playing' };
}
