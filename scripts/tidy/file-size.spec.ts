import { expect, it } from 'vitest';
import { fileSize } from './file-size.ts';
import { lookAt } from './look-at.ts';

it('finds a file of 401 lines and passes one of 400', () => {
  expect(lookAt(fileSize, { 'src/a.ts': 'x;\n'.repeat(401) })).toEqual(['src/a.ts:401 401 lines']);
  expect(lookAt(fileSize, { 'src/a.ts': 'x;\n'.repeat(400) })).toEqual([]);
});

it('leaves documents alone', () => {
  expect(lookAt(fileSize, { 'docs/a.md': 'x\n'.repeat(900) })).toEqual([]);
});
