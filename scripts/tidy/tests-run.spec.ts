import { expect, it } from 'vitest';
import { lookAt } from './look-at.ts';
import { testsRun } from './tests-run.ts';

it.each([
  "it.only('a', b)",
  "describe.skip('a', b)",
  "test.todo('a')",
  "test.describe.only('a', b)",
  "it.runIf(fast)('a', b)",
])('finds %s', (code) => {
  expect(lookAt(testsRun, { 'src/a.spec.ts': code })).toHaveLength(1);
});

it('passes tests that run, and those of one engine', () => {
  const code =
    "it('a', b);\nit.each(c)('d', e);\ndescribe.runIf(process.env.LIANBING_TEST_ENGINE === 'sqlite')('f', g);";
  expect(lookAt(testsRun, { 'src/a.spec.ts': code })).toEqual([]);
});
