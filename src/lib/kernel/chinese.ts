/** Spaces of any kind that offices paste into cells: full-width, no-break, zero-width, tab, line break, BOM. */
const SPACES = /[\s\u00a0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]+/gu;

export function withoutSpaces(text: string): string {
  return text.replace(SPACES, '');
}

/** Full-width letters, digits and signs to their ASCII forms; everything else untouched (unlike NFKC). */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/gu, (character) =>
    String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  );
}

/** 张丽丽 → 张*丽, 张丽 → 张*, for pages anybody may open. */
export function maskedName(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= 1) return '*';
  if (characters.length === 2) return `${characters[0]}*`;
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`;
}

const GROUPED = new Intl.NumberFormat('zh-CN');
export function grouped(value: number): string {
  return GROUPED.format(value);
}

/** Rate as a percentage with one decimal; a zero denominator shows a dash (domain: rates). */
export function rateText(numerator: number, denominator: number): string {
  if (denominator === 0) return '—';
  return `${(Math.floor((numerator * 1000) / denominator) / 10).toFixed(1)}%`;
}
