import ts from 'typescript';
import { finding, isCode, nodesOf, type Rule } from './source.ts';

/** The engines themselves, and their tests. */
const ENGINES = /^src\/lib\/server\/db\/(sqlite-|postgres-|tx|open)[\w.-]*\.ts$/;
/** IndexedDB in the page has a db and transactions of its own. */
const BROWSER = /\/browser\//;
const METHODS = new Set(['transaction', 'query', 'run', 'get', 'all', 'execute']);
const CASTS = new Set([ts.SyntaxKind.AnyKeyword, ts.SyntaxKind.UnknownKeyword, ts.SyntaxKind.NeverKeyword]);
const CONNECTIONS = new Set(['db', 'tx']);

export const oneDoor: Rule = {
  name: 'one door to the database',
  reason:
    "read() and write() are the only doors: Drizzle's transaction, query, run, get, all and execute differ between the engines (an async transaction on better-sqlite3 leaves its first row behind), and a cast would hide it",
  look(source) {
    if (
      !/^(src|seeds|scripts)\//.test(source.path) ||
      !isCode(source.path) ||
      ENGINES.test(source.path) ||
      BROWSER.test(source.path)
    )
      return [];
    return [...nodesOf(source.syntax)].flatMap((node) => {
      if (isForbiddenCall(node)) return [finding(source, node, `${node.name.text} on db or tx`)];
      if (isCast(node)) return [finding(source, node, node.getText(source.syntax))];
      return [];
    });
  },
};

function isForbiddenCall(node: ts.Node): node is ts.PropertyAccessExpression {
  return (
    ts.isPropertyAccessExpression(node) &&
    METHODS.has(node.name.text) &&
    isConnection(rootOf(node.expression))
  );
}

/** `db` of `db.select().from(person)`. */
function rootOf(node: ts.Expression): ts.Expression {
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return rootOf(node.expression);
  return node;
}

function isConnection(node: ts.Node): boolean {
  return ts.isIdentifier(node) && CONNECTIONS.has(node.text);
}

function isCast(node: ts.Node): boolean {
  return ts.isAsExpression(node) && isConnection(node.expression) && CASTS.has(node.type.kind);
}
