import { expect, it } from 'vitest';
import { chinesePlace } from './chinese-place.ts';
import { lookAt } from './look-at.ts';

it('finds Chinese in strings, templates and patterns', () => {
  const code = "const a = '考试';\nconst b = `第${a}页`;\nconst c = /考/;";
  expect(lookAt(chinesePlace, { 'src/lib/exams/exam.ts': code })).toEqual([
    "src/lib/exams/exam.ts:1 '考试'",
    'src/lib/exams/exam.ts:2 `第${',
    'src/lib/exams/exam.ts:2 }页`',
    'src/lib/exams/exam.ts:3 /考/',
  ]);
});

it('lets comments and types speak Chinese', () => {
  const code = "/** 考试 */\nconst a = 1; // 卷\nlet sex: '男' | '女';";
  expect(lookAt(chinesePlace, { 'src/lib/exams/exam.ts': code })).toEqual([]);
});

it('lets the places of wording speak it', () => {
  const code = "export const A = '考试';";
  for (const path of ['copy.ts', 'import-copy.ts', 'words.ts', 'roster-words.ts', 'forms.ts', 'exam.spec.ts'])
    expect(lookAt(chinesePlace, { [`src/lib/exams/${path}`]: code }), path).toEqual([]);
  for (const path of ['copying.ts', 'passwords.ts', 'platforms.ts'])
    expect(lookAt(chinesePlace, { [`src/lib/exams/${path}`]: code }), path).toHaveLength(1);
});
