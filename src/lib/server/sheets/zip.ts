import { inflateRawSync } from 'node:zlib';
import { refuseSheet } from './sheet-copy.ts';

/** What is inside, by path; folders are left out. */
export type Unpacked = { entries: Map<string, Buffer>; bytes: number };

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

type Entry = { path: string; method: number; packed: number; at: number; size: number };

/**
 * Unpacks a zip held in memory, never more than `bytesMax` in all. The sizes written in its directory are
 * looked at first, but not believed: every entry is inflated against what is left of the allowance.
 * Refuses `sheet_unpacks_too_large`, `sheet_encrypted` (a password on an entry) and `sheet_corrupt`.
 */
export function unzip(bytes: Buffer, bytesMax: number): Unpacked {
  const listed = directory(bytes);
  const promised = listed.reduce((sum, entry) => sum + entry.size, 0);
  if (promised > bytesMax) throw refuseSheet('sheet_unpacks_too_large');
  const entries = new Map<string, Buffer>();
  let total = 0;
  for (const entry of listed) {
    if (entry.path.endsWith('/')) continue;
    const content = inflated(bytes, entry, bytesMax - total);
    total += content.length;
    entries.set(entry.path, content);
  }
  return { entries, bytes: total };
}

function directory(bytes: Buffer): Entry[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END)
    throw refuseSheet('sheet_corrupt');
  const count = bytes.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw refuseSheet('sheet_corrupt');
    if ((bytes.readUInt16LE(at + 8) & 1) === 1) throw refuseSheet('sheet_encrypted');
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString('utf8');
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    entries.push({
      path: name.replaceAll('\\', '/').replace(/^\//, ''),
      method: bytes.readUInt16LE(at + 10),
      ...wideSizes(
        extra,
        bytes.readUInt32LE(at + 24),
        bytes.readUInt32LE(at + 20),
        bytes.readUInt32LE(at + 42),
      ),
    });
    at += 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** Some writers put 64-bit sizes beside the entry even when the file is small. */
function wideSizes(extra: Buffer, size: number, packed: number, at: number) {
  const sizes = { size, packed, at };
  for (let from = 0; from + 4 <= extra.length; from += 4 + extra.readUInt16LE(from + 2)) {
    if (extra.readUInt16LE(from) !== 1) continue;
    let field = from + 4;
    for (const key of ['size', 'packed', 'at'] as const) {
      if (sizes[key] !== 0xffffffff || field + 8 > extra.length) continue;
      sizes[key] = Number(extra.readBigUInt64LE(field));
      field += 8;
    }
  }
  return sizes;
}

function inflated(bytes: Buffer, entry: Entry, allowance: number): Buffer {
  if (entry.at + 30 > bytes.length || bytes.readUInt32LE(entry.at) !== LOCAL)
    throw refuseSheet('sheet_corrupt');
  const from = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
  const packed = bytes.subarray(from, from + entry.packed);
  if (packed.length !== entry.packed) throw refuseSheet('sheet_corrupt');
  if (entry.method === 0) {
    if (packed.length > allowance) throw refuseSheet('sheet_unpacks_too_large');
    return packed;
  }
  if (entry.method !== 8) throw refuseSheet('sheet_corrupt');
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, allowance) });
  } catch (error) {
    const overflowed = error instanceof RangeError;
    throw refuseSheet(overflowed ? 'sheet_unpacks_too_large' : 'sheet_corrupt');
  }
}
