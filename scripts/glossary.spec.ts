import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const GLOSSARY = readFileSync('docs/glossary.md', 'utf8');
const [NOW, LATER] = GLOSSARY.split('## Named before their tables') as [string, string];

type Bound = { term: string; identifier: string };

function boundIn(text: string): Bound[] {
  return [...text.matchAll(/^\| ([^|]*\p{Script=Han}[^|]*) \| `(\w+)` \|/gmu)]
    .map(([, term, identifier]) => ({ term: term!.trim(), identifier: identifier! }))
    .filter(({ term }) => term !== '术语');
}

function twice(words: readonly string[]): string[] {
  return words.filter((word, index) => words.indexOf(word) !== index);
}

function codeOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name) && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

it('binds each term to one identifier and each identifier to one term', () => {
  const all = boundIn(GLOSSARY);
  expect(all.length).toBeGreaterThan(80);
  expect(twice(all.map(({ term }) => term))).toEqual([]);
  expect(twice(all.map(({ identifier }) => identifier.toLowerCase()))).toEqual([]);
});

it('names only identifiers that the code has', () => {
  const words = new Set((codeOf('src/lib').match(/[A-Za-z]+/g) ?? []).map((word) => word.toLowerCase()));
  const unknown = boundIn(NOW).filter(({ identifier }) => !words.has(identifier.toLowerCase()));
  expect(unknown).toEqual([]);
});

it('keeps names for what is to come', () => {
  expect(boundIn(LATER).length).toBeGreaterThan(5);
});
