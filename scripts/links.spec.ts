import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const DOCS = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

it.each(DOCS)('%s leads only to files that exist', (file) => {
  const links = [...readFileSync(file, 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link]) => link!);
  const gone = links.filter((link) => !/^https?:/.test(link) && !existsSync(join(dirname(file), link)));
  expect(gone).toEqual([]);
});

it('finds every script that the docs tell people to run', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = DOCS.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/npm run (?:-s )?([a-z]+)/g)]);
  expect(named.length).toBeGreaterThan(10);
  expect(named.map(([, script]) => script!).filter((script) => !(script in scripts))).toEqual([]);
});
