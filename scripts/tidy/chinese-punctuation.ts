import { findingsOf, type Rule } from './source.ts';

const PLACES = [/^src\/.*(copy|forms)\.ts$/, /^src\/.*\.svelte$/];

export const chinesePunctuation: Rule = {
  name: 'chinese punctuation',
  reason: 'Chinese takes full-width punctuation, and an office does not shout: no exclamation marks',
  look(source) {
    if (!PLACES.some((place) => place.test(source.path))) return [];
    return findingsOf(source, /\p{Script=Han}[,;:?!]\p{Script=Han}|！/u, (match) => match);
  },
};
