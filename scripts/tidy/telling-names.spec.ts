import { expect, it } from 'vitest';
import { lookAt } from './look-at.ts';
import { tellingNames } from './telling-names.ts';

it('finds files and folders that say nothing', () => {
  for (const path of [
    'src/lib/exams/utils.ts',
    'src/lib/helpers/day.ts',
    'src/lib/exams/exam-service.ts',
    'src/lib/exams/exam-data.ts',
  ])
    expect(lookAt(tellingNames, { [path]: '' }), path).toHaveLength(1);
});

it('finds functions that only handle', () => {
  expect(
    lookAt(tellingNames, { 'src/a.ts': 'function handleClick() {}\nconst handleIt = () => {};' }),
  ).toHaveLength(2);
});

it('passes nouns, and the names that the framework gives', () => {
  expect(lookAt(tellingNames, { 'src/lib/exams/database-size.ts': 'function startAttempt() {}' })).toEqual(
    [],
  );
  expect(
    lookAt(tellingNames, { 'src/hooks.server.ts': 'export const handle = 1;\nconst handler = 2;' }),
  ).toEqual([]);
});
