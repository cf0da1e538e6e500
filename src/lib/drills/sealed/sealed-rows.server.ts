import { createHmac } from 'node:crypto';
import type { drillEntry } from '#lib/server/db/schema/drills.ts';
import type { Entry } from '../runs/run-log.ts';
import { decrypt, encrypt } from './slot.server.ts';

type Row = typeof drillEntry.$inferSelect;

/** Stands in a run's row for its script, its stage and the kind of its entries as long as it is sealed. */
export const SEALED_WORD = 'sealed';

/** What the clear columns of a sealed row say in place of a hash or a command's id: the same for the same, no more. */
export function maskOf(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

/**
 * An entry as it is stored while its drill is sealed: what happened, when, who and the hash itself are
 * encrypted; a plain hash over words that can be guessed would confirm the guess.
 */
export function sealEntry(key: Buffer, runId: string, entry: Entry, previousHash: string, hash: string): Row {
  const plain = Buffer.from(JSON.stringify({ entry, hash }));
  return {
    runId,
    seq: entry.seq,
    kind: SEALED_WORD,
    exerciseMs: 0,
    at: new Date(0),
    seatId: null,
    role: null,
    commandId: entry.command === null ? null : maskOf(key, entry.command),
    cause: null,
    body: { sealed: encrypt(key, padded(plain), `${runId}:${entry.seq}`).toString('base64') },
    previousHash: maskOf(key, previousHash),
    hash: maskOf(key, hash),
  };
}

/** Lengths in steps: how long a message is would tell an alarm from an acknowledgement. */
const STEP_BYTES = 1_024;

function padded(plain: Buffer): Buffer {
  return Buffer.concat([plain], Math.ceil((plain.length + 1) / STEP_BYTES) * STEP_BYTES);
}

/** The entry of a sealed row and its true hash. Throws when the row was changed. */
export function openEntry(key: Buffer, row: Row): { entry: Entry; hash: string } {
  const sealed = Buffer.from(String(row.body.sealed), 'base64');
  const plain = decrypt(key, sealed, `${row.runId}:${row.seq}`);
  if (!plain) throw new Error(`sealed entry ${row.seq} was changed`);
  return JSON.parse(plain.subarray(0, plain.indexOf(0)).toString('utf8'));
}
