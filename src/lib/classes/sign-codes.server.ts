import { createHmac, timingSafeEqual } from 'node:crypto';

/** The code on the wall changes every 15 seconds; the one before is still good. */
export const CODE_STEP_MS = 15_000;
const CODE_LENGTH = 20;
/** A code this old was once true: somebody was slow, nobody guessed. */
const STALE_STEPS_MAX = 80;
/** How long a device that scanned in time may take to log in and press the button. */
const PASS_MS_MAX = 10 * 60_000;

export function stepOf(now: Date): number {
  return Math.floor(now.getTime() / CODE_STEP_MS);
}

/** Milliseconds until the code changes. */
export function msToNextCode(now: Date): number {
  return (stepOf(now) + 1) * CODE_STEP_MS - now.getTime();
}

function mac(secret: string, text: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}

/** The code in the QR's link at a step: 20 characters of the URL alphabet. */
export function codeAt(secret: string, step: number): string {
  return mac(secret, `code:${step}`).toString('base64url').slice(0, CODE_LENGTH);
}

/** The six digits beside the QR at a step. */
export function digitsAt(secret: string, step: number): string {
  return String(mac(secret, `digits:${step}`).readUInt32BE(0) % 1_000_000).padStart(6, '0');
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** fresh: good now · stale: was good a while ago · wrong: never was. */
export type CodeVerdict = 'fresh' | 'stale' | 'wrong';

export function judgeCode(secret: string, code: string, now: Date): CodeVerdict {
  const step = stepOf(now);
  if (same(code, codeAt(secret, step)) || same(code, codeAt(secret, step - 1))) return 'fresh';
  for (let back = 2; back <= STALE_STEPS_MAX; back += 1)
    if (same(code, codeAt(secret, step - back))) return 'stale';
  return 'wrong';
}

/** Digits of this step or the one before; spaces between them do not count. */
export function areDigitsFresh(secret: string, digits: string, now: Date): boolean {
  const plain = digits.replace(/\s/g, '');
  const step = stepOf(now);
  return same(plain, digitsAt(secret, step)) || same(plain, digitsAt(secret, step - 1));
}

/** Proof that this device scanned a fresh code at `scannedAt`: good for ten minutes, through a log-in. */
export function passFor(secret: string, device: string, scannedAt: Date): string {
  const time = scannedAt.getTime();
  return `${time}.${mac(secret, `pass:${device}:${time}`).toString('base64url').slice(0, 32)}`;
}

export function isPassGood(secret: string, pass: string, device: string, now: Date): boolean {
  const time = Number(pass.split('.')[0]);
  if (!Number.isSafeInteger(time)) return false;
  const age = now.getTime() - time;
  return age >= 0 && age <= PASS_MS_MAX && same(pass, passFor(secret, device, new Date(time)));
}

/** About one sign-in in twenty, always the same ones, is looked at by the clerk. */
export function isDrawnForCheck(secret: string, personId: string): boolean {
  return mac(secret, `check:${personId}`).readUInt32BE(0) % 20 === 0;
}
