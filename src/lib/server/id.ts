import { randomFillSync } from 'node:crypto';
import { uuidv7 } from '#lib/kernel/id.ts';

const pool = new Uint8Array(10 * 256);
let used = pool.length;

/** A new row id. */
export function newId(): string {
  if (used >= pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 10;
  return uuidv7(Date.now(), pool.subarray(used - 10, used));
}
