import ts from 'typescript';
import { featureOf, finding, type Rule, type Source } from './source.ts';

const WHO = new Set(['actor', '_actor', 'system', '_system', 'by']);
/** Makes the actor of a session: there is nobody yet. */
const MAKES_THE_ACTOR = new Set(['actorOf']);
/** Inside a write or a read the caller has been authorized, or authorizes on the row: `(tx: Tx, …)`, `(db: Db, …)`. */
const CONNECTION = /^(Tx|Db|Db \| Tx|Tx \| Db)$/;
/** Registers followers and jobs: `followCertificates()`, `doImports()`. */
const REGISTRAR = /^(follow|do)[A-Z]/;

export const actorFirst: Rule = {
  name: 'actor first',
  reason:
    'every command and query says who asks: the first parameter is actor (or by, or system for the program itself); a part that runs inside a write or read takes its tx or db first; only follow…() and do…() registrars take nothing; what neither waits nor reads nor writes is free',
  look(source) {
    if (featureOf(source.path) === null || !source.path.endsWith('.server.ts')) return [];
    return source.syntax.statements
      .flatMap(exportedFunctions)
      .filter(({ name }) => !REGISTRAR.test(name) && !MAKES_THE_ACTOR.has(name))
      .filter(({ node }) => reachesOut(source, node))
      .filter(({ parameters }) => !isAllowed(source, parameters[0]))
      .map(({ name, node }) => finding(source, node, name));
  },
};

type Exported = {
  name: string;
  node: ts.FunctionLikeDeclaration;
  parameters: readonly ts.ParameterDeclaration[];
};

function exportedFunctions(statement: ts.Statement): Exported[] {
  if (!ts.canHaveModifiers(statement)) return [];
  if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isFunctionDeclaration(statement))
    return [{ name: statement.name?.text ?? 'default', node: statement, parameters: statement.parameters }];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
      ? [{ name: name.getText(), node: initializer, parameters: initializer.parameters }]
      : [],
  );
}

/** Only what waits, or opens a read or a write, can touch the database. */
function reachesOut({ syntax }: Source, node: ts.FunctionLikeDeclaration): boolean {
  if (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)) return true;
  if (/^(Promise|PromiseLike|AsyncGenerator)</.test(node.type?.getText(syntax) ?? '')) return true;
  return /\b(read|write|snapshot)\(/.test(node.body?.getText(syntax) ?? '');
}

function isAllowed({ syntax }: Source, first: ts.ParameterDeclaration | undefined): boolean {
  if (!first) return false;
  const type = first.type?.getText(syntax) ?? '';
  return WHO.has(first.name.getText(syntax)) || type === 'Actor' || CONNECTION.test(type);
}
