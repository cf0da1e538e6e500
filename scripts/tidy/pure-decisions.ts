import ts from 'typescript';
import { featureOf, finding, nodesOf, type Rule, type Source } from './source.ts';

const AMBIENT = /^(Date\.now|Math\.random|performance\.now|crypto\.\w+|process\.\w+)$/;

export const pureDecisions: Rule = {
  name: 'pure decisions',
  reason:
    'time and chance are arguments of a decision (now, random): then a test can stand on both sides of every boundary',
  look(source) {
    if (!isPure(source)) return [];
    return [...nodesOf(source.syntax)]
      .filter((node) => isAmbient(node, source))
      .map((node) => finding(source, node, node.getText(source.syntax)));
  },
};

function isPure({ path }: Source): boolean {
  if (!path.endsWith('.ts') || path.endsWith('.spec.ts') || path.endsWith('.server.ts')) return false;
  // browserId() makes an id in the page, where chance has no other source.
  if (path === 'src/lib/kernel/id.ts') return false;
  // What lives on the screen has a clock, a network and a store.
  if (path.endsWith('.svelte.ts') || path.includes('/browser/')) return false;
  return featureOf(path) !== null || path.startsWith('src/lib/kernel/');
}

function isAmbient(node: ts.Node, { syntax }: Source): boolean {
  if (ts.isNewExpression(node)) return node.expression.getText(syntax) === 'Date' && !node.arguments?.length;
  return ts.isPropertyAccessExpression(node) && AMBIENT.test(node.getText(syntax));
}
