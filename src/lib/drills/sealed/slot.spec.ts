import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONTENT_BYTES_MAX,
  emptySlot,
  keyIn,
  openSlot,
  packContent,
  sealSlot,
  SLOT_BYTES,
  SLOT_ENTRIES,
} from './slot.server.ts';

const wrap = (holderId: string) => createHash('sha256').update(`a key for ${holderId}`).digest();
const sealed = (content: unknown, holders: string[], id = 'slot-1') => {
  const key = randomBytes(32);
  return { key, slot: sealSlot(id, packContent(content)!, key, holders, wrap) };
};

describe('a slot', () => {
  it('gives its key to its holders and to nobody else, and its content back', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: SLOT_ENTRIES }),
        fc.jsonValue(),
        (holders, content) => {
          const { key, slot } = sealed({ content }, holders);
          for (const holder of holders) expect(keyIn('slot-1', slot, holder, wrap)).toEqual(key);
          expect(keyIn('slot-1', slot, 'a stranger', wrap)).toBeNull();
          expect(openSlot('slot-1', slot, key)).toEqual(JSON.parse(JSON.stringify({ content })));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is of one size and shows no pattern, full or empty', () => {
    const { slot } = sealed({ title: '双盲'.repeat(10_000) }, ['one', 'two']);
    for (const bytes of [slot, emptySlot()]) {
      expect(bytes).toHaveLength(SLOT_BYTES);
      // What is not chance can be packed.
      expect(gzipSync(bytes).length).toBeGreaterThan(SLOT_BYTES);
      const counts = new Array<number>(256).fill(0);
      for (const byte of bytes) counts[byte]! += 1;
      const even = SLOT_BYTES / 256;
      const chiSquare = counts.reduce((sum, count) => sum + (count - even) ** 2 / even, 0);
      expect(chiSquare).toBeGreaterThan(150);
      expect(chiSquare).toBeLessThan(400);
    }
    expect(slot.includes(Buffer.from('双盲'))).toBe(false);
  });

  it('looks different each time the same is sealed, with the places of its holders moved', () => {
    const key = randomBytes(32);
    const packed = packContent({ title: '同一场' })!;
    const [first, second] = [1, 2].map(() => sealSlot('slot-1', packed, key, ['one'], wrap));
    let same = 0;
    for (let at = 0; at < SLOT_BYTES; at++) if (first![at] === second![at]) same += 1;
    expect(same / SLOT_BYTES).toBeLessThan(0.01);
  });

  it('opens in its own place only, and not when a byte was changed', () => {
    const { key, slot } = sealed({ title: '一' }, ['one']);
    expect(keyIn('slot-2', slot, 'one', wrap)).toBeNull();
    expect(() => openSlot('slot-2', slot, key)).toThrow('changed');
    slot[SLOT_BYTES - 1]! ^= 1;
    expect(() => openSlot('slot-1', slot, key)).toThrow('changed');
  });

  it('takes what fits, to the byte, and says when something does not', () => {
    const full = CONTENT_BYTES_MAX - 40;
    expect(packContent(randomBytes(full * 2).toString('hex'))).toBeNull();
    expect(packContent('x'.repeat(full))!.length).toBeLessThan(CONTENT_BYTES_MAX);
    expect(() =>
      sealed(
        {},
        Array.from({ length: SLOT_ENTRIES + 1 }, (_, at) => `h${at}`),
      ),
    ).toThrow('places');
  });
});
