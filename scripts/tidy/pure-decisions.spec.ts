import { expect, it } from 'vitest';
import { lookAt } from './look-at.ts';
import { pureDecisions } from './pure-decisions.ts';

const look = (code: string, path = 'src/lib/exams/attempt.ts') => lookAt(pureDecisions, { [path]: code });

it.each([
  'new Date();',
  'Date.now();',
  'Math.random();',
  'crypto.getRandomValues(a);',
  'performance.now();',
  'process.env.A;',
])('finds %s in a decision', (code) => {
  expect(look(code)).toHaveLength(1);
});

it('passes an instant that is given, and files that may do I/O', () => {
  expect(look('new Date(now.getTime() + 1); Math.floor(2.5);')).toEqual([]);
  expect(look('new Date();', 'src/lib/exams/attempts.server.ts')).toEqual([]);
  expect(look('new Date();', 'src/lib/server/log.ts')).toEqual([]);
  expect(look('new Date();', 'src/lib/kernel/day.ts')).toHaveLength(1);
});
