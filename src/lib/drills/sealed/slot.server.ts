import { createCipheriv, createDecipheriv, randomBytes, randomInt } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';

/**
 * A slot: bytes of one fixed size that are a sealed drill or nothing at all, and nobody without the sealing
 * key can tell which. In front 24 places for the drill's key, each wrapped for one holder or random; then
 * the drill, encrypted, filled up with chance.
 */

/** A drill with its script, lists and a scanned approval; every change writes all slots anew. */
export const SLOT_BYTES = 256 * 1024;
export const SLOT_ENTRIES = 24;
export const SLOT_KEY_BYTES = 32;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ENTRY_BYTES = NONCE_BYTES + TAG_BYTES + SLOT_KEY_BYTES;
const BODY_AT = SLOT_ENTRIES * ENTRY_BYTES;
const LENGTH_BYTES = 4;
/** How many bytes a drill may have when packed. */
export const CONTENT_BYTES_MAX = SLOT_BYTES - BODY_AT - NONCE_BYTES - TAG_BYTES - LENGTH_BYTES;

/** What wraps keys for a holder of this slot. */
export type Wrap = (holderId: string) => Buffer;

/** A slot without a drill. */
export function emptySlot(): Buffer {
  return randomBytes(SLOT_BYTES);
}

/** Content as bytes, or null when it is too much for a slot. */
export function packContent(content: unknown): Buffer | null {
  const packed = deflateSync(JSON.stringify(content), { level: 6 });
  return packed.length <= CONTENT_BYTES_MAX ? packed : null;
}

/** Seals packed content under a key that only the named holders can take out. Throws for too many of them. */
export function sealSlot(
  slotId: string,
  packed: Buffer,
  key: Buffer,
  holderIds: readonly string[],
  wrap: Wrap,
): Buffer {
  if (holderIds.length > SLOT_ENTRIES) throw new Error('more holders than a slot has places');
  const slot = randomBytes(SLOT_BYTES);
  const places = shuffled(SLOT_ENTRIES);
  for (const [at, holderId] of holderIds.entries())
    encrypt(wrap(holderId), key, slotId).copy(slot, places[at]! * ENTRY_BYTES);
  const plain = randomBytes(LENGTH_BYTES + CONTENT_BYTES_MAX);
  plain.writeUInt32BE(packed.length);
  packed.copy(plain, LENGTH_BYTES);
  encrypt(key, plain, slotId).copy(slot, BODY_AT);
  return slot;
}

/** Places in random order: the first one would say how many are used. */
function shuffled(count: number): number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  for (let at = count - 1; at > 0; at--) {
    const other = randomInt(at + 1);
    [places[at], places[other]] = [places[other]!, places[at]!];
  }
  return places;
}

/** The key of the slot, if it holds one for this holder. Every place is tried, whatever the first ones say. */
export function keyIn(slotId: string, slot: Buffer, holderId: string, wrap: Wrap): Buffer | null {
  const secret = wrap(holderId);
  let found: Buffer | null = null;
  for (let place = 0; place < SLOT_ENTRIES; place++) {
    const entry = slot.subarray(place * ENTRY_BYTES, (place + 1) * ENTRY_BYTES);
    const key = decrypt(secret, entry, slotId);
    found ??= key;
  }
  return found;
}

/** What the slot holds under its key. Throws when its bytes were changed. */
export function openSlot(slotId: string, slot: Buffer, key: Buffer): unknown {
  const plain = decrypt(key, slot.subarray(BODY_AT), slotId);
  if (!plain) throw new Error('a sealed slot was changed');
  const length = plain.readUInt32BE();
  return JSON.parse(inflateSync(plain.subarray(LENGTH_BYTES, LENGTH_BYTES + length)).toString('utf8'));
}

/** AES-256-GCM with a fresh nonce, bound to a context: nonce, tag, body. */
export function encrypt(key: Buffer, plain: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Null when the bytes are not of this key and context. */
export function decrypt(key: Buffer, sealed: Buffer, context: string): Buffer | null {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const body = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([body, decipher.final()]);
  } catch {
    // Not this holder's place, or nobody's: what GCM says by throwing.
    return null;
  }
}
