import { instantText } from '#lib/kernel/day.ts';

/** 10:21:07 in Shanghai, of an instant in epoch milliseconds. */
export function wallClock(instant: number): string {
  const seconds = new Date(instant).toISOString().slice(17, 19);
  return `${instantText(new Date(instant)).slice(-5)}:${seconds}`;
}
