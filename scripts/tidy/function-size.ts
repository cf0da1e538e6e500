import ts from 'typescript';
import { finding, isCode, isSpec, nodesOf, type Rule, type Source } from './source.ts';

const LINES_MAX = 70;

export const functionSize: Rule = {
  name: 'function size',
  reason: `a function of more than ${LINES_MAX} lines does several things: give each its name`,
  look(source) {
    if (!isCode(source.path)) return [];
    return [...nodesOf(source.syntax)]
      .filter((node) => ts.isFunctionLike(node) && !isDescription(source, node))
      .map((node) => ({ node, count: linesOf(source, node) }))
      .filter(({ count }) => count > LINES_MAX)
      .map(({ node, count }) => finding(source, node, `${nameOf(node)} has ${count} lines`));
  },
};

function linesOf({ syntax }: Source, node: ts.Node): number {
  const first = syntax.getLineAndCharacterOfPosition(node.getStart(syntax)).line;
  return syntax.getLineAndCharacterOfPosition(node.getEnd()).line - first + 1;
}

/** `describe('…', () => { … })` only groups tests. */
function isDescription({ path }: Source, node: ts.Node): boolean {
  const call = node.parent;
  return isSpec(path) && ts.isCallExpression(call) && /\bdescribe\b/.test(call.expression.getText());
}

function nameOf(node: ts.Node): string {
  const named = ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) ? node : node.parent;
  const name = (named as { name?: ts.Node }).name;
  return name ? name.getText() : 'a function';
}
