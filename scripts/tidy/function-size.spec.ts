import { expect, it } from 'vitest';
import { functionSize } from './function-size.ts';
import { lookAt } from './look-at.ts';

const body = (lines: number) => '  step();\n'.repeat(lines - 2);

it('finds a function of 71 lines and passes one of 70', () => {
  expect(lookAt(functionSize, { 'src/a.ts': `function long() {\n${body(71)}}` })).toEqual([
    'src/a.ts:1 long has 71 lines',
  ]);
  expect(lookAt(functionSize, { 'src/a.ts': `function long() {\n${body(70)}}` })).toEqual([]);
});

it('finds arrows, methods and the scripts of components', () => {
  expect(lookAt(functionSize, { 'src/a.ts': `const long = () => {\n${body(80)}};` })).toHaveLength(1);
  expect(lookAt(functionSize, { 'src/a.ts': `class A {\n  long() {\n${body(80)}}\n}` })).toHaveLength(1);
  const component = `<p>x</p>\n<script lang="ts">\n  function long() {\n${body(80)}}\n</script>`;
  expect(lookAt(functionSize, { 'src/A.svelte': component })).toEqual(['src/A.svelte:3 long has 80 lines']);
});

it('lets a description group many tests, and measures each test', () => {
  expect(lookAt(functionSize, { 'src/a.spec.ts': `describe('a', () => {\n${body(90)}});` })).toEqual([]);
  expect(lookAt(functionSize, { 'src/a.spec.ts': `it('a', () => {\n${body(90)}});` })).toHaveLength(1);
});
