import { expect, test } from 'vitest';
import { dayWithWeek, halfYearText, weekOf } from './day-words.ts';

test.each([
  ['2026-03-05', 10],
  ['2026-01-01', 1],
  ['2024-12-30', 1],
  ['2021-01-03', 53],
  ['2026-12-31', 53],
])('%s lies in week %d', (day, week) => {
  expect(weekOf(day)).toBe(week);
});

test('says the day with weekday and week, and nothing for what is no day', () => {
  expect(dayWithWeek('2026-03-05')).toBe('2026年3月5日 星期四 第 10 周');
  expect(dayWithWeek('2026-02-30')).toBe('');
  expect(dayWithWeek('')).toBe('');
});

test('halves of a year', () => {
  expect(halfYearText('2026-06-30')).toBe('2026年上半年');
  expect(halfYearText('2026-07-01')).toBe('2026年下半年');
});
