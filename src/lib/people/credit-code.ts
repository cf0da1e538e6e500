const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The eighteenth character of a 统一社会信用代码 for the first seventeen (GB 32100). */
export function creditCodeCheckCharacter(seventeen: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of seventeen) {
    sum += weight * ALPHABET.indexOf(character);
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}

/** Whether a cleaned, upper-case text is a 统一社会信用代码: 18 of 31 characters, the last one checks. */
export function isCreditCode(text: string): boolean {
  if (text.length !== 18) return false;
  if (Array.from(text).some((character) => !ALPHABET.includes(character))) return false;
  return creditCodeCheckCharacter(text.slice(0, 17)) === text[17];
}
