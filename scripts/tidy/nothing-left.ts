import { findingsOf, isCode, type Rule } from './source.ts';

export const nothingLeft: Rule = {
  name: 'nothing left to do',
  reason: 'what is worth doing is done or written where work is planned; a note in the code is neither',
  look(source) {
    if (!isCode(source.path) || source.path.startsWith('scripts/tidy/')) return [];
    return findingsOf(source, /\b(TODO|FIXME|XXX|HACK)\b/, (match) => match);
  },
};
