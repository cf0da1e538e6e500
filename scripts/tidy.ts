import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path/posix';
import { RULES } from './tidy/rules.ts';
import { sourceOf, type Source } from './tidy/source.ts';

/** `node scripts/tidy.ts`: reads every file of the house against the rules in scripts/tidy/. */
const PLACES = ['src', 'scripts', 'seeds', 'tests', 'docs', '.ci'];
const TEXT = /\.(ts|mjs|cjs|js|svelte|css|html|md|typ|sh)$|^\.ci\/run$/;
/** Content, not code: courses, questions, and the inputs that tests read. */
const CONTENT = /^(seeds\/(demo|reference)\/.*\.(json|md|typ)|tests\/inputs\/)/;

function pathsIn(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => pathsIn(join(path, name)));
}

function readSources(): Source[] {
  const root = readdirSync('.').filter((name) => TEXT.test(name));
  return [...root, ...PLACES.flatMap(pathsIn)]
    .filter((path) => TEXT.test(path) && !CONTENT.test(path))
    .map((path) => sourceOf(path, readFileSync(path, 'utf8')));
}

const sources = readSources();
const lines: string[] = [];
let count = 0;
for (const rule of RULES) {
  const findings = sources.flatMap((source) => rule.look(source, sources));
  if (findings.length === 0) continue;
  count += findings.length;
  lines.push(`\n${rule.name}: ${rule.reason}`);
  for (const { path, line, what } of findings) lines.push(`  ${path}:${line}  ${what}`);
}
lines.push(`${count > 0 ? '\n' : ''}tidy: ${sources.length} files, ${RULES.length} rules, ${count} findings`);
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = count > 0 ? 1 : 0;
