/** Text as GB18030 bytes: the platform only decodes, so the table is the decoder's, turned round. */
export function gb18030(text: string): Buffer {
  const table = encodings();
  return Buffer.concat(Array.from(text).map((character) => table.get(character) ?? beyond(character.codePointAt(0)!)));
}

let made: Map<string, Buffer> | undefined;

function encodings(): Map<string, Buffer> {
  if (made) return made;
  made = new Map();
  const decoder = new TextDecoder('gb18030');
  const add = (...bytes: number[]) => {
    const code = Buffer.from(bytes);
    const character = decoder.decode(code);
    if (Array.from(character).length === 1 && character !== '\ufffd' && !made!.has(character)) made!.set(character, code);
  };
  for (let one = 0; one < 0x80; one += 1) add(one);
  for (let high = 0x81; high <= 0xfe; high += 1) for (let low = 0x40; low <= 0xfe; low += 1) add(high, low);
  for (let pointer = 0; pointer < 39_420; pointer += 1) add(...four(pointer));
  return made;
}

/** Characters outside the basic plane stand in order from the pointer 189,000. */
function beyond(codePoint: number): Buffer {
  return Buffer.from(four(codePoint - 0x10000 + 189_000));
}

function four(pointer: number): number[] {
  const [a, b, c] = [Math.floor(pointer / 12_600), Math.floor(pointer / 1260) % 10, Math.floor(pointer / 10) % 126];
  return [0x81 + a, 0x30 + b, 0x81 + c, 0x30 + (pointer % 10)];
}
