import { sourceOf, type Rule } from './source.ts';

/** What a rule finds in files given as text, as `path:line what`: for the specs of the rules. */
export function lookAt(rule: Rule, files: Record<string, string>): string[] {
  const all = Object.entries(files).map(([path, text]) => sourceOf(path, text));
  return all
    .flatMap((source) => rule.look(source, all))
    .map(({ path, line, what }) => `${path}:${line} ${what}`);
}
