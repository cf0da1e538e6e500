import { isCode, type Rule } from './source.ts';

const LINES_MAX = 400;

export const fileSize: Rule = {
  name: 'file size',
  reason: `a file of more than ${LINES_MAX} lines is scrolled, not read: split it by what its parts are about`,
  look({ path, lines }) {
    const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
    if (count <= LINES_MAX || !(isCode(path) || path.endsWith('.css'))) return [];
    return [{ path, line: LINES_MAX + 1, what: `${count} lines` }];
  },
};
