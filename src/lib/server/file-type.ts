import { open } from 'node:fs/promises';

const SIGNATURES: readonly { type: string; at: number; bytes: readonly number[] }[] = [
  { type: 'application/pdf', at: 0, bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { type: 'image/png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47] },
  { type: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/webp', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
  { type: 'image/heic', at: 4, bytes: [0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69] },
  { type: 'audio/mp4', at: 4, bytes: [0x66, 0x74, 0x79, 0x70, 0x4d, 0x34, 0x41] },
  { type: 'audio/3gpp', at: 4, bytes: [0x66, 0x74, 0x79, 0x70, 0x33, 0x67, 0x70] },
  { type: 'video/mp4', at: 4, bytes: [0x66, 0x74, 0x79, 0x70] },
  { type: 'video/webm', at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3] },
  { type: 'audio/amr', at: 0, bytes: [0x23, 0x21, 0x41, 0x4d, 0x52] },
  { type: 'audio/mpeg', at: 0, bytes: [0x49, 0x44, 0x33] },
  { type: 'audio/ogg', at: 0, bytes: [0x4f, 0x67, 0x67, 0x53] },
  { type: 'audio/wav', at: 8, bytes: [0x57, 0x41, 0x56, 0x45] },
  { type: 'application/zip', at: 0, bytes: [0x50, 0x4b, 0x03, 0x04] },
];
const ZIP_NAMES: Record<string, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** The type of a file by its first bytes; the name decides only between the kinds of zip and of text. */
export async function sniffType(file: string, name: string): Promise<string> {
  const handle = await open(file);
  const head = Buffer.alloc(32);
  try {
    await handle.read(head, 0, head.length, 0);
  } finally {
    await handle.close();
  }
  const extension = name.toLowerCase().split('.').at(-1) ?? '';
  const found = SIGNATURES.find(({ at, bytes }) => bytes.every((byte, index) => head[at + index] === byte));
  if (found?.type === 'application/zip') return ZIP_NAMES[extension] ?? found.type;
  if (found) return found.type;
  return head.toString('utf8').startsWith('WEBVTT') ? 'text/vtt' : 'application/octet-stream';
}

/** What a browser may show in place; everything else is sent as an attachment. */
export function mayShowInline(type: string): boolean {
  return /^(image\/(png|jpeg|webp)|video\/(mp4|webm)|audio\/(mp4|mpeg|ogg|wav)|application\/pdf|text\/vtt)$/.test(
    type,
  );
}
