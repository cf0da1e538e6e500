import { expect, test } from 'vitest';
import { countdownAnnouncement, countdownStage } from './countdown-words.ts';

const MINUTE = 60_000;

test('stages change at ten minutes, five minutes and zero', () => {
  expect([10 * MINUTE + 1, 10 * MINUTE, 5 * MINUTE, 1, 0].map(countdownStage)).toEqual([
    'far',
    'near',
    'last',
    'last',
    'over',
  ]);
});

test('a whole exam announces each threshold once', () => {
  const said: string[] = [];
  for (let left = 40 * MINUTE; left > -3000; left -= 1000) {
    const sentence = countdownAnnouncement(left, left - 1000);
    if (sentence) said.push(sentence);
  }
  expect(said).toEqual(['还剩 30 分钟。', '还剩 10 分钟。', '还剩 5 分钟。', '还剩 1 分钟。', '时间到。']);
});

test('waking from sleep announces only the latest threshold', () => {
  expect(countdownAnnouncement(40 * MINUTE, 4 * MINUTE)).toBe('还剩 5 分钟。');
  expect(countdownAnnouncement(40 * MINUTE, -1)).toBe('时间到。');
});
