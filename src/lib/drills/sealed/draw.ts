import { addDays, daysBetween, instantOn, weekdayOf, type Day } from '#lib/kernel/day.ts';

/**
 * When a sealed drill begins, whom it calls and where: drawn from a seed that was fixed, and whose hash was
 * published, before anybody wrote down what is drawn from. Given the seed, anybody can draw again.
 */

/** Times of day as `HH:MM`; a span that ends before it begins goes over midnight. */
export type Span = { from: string; until: string };

/** When the start may be. */
export type Window = {
  fromOn: Day;
  /** The last day, itself included. */
  untilOn: Day;
  /** 1 Monday … 7 Sunday. */
  weekdays: readonly number[];
  /** Days of exams, festivals, great events: never. */
  exceptOn: readonly Day[];
  hours: Span;
  /** Never in these hours: nights, school runs, shift changes. */
  quiet: readonly Span[];
};

export type Candidates = { units: readonly string[]; places: readonly string[] };
export type Drawn = { startMs: number; unit: string | null; place: string | null };

/** Longer windows are a calendar and not a surprise; and each minute of them is counted. */
export const WINDOW_DAYS_MAX = 62;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** Minutes of the day of `HH:MM`. */
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Whether a minute of the day lies in a span; the end is outside. Equal ends: the whole day. */
export function isIn(minute: number, { from, until }: Span): boolean {
  const [begins, ends] = [minuteOf(from), minuteOf(until)];
  if (begins === ends) return true;
  return begins < ends ? minute >= begins && minute < ends : minute >= begins || minute < ends;
}

/** Every minute at which the drill may begin, in order, as epoch milliseconds; none before `notBeforeMs`. */
export function startMoments(window: Window, notBeforeMs: number): number[] {
  const { fromOn, untilOn, weekdays, exceptOn, hours, quiet } = window;
  const minutes = Array.from({ length: DAY_MINUTES }, (_, minute) => minute).filter(
    (minute) => isIn(minute, hours) && !quiet.some((span) => isIn(minute, span)),
  );
  const moments: number[] = [];
  const days = Math.min(daysBetween(fromOn, untilOn) + 1, WINDOW_DAYS_MAX);
  for (let at = 0; at < days; at++) {
    const day = addDays(fromOn, at);
    if (!weekdays.includes(weekdayOf(day)) || exceptOn.includes(day)) continue;
    const midnight = instantOn(day, '00:00').getTime();
    for (const minute of minutes) {
      const moment = midnight + minute * MINUTE_MS;
      if (moment >= notBeforeMs) moments.push(moment);
    }
  }
  return moments;
}

/**
 * Draws start, unit and place from a digest of at least 12 bytes: SHA-256 of the day's seed, a colon and the
 * id of the drill. Bytes 0–3, 4–7 and 8–11, each read as a whole number (big-endian) over 2³², say how far
 * along the list of minutes, units and places. Null when no minute is left; unit and place are null where
 * none is to be drawn.
 */
export function draw(
  digest: Uint8Array,
  window: Window,
  candidates: Candidates,
  notBeforeMs: number,
): Drawn | null {
  const startMs = pick(digest, 0, startMoments(window, notBeforeMs));
  if (startMs === null) return null;
  return {
    startMs,
    unit: pick(digest, 4, candidates.units),
    place: pick(digest, 8, candidates.places),
  };
}

function pick<Value>(digest: Uint8Array, offset: number, list: readonly Value[]): Value | null {
  const number = new DataView(digest.buffer, digest.byteOffset, digest.byteLength).getUint32(offset);
  // 32 bits over a list of less than 2¹⁷: exact in a double, and as good as even.
  return list[Math.floor((number / 2 ** 32) * list.length)] ?? null;
}
