import type { Rule } from './source.ts';

/** Inside a dialog, a drawer or a list that only script puts there, the script is awake by nature. */
const MADE_BY_SCRIPT = ['Dialog', 'Drawer', 'ToastRegion', 'FileDrop'].map(
  (part) => `src/lib/ui/${part}.svelte`,
);

export const awakeButtons: Rule = {
  name: 'awake buttons',
  reason:
    'a button that only script answers is disabled until the script has taken over (src/lib/ui/script.svelte.ts): a press on a page still loading did nothing, and a browser test failed for it twice',
  look(source) {
    if (!source.path.endsWith('.svelte') || MADE_BY_SCRIPT.includes(source.path)) return [];
    return [...source.text.matchAll(/<button\b[^]*?\btype="button"[^]*?onclick=/g)]
      .filter(([tag]) => !tag.includes('script.awake'))
      .map(({ index }) => ({
        path: source.path,
        line: source.text.slice(0, index).split('\n').length,
        what: '<button type="button"> without disabled={!script.awake}',
      }));
  },
};
