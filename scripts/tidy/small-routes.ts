import { isSpec, type Rule } from './source.ts';

const LINES_MAX = 60;

export const smallRoutes: Rule = {
  name: 'small routes',
  reason: `a route asks a feature and shows the answer: more than ${LINES_MAX} lines is a decision that belongs to the feature`,
  look({ path, lines }) {
    if (isSpec(path) || !/^src\/routes\/.*\+(page|layout)?(\.server|server)?\.ts$/.test(path)) return [];
    const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
    return count > LINES_MAX ? [{ path, line: LINES_MAX + 1, what: `${count} lines` }] : [];
  },
};
