import ts from 'typescript';
import { finding, isCode, nodesOf, type Finding, type Rule, type Source } from './source.ts';

const EMPTY_WORDS = [
  'util',
  'utils',
  'helper',
  'helpers',
  'service',
  'services',
  'manager',
  'data',
  'info',
  'misc',
];
/** SvelteKit's own names. */
const HOOKS = new Set(['handle', 'handleError', 'handleFetch', 'handleValidationError']);

export const tellingNames: Rule = {
  name: 'telling names',
  reason: `a file called ${EMPTY_WORDS.slice(0, 3).join(', ')}… or a function called handle… says nothing of what it does: name it after its noun and verb (docs/style.md)`,
  look(source) {
    return [...namesOfPath(source), ...namesOfFunctions(source)];
  },
};

function namesOfPath({ path }: Source): Finding[] {
  const parts = path.split('/').map((part) => part.replace(/\..*$/, ''));
  const empty = parts.find((part) => EMPTY_WORDS.includes(part.split('-').at(-1)!.toLowerCase()));
  return empty ? [{ path, line: 1, what: empty }] : [];
}

function namesOfFunctions(source: Source): Finding[] {
  if (!isCode(source.path)) return [];
  return [...nodesOf(source.syntax)].flatMap((node) => {
    const named =
      ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isVariableDeclaration(node);
    const name = named && node.name && ts.isIdentifier(node.name) ? node.name.text : '';
    return /^handle([A-Z]|$)/.test(name) && !HOOKS.has(name) ? [finding(source, node, name)] : [];
  });
}
