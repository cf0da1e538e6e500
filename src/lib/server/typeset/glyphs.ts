/** The characters a TrueType font can draw, read from its `cmap` table (formats 4 and 12). */
export function charactersOf(font: Buffer): Set<number> {
  const cmap = tableOffset(font, 'cmap');
  const drawn = new Set<number>();
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index += 1) {
    const at = cmap + font.readUInt32BE(cmap + 8 + 8 * index);
    const format = font.readUInt16BE(at);
    if (format === 4) addSegments(font, at, drawn);
    if (format === 12) addGroups(font, at, drawn);
  }
  return drawn;
}

function tableOffset(font: Buffer, tag: string): number {
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const at = 12 + 16 * index;
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8);
  }
  throw new Error(`font without a ${tag} table`);
}

function addSegments(font: Buffer, at: number, drawn: Set<number>): void {
  const length = font.readUInt16BE(at + 6);
  for (let offset = 0; offset < length; offset += 2) {
    const last = font.readUInt16BE(at + 14 + offset);
    const first = font.readUInt16BE(at + 16 + length + offset);
    for (let code = first; code <= last && code < 0xffff; code += 1) drawn.add(code);
  }
}

function addGroups(font: Buffer, at: number, drawn: Set<number>): void {
  for (let index = 0; index < font.readUInt32BE(at + 12); index += 1) {
    const group = at + 16 + 12 * index;
    for (let code = font.readUInt32BE(group); code <= font.readUInt32BE(group + 4); code += 1)
      drawn.add(code);
  }
}

/** Letters, digits, signs and punctuation take ink; spaces, marks and controls may have no glyph. */
const INK = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** How a character that the font lacks is set: its code, never an empty box. */
export function codeOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * The text with each character that the font cannot draw replaced by its code in brackets, `[U+2B810]`,
 * and those characters once each. A lone surrogate becomes U+FFFD first.
 */
export function withDrawableOnly(
  text: string,
  drawn: ReadonlySet<number>,
): { text: string; missing: string[] } {
  const missing = new Set<string>();
  const characters = Array.from(text.toWellFormed(), (character) => {
    if (drawn.has(character.codePointAt(0)!) || !INK.test(character)) return character;
    missing.add(character);
    return `[${codeOf(character)}]`;
  });
  return missing.size === 0 ? { text, missing: [] } : { text: characters.join(''), missing: [...missing] };
}
