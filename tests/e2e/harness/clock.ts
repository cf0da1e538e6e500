import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { dayOf, instantOn } from '#lib/kernel/day.ts';

/**
 * The demo belongs to its day: its running class is signed into today and its exam has just opened. A run
 * that crosses midnight in Shanghai would find yesterday's demo. So a whole run, in all its processes,
 * happens on the day it began and begins at half past nine: the programs that tests start run with their
 * clock set off by the same span (shifted-clock.ts), of which the product knows nothing.
 */
const BEGAN = 'LIANBING_TESTS_BEGAN';
export const SHIFT = 'LIANBING_TESTS_CLOCK_SHIFT_MS';
const BEGINS_AT = '09:30';

// Said once, by the first process; workers inherit it.
process.env[BEGAN] ??= String(Date.now());
const began = new Date(Number(process.env[BEGAN]));
const shiftMs = instantOn(dayOf(began), BEGINS_AT).getTime() - began.getTime();

/** What the clock of the programs under test says now. */
export function testNow(): Date {
  return new Date(Date.now() + shiftMs);
}

/** The environment that puts a Node program, its workers too, on the clock of the tests. */
export function onTestClock(): Record<string, string> {
  const shift = pathToFileURL(resolve('tests/e2e/harness/shifted-clock.ts')).href;
  const others = process.env.NODE_OPTIONS ?? '';
  return { [SHIFT]: String(shiftMs), NODE_OPTIONS: `${others} --import=${shift}`.trim() };
}
