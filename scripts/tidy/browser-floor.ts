import ts from 'typescript';
import { dirname, join } from 'node:path/posix';
import { findingsOf, type Finding, type Rule, type Source } from './source.ts';

/** What Chromium 102, Safari 15.4 or a page over plain http lacks, and cannot be lowered by the build. */
const LACKING: readonly (readonly [RegExp, string])[] = [
  [/\bcrypto\.(randomUUID|subtle)\b/, 'withheld on plain http: browserId() of kernel/id.ts'],
  [
    /\bnavigator\.(serviceWorker|mediaDevices|wakeLock|locks)\b(?!\?)/,
    'withheld on plain http: test for it first',
  ],
  [/\bnavigator\.clipboard\b(?!\?)/, 'withheld on plain http: copyText() of ui/copying.ts has the way round'],
  [/\.(toSorted|toReversed|toSpliced|findLast|findLastIndex)\(/, 'newer than the floor'],
  [
    /\b(structuredClone|Object\.groupBy|Map\.groupBy|Promise\.withResolvers|Promise\.try|Array\.fromAsync|URL\.parse|AbortSignal\.(any|timeout))\b/,
    'newer than the floor',
  ],
  [/:has\(|@container\b|\bcolor-mix\(|\bsubgrid\b|@starting-style\b|\bpopover=/, 'newer than the floor'],
];

/** Tests for what is withheld, and has the way round. */
const WAY_ROUND = /^src\/lib\/(ui\/copying|kernel\/id)\.ts$/;

export const browserFloor: Rule = {
  name: 'browser floor',
  reason: 'pages run in Chromium 102 and Safari 15.4, and on a LAN over plain http (docs/deployment.md)',
  look(source, all) {
    if (!browserFiles(all).has(source.path) || WAY_ROUND.test(source.path)) return [];
    return LACKING.flatMap(([pattern, why]): Finding[] =>
      findingsOf(source, pattern, (match) => `${match} (${why})`),
    );
  },
};

const known = new WeakMap<readonly Source[], Set<string>>();

/** Components, and whatever they import that is not only a type. */
function browserFiles(all: readonly Source[]): Set<string> {
  const found = known.get(all) ?? new Set<string>();
  if (known.has(all)) return found;
  known.set(all, found);
  const byPath = new Map(all.map((source) => [source.path, source]));
  const reach = (path: string) => {
    const source = byPath.get(path);
    if (!source || found.has(path)) return;
    found.add(path);
    if (/\.(ts|svelte)$/.test(path)) importsOf(source).forEach(reach);
  };
  for (const { path } of all) if (/^src\/.*(\.svelte|\.css|service-worker\.ts)$/.test(path)) reach(path);
  return found;
}

function importsOf({ path, syntax }: Source): string[] {
  return syntax.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    if (ts.isImportDeclaration(statement) && statement.importClause?.isTypeOnly) return [];
    const from = statement.moduleSpecifier;
    if (!from || !ts.isStringLiteral(from)) return [];
    if (from.text.startsWith('#lib/')) return [from.text.replace('#lib/', 'src/lib/')];
    return from.text.startsWith('.') ? [join(dirname(path), from.text)] : [];
  });
}
