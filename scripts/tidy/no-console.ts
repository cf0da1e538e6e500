import ts from 'typescript';
import { finding, isCode, nodesOf, type Rule } from './source.ts';

export const noConsole: Rule = {
  name: 'no console',
  reason:
    'the server writes structured lines (src/lib/server/log.ts), a script writes to process.stdout; a console left in a page is a debugging aid forgotten',
  look(source) {
    if (!isCode(source.path)) return [];
    return [...nodesOf(source.syntax)]
      .filter(
        (node) => ts.isPropertyAccessExpression(node) && node.expression.getText(source.syntax) === 'console',
      )
      .map((node) => finding(source, node, node.getText(source.syntax)));
  },
};
