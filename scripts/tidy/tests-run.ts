import ts from 'typescript';
import { finding, isSpec, nodesOf, type Rule } from './source.ts';

const ROOTS = /^(test|it|describe|suite|bench)\b/;
const SWITCHES = new Set(['only', 'skip', 'todo', 'fixme', 'skipIf', 'runIf', 'fails']);
/** What only one engine does is tested on that engine. */
const BY_ENGINE = /^(describe|it|test)\.runIf\(process\.env\.LIANBING_TEST_ENGINE === /;

export const testsRun: Rule = {
  name: 'tests run',
  reason: 'a test that does not run protects nothing, and one that runs alone hides the others',
  look(source) {
    if (!isSpec(source.path)) return [];
    return [...nodesOf(source.syntax)]
      .filter(
        (node) =>
          ts.isPropertyAccessExpression(node) &&
          SWITCHES.has(node.name.text) &&
          ROOTS.test(node.expression.getText(source.syntax)) &&
          !BY_ENGINE.test(node.parent.getText(source.syntax)),
      )
      .map((node) => finding(source, node, node.getText(source.syntax)));
  },
};
