import { dayOf, instantText } from '#lib/kernel/day.ts';

/** 10:21:07 in Shanghai, of an instant in epoch milliseconds. */
export function wallClock(instant: number): string {
  const seconds = new Date(instant).toISOString().slice(17, 19);
  return `${instantText(new Date(instant)).slice(-5)}:${seconds}`;
}

/** What `<input type="datetime-local">` shows for an instant: 2026-03-05T09:00 in Shanghai. */
export function localTimeText(instant: Date): string {
  return `${dayOf(instant)}T${instantText(instant).slice(-5)}`;
}
