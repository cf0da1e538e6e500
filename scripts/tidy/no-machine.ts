import { findingsOf, type Rule } from './source.ts';

/** Written apart, so that this file does not find itself. */
const PATHS = ['work', 'root', 'tmp', 'home', 'Users'].join('|');
const REGISTRIES = ['registry.npmjs', 'registry.npmmirror', 'registry.yarnpkg', 'npmmirror.com'].join('|');
const PATTERN = new RegExp(`(^|[\\s'"\`(=:])/(${PATHS})/|${REGISTRIES.replaceAll('.', '\\.')}`);

export const noMachine: Rule = {
  name: 'no machine',
  reason:
    'a path or a registry of one machine is wrong on every other: use the DATA_DIR, os.tmpdir() and the npm client’s own settings',
  look(source) {
    if (source.path.startsWith('scripts/tidy/') || source.path === 'package-lock.json') return [];
    return findingsOf(source, PATTERN, (match) => match.trim());
  },
};
