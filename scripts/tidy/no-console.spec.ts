import { expect, it } from 'vitest';
import { lookAt } from './look-at.ts';
import { noConsole } from './no-console.ts';

it('finds a console in code and in a component', () => {
  expect(lookAt(noConsole, { 'src/a.ts': 'console.log(1);' })).toEqual(['src/a.ts:1 console.log']);
  expect(lookAt(noConsole, { 'src/A.svelte': '<script>\n  console.warn(1);\n</script>' })).toHaveLength(1);
});

it('passes a word and a log line', () => {
  expect(lookAt(noConsole, { 'src/a.ts': "// the console\nlog('info', 'console.log');" })).toEqual([]);
});
