import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings } from './settings.ts';

/** Names of the keys in DATA_DIR/keys; each is 32 random bytes, outside the database and its backups. */
type KeyName = 'id-number' | 'id-lookup' | 'card' | 'drill-seal';
const KEY_NAMES: readonly KeyName[] = ['id-number', 'id-lookup', 'card', 'drill-seal'];
/** The sealing key came later and has a fingerprint of its own: installations without it are not refused. */
const FINGERPRINTED = KEY_NAMES.filter((name) => name !== 'drill-seal');
const KEY_BYTES = 32;

/** As key objects: from bare bytes Node makes one at every use, which costs more than the cipher. */
const loaded = new Map<KeyName, KeyObject>();

function keyFile(name: KeyName): string {
  return join(settings().dataDir, 'keys', `${name}.key`);
}

function key(name: KeyName): KeyObject {
  const known = loaded.get(name);
  if (known) return known;
  const file = keyFile(name);
  if (!existsSync(file)) {
    mkdirSync(join(settings().dataDir, 'keys'), { recursive: true, mode: 0o700 });
    // `wx`: when two processes start at once, the second takes the first one's key.
    try {
      writeFileSync(file, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flag: 'wx' });
    } catch (reason) {
      if ((reason as NodeJS.ErrnoException).code !== 'EEXIST') throw reason;
    }
  }
  const bytes = Buffer.from(readFileSync(file, 'utf8'), 'base64');
  if (bytes.length !== KEY_BYTES) throw new Error(`key file ${name}.key does not hold ${KEY_BYTES} bytes`);
  const secret = createSecretKey(bytes);
  loaded.set(name, secret);
  return secret;
}

/** Fingerprint of the keys: stored in the database, so that a database with foreign keys is noticed. */
export function keysFingerprint(): string {
  const hash = createHash('sha256');
  for (const name of FINGERPRINTED)
    hash.update(createHmac('sha256', key(name)).update('fingerprint').digest());
  return hash.digest('base64url');
}

/** Puts exported keys in place before a restore; refuses to overwrite other keys. */
export function importKeys(keys: Record<string, string>): void {
  mkdirSync(join(settings().dataDir, 'keys'), { recursive: true, mode: 0o700 });
  for (const name of KEY_NAMES) {
    const text = keys[name];
    // Exported before there was one: this DATA_DIR makes its own.
    if (text === undefined && name === 'drill-seal') continue;
    if (text === undefined) throw new Error(`the key file lacks ${name}`);
    if (existsSync(keyFile(name)) && key(name).export().toString('base64') !== text)
      throw new Error(`DATA_DIR already holds another ${name}.key`);
    writeFileSync(keyFile(name), text, { mode: 0o600 });
    loaded.delete(name);
  }
}

/** The key files as text by name, for `backup --with-keys`. */
export function exportKeys(): Record<string, string> {
  return Object.fromEntries(KEY_NAMES.map((name) => [name, key(name).export().toString('base64')]));
}

const NONCE_BYTES = 12;
const TAG_END = NONCE_BYTES + 16;

/** AES-256-GCM with a fresh nonce: nonce, tag, body. */
export function sealBytes(bytes: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key('id-number'), nonce);
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Throws when the bytes were changed or sealed with another key. */
export function unsealBytes(sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key('id-number'), sealed.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, TAG_END));
  return Buffer.concat([decipher.update(sealed.subarray(TAG_END)), decipher.final()]);
}

/** Encrypts an ID number; the same number never looks the same twice. */
export function sealIdNumber(idNumber: string): string {
  return sealBytes(Buffer.from(idNumber, 'utf8')).toString('base64url');
}

export function openIdNumber(sealed: string): string {
  return unsealBytes(Buffer.from(sealed, 'base64url')).toString('utf8');
}

/** Keyed hash by which an ID number is found without decrypting anything. */
export function lookUpHash(idNumber: string): string {
  return createHmac('sha256', key('id-lookup')).update(idNumber).digest('base64url');
}

/** The 8-digit PIN of a card: computed from person and issue number, stored nowhere. */
export function cardPin(personId: string, issue: number): string {
  const digest = createHmac('sha256', key('card')).update(`${personId}:${issue}`).digest();
  return String(digest.readUInt32BE(0) % 100_000_000).padStart(8, '0');
}

/** A key for one purpose, drawn from the card key: 32 bytes, the same after every start. */
export function derivedKey(purpose: string): Buffer {
  return createHmac('sha256', key('card')).update(`derived:${purpose}`).digest();
}

/** Fingerprint of the sealing key: with another one every sealed slot would look like an empty one. */
export function sealFingerprint(): string {
  return createHmac('sha256', key('drill-seal')).update('fingerprint').digest('base64url');
}

/** What wraps the key of a sealed slot for one holder: HKDF of the sealing key, 32 bytes. */
export function slotKey(slotId: string, holderId: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key('drill-seal'), slotId, `holder:${holderId}`, 32));
}

/** The seed of a day's draws, as hex: its SHA-256 is public from that day on, the seed after a drill. */
export function daySeed(day: string): string {
  return createHmac('sha256', key('drill-seal')).update(`commitment:${day}`).digest('hex');
}
