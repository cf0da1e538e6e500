import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { derivedKey } from '#lib/server/keys.ts';

/**
 * The place in a run's log as a stream tells it: one encrypted block. A bare number would show a player of
 * a blind drill, by its gaps, that things happen which he may not see.
 */
export function cursorOf(runId: string, seq: number): string {
  const cipher = createCipheriv('aes-256-ecb', derivedKey('drill-cursor'), null).setAutoPadding(false);
  return Buffer.concat([cipher.update(blockOf(runId, seq)), cipher.final()]).toString('base64url');
}

/** The place a cursor stands for; 0, the beginning, for what is none of this run's. */
export function seqOf(runId: string, cursor: string | null): number {
  const sealed = Buffer.from(cursor ?? '', 'base64url');
  if (sealed.length !== 16) return 0;
  const decipher = createDecipheriv('aes-256-ecb', derivedKey('drill-cursor'), null).setAutoPadding(false);
  const block = Buffer.concat([decipher.update(sealed), decipher.final()]);
  const seq = Number(block.readBigUInt64BE(8));
  return Number.isSafeInteger(seq) && block.equals(blockOf(runId, seq)) ? seq : 0;
}

function blockOf(runId: string, seq: number): Buffer {
  const block = Buffer.alloc(16);
  createHash('sha256').update(runId).digest().copy(block, 0, 0, 8);
  block.writeBigUInt64BE(BigInt(seq), 8);
  return block;
}
