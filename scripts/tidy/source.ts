import ts from 'typescript';

/** A file as the rules see it: its path from the root, its text, and its syntax when it is asked for. */
export type Source = {
  path: string;
  text: string;
  lines: string[];
  /** TypeScript syntax; of a `.svelte` file its scripts, at the lines where they stand. */
  syntax: ts.SourceFile;
};

/** Something a rule found: where, and what. */
export type Finding = { path: string; line: number; what: string };

/** One rule of the house. `reason` is printed with its findings: nobody should have to ask why. */
export type Rule = {
  name: string;
  reason: string;
  look(source: Source, all: readonly Source[]): Finding[];
};

export function sourceOf(path: string, text: string): Source {
  let syntax: ts.SourceFile | undefined;
  return {
    path,
    text,
    lines: text.split('\n'),
    get syntax() {
      const code = path.endsWith('.svelte') ? scriptsOf(text) : text;
      syntax ??= ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
      return syntax;
    },
  };
}

/** The scripts of a component with everything else blanked out, so that lines keep their numbers. */
function scriptsOf(text: string): string {
  let code = '';
  let at = 0;
  for (const match of text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)) {
    const start = match.index + match[0].indexOf('>') + 1;
    code += blank(text.slice(at, start)) + match[1];
    at = start + match[1]!.length;
  }
  return code + blank(text.slice(at));
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

export function isCode(path: string): boolean {
  return /\.(ts|mjs|js|svelte)$/.test(path);
}

export function isSpec(path: string): boolean {
  return path.endsWith('.spec.ts') || path.startsWith('tests/');
}

const NO_FEATURE = new Set(['kernel', 'ui', 'server']);

/** The feature a file of `src/lib` belongs to; null for what all features share. */
export function featureOf(path: string): string | null {
  const feature = /^src\/lib\/([^/]+)\//.exec(path)?.[1];
  return feature === undefined || NO_FEATURE.has(feature) ? null : feature;
}

/** Every node of the file, parents before children. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

/** The line (from 1) on which a node begins. */
export function lineOf(source: Source, node: ts.Node): number {
  return source.syntax.getLineAndCharacterOfPosition(node.getStart(source.syntax)).line + 1;
}

export function finding(source: Source, node: ts.Node, what: string): Finding {
  return { path: source.path, line: lineOf(source, node), what };
}

/** Findings at every match of a pattern, line by line. */
export function findingsOf(source: Source, pattern: RegExp, what: (match: string) => string): Finding[] {
  return source.lines.flatMap((line, index) => {
    const match = pattern.exec(line);
    return match ? [{ path: source.path, line: index + 1, what: what(match[0]) }] : [];
  });
}
