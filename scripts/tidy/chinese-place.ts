import ts from 'typescript';
import { finding, nodesOf, type Rule, type Source } from './source.ts';

const HAN = /\p{Script=Han}/u;

/** Files whose business is wording. */
const PLACES: readonly RegExp[] = [
  /(^|\/|-)(copy|words)\.ts$/,
  /\.svelte$/,
  /\.spec\.ts$/,
  /^(scripts|seeds|tests)\//,
  // The sentence of a field stands with its field.
  /\/forms\.ts$/,
  // What an operator reads in a terminal, in both languages.
  /^src\/lib\/server\/(settings|backup)\.ts$/,
  // 年, 月 and 日 are the format of a date, not a sentence.
  /^src\/lib\/kernel\/day\.ts$/,
];

export const chinesePlace: Rule = {
  name: 'chinese in its place',
  reason:
    'Chinese stands in copy.ts, *-copy.ts, words.ts, *-words.ts, forms.ts and pages, where whoever minds the wording finds it',
  look(source) {
    if (!/\.(ts|mjs|js)$/.test(source.path) || PLACES.some((place) => place.test(source.path))) return [];
    return [...nodesOf(source.syntax)]
      .filter((node) => isText(node) && HAN.test(node.getText(source.syntax)))
      .map((node) => finding(source, node, excerpt(source, node)));
  },
};

/** A word in a type ('男' | '女') is a value of the domain, not wording. */
function isText(node: ts.Node): boolean {
  if (node.parent && ts.isLiteralTypeNode(node.parent)) return false;
  return (
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node) ||
    ts.isRegularExpressionLiteral(node) ||
    ts.isIdentifier(node)
  );
}

function excerpt(source: Source, node: ts.Node): string {
  const text = node.getText(source.syntax).replaceAll('\n', ' ');
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
