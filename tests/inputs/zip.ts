import { crc32, deflateRawSync } from 'node:zlib';

/** An entry written as given, so that its size can lie. */
export type RawEntry = { packed: Buffer; size: number };

/** A small zip, for files that no program would write. */
export function zipOf(
  files: Record<string, string | Buffer>,
  raw: Record<string, RawEntry> = {},
  { encrypted = false } = {},
): Buffer {
  const entries = [
    ...Object.entries(files).map(([path, content]) => {
      const bytes = Buffer.from(content as string);
      return { path, packed: deflateRawSync(bytes), size: bytes.length, crc: crc32(bytes) };
    }),
    ...Object.entries(raw).map(([path, entry]) => ({ path, ...entry, crc: 0 })),
  ];
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { path, packed, size, crc } of entries) {
    const name = Buffer.from(path);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    const listed = Buffer.alloc(46);
    listed.writeUInt32LE(0x02014b50, 0);
    listed.writeUInt16LE(encrypted ? 1 : 0, 8);
    listed.writeUInt16LE(8, 10);
    listed.writeUInt32LE(crc, 16);
    listed.writeUInt32LE(packed.length, 20);
    listed.writeUInt32LE(size, 24);
    listed.writeUInt16LE(name.length, 28);
    listed.writeUInt32LE(at, 42);
    parts.push(local, name, packed);
    central.push(listed, name);
    at += local.length + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(central).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...central, end]);
}
