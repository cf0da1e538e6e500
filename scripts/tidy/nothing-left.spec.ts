import { expect, it } from 'vitest';
import { lookAt } from './look-at.ts';
import { nothingLeft } from './nothing-left.ts';

it('finds what was put off', () => {
  expect(
    lookAt(nothingLeft, { 'src/a.ts': 'a();\n// TODO later', 'src/A.svelte': '<!-- FIXME -->' }),
  ).toEqual(['src/a.ts:2 TODO', 'src/A.svelte:1 FIXME']);
});

it('passes other words', () => {
  expect(lookAt(nothingLeft, { 'src/a.ts': '// a to-do list of the clerk: TODOS' })).toEqual([]);
});
