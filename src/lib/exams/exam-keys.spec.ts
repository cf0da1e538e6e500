import { expect, it } from 'vitest';
import { localTimeText, wallClock } from './clock-words.ts';
import { keyMeaning } from './exam-keys.ts';

const four = ['1', '2', '3', '4'];

it('letters choose what the question has', () => {
  expect(keyMeaning('b', { type: 'single', options: four }, 'A')).toEqual({ kind: 'answer', answer: 'B' });
  expect(keyMeaning('e', { type: 'single', options: four }, '')).toBeNull();
  expect(keyMeaning('a', { type: 'multiple', options: four }, 'C')).toEqual({ kind: 'answer', answer: 'AC' });
  expect(keyMeaning('c', { type: 'multiple', options: four }, 'AC')).toEqual({ kind: 'answer', answer: 'A' });
  expect(keyMeaning('t', { type: 'judge', options: [] }, '')).toEqual({ kind: 'answer', answer: 'T' });
  expect(keyMeaning('b', { type: 'judge', options: [] }, '')).toEqual({ kind: 'answer', answer: 'F' });
  expect(keyMeaning('c', { type: 'judge', options: [] }, '')).toBeNull();
});

it('arrows turn, M marks, the rest is left alone', () => {
  const item = { type: 'single' as const, options: four };
  expect(keyMeaning('ArrowRight', item, '')).toEqual({ kind: 'go', by: 1 });
  expect(keyMeaning('ArrowLeft', item, '')).toEqual({ kind: 'go', by: -1 });
  expect(keyMeaning('m', item, '')).toEqual({ kind: 'mark' });
  for (const key of ['Enter', 'Tab', ' ', '1', 'Escape', 'ArrowDown'])
    expect(keyMeaning(key, item, '')).toBeNull();
});

it('the wall clock is that of Shanghai', () => {
  expect(wallClock(Date.parse('2026-11-22T02:21:07Z'))).toBe('10:21:07');
});

it('the local time is what the field reads back', () => {
  expect(localTimeText(new Date('2026-11-22T16:30:00Z'))).toBe('2026-11-23T00:30');
});
