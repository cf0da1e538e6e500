import { expect, it } from 'vitest';
import { chinesePunctuation } from './chinese-punctuation.ts';
import { lookAt } from './look-at.ts';

it('finds half-width punctuation between characters, and exclamation marks', () => {
  expect(
    lookAt(chinesePunctuation, { 'src/lib/exams/copy.ts': "const a = '没有,请重试';\nconst b = '成功！';" }),
  ).toEqual(['src/lib/exams/copy.ts:1 有,请', 'src/lib/exams/copy.ts:2 ！']);
});

it('passes full-width punctuation and code', () => {
  expect(lookAt(chinesePunctuation, { 'src/A.svelte': "<p>没有，请重试。{a ? '是' : '否'}</p>" })).toEqual(
    [],
  );
});
