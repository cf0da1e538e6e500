/** What can be found by typing: the label and, where known, its pinyin with a space between syllables. */
export type Findable = { label: string; pinyin?: string | undefined; code?: string | undefined };

const fold = (text: string) => text.toLowerCase().replace(/\s+/g, '');

/**
 * Whether what was typed finds the entry: part of the label or of the code, the pinyin from the start of
 * any syllable (`yi` and `xiayi` find 夏邑, `iayi` does not), or its initials (`xyx` finds 夏邑县).
 * An empty query finds everything.
 */
export function isFoundBy(entry: Findable, query: string): boolean {
  const wanted = fold(query);
  if (wanted === '') return true;
  if (fold(entry.label).includes(wanted)) return true;
  if (entry.code?.startsWith(wanted)) return true;
  if (!entry.pinyin) return false;
  const syllables = entry.pinyin.toLowerCase().split(/\s+/).filter(Boolean);
  const initials = syllables.map((syllable) => syllable[0]).join('');
  if (initials.includes(wanted)) return true;
  return syllables.some((_, at) => syllables.slice(at).join('').startsWith(wanted));
}
