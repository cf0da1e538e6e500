import { expect, test } from 'vitest';
import { clockText, spanText } from './span-words.ts';

test.each([
  [0, '0 秒'],
  [-5000, '0 秒'],
  [45_000, '45 秒'],
  [60_000, '1 分钟'],
  [12_000_000, '3 小时 20 分钟'],
  [187_200_000, '2 天 4 小时'],
  [172_860_000, '2 天'],
])('%d ms reads %s', (span, text) => {
  expect(spanText(span)).toBe(text);
});

test('a clock rounds up, so that 00:00:00 is only shown when time is over', () => {
  expect(clockText(5_025_000)).toBe('01:23:45');
  expect(clockText(1)).toBe('00:00:01');
  expect(clockText(0)).toBe('00:00:00');
  expect(clockText(-9)).toBe('00:00:00');
  expect(clockText(2 * 86_400_000 + 600_000)).toBe('2 天 00:10:00');
});
