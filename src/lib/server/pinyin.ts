import { pinyin } from 'pinyin-pro';

/** What names are ordered and searched by: `zhang san|zs`, full syllables and initials. */
export function pinyinKey(name: string): string {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive' });
  const initials = syllables.map((syllable) => syllable[0] ?? '').join('');
  return `${syllables.join('')}|${initials}`.toLowerCase();
}
