import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { eq } from 'drizzle-orm';
import { refuser } from '#lib/kernel/refused.ts';
import { read, write, type Tx } from '#lib/server/db/open.ts';
import { upload } from '#lib/server/db/schema/platform.ts';
import { newId } from '#lib/server/id.ts';
import { sealBytes, unsealBytes } from '#lib/server/keys.ts';
import { settings } from '#lib/server/settings.ts';
import { sniffType } from './file-type.ts';
import { storageSentences } from './storage-copy.ts';

const refuse = refuser(storageSentences);

/** What a stored file belongs to and who gave it. */
export type UploadOrigin = {
  name: string;
  /** `session:<id>`, `import:<id>`: whoever may read that may read this. */
  about: string;
  path: string;
  byAccount: string;
  now: Date;
};

export type Upload = typeof upload.$inferSelect;

const SEALED = '.sealed';
const SEALED_TYPE = 'application/x-sealed';

function folder(): string {
  return join(settings().dataDir, 'uploads');
}

function fileOf(sha256: string): string {
  return join(folder(), sha256);
}

/**
 * Takes a file as it streams in, never whole in memory, and stores it under its hash. Its type is told
 * by its content. Refused: larger than `bytesMax` (file_too_large), empty (file_empty).
 */
export async function storeFile(
  file: File,
  bytesMax: number,
  origin: Omit<UploadOrigin, 'name'>,
): Promise<Upload> {
  await mkdir(folder(), { recursive: true });
  const temporary = join(folder(), `incoming-${randomUUID()}`);
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > bytesMax)
        return done(refuse('file_too_large', { megabytes: Math.floor(bytesMax / 1_048_576) }));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(Readable.fromWeb(file.stream() as never), measure, createWriteStream(temporary));
    if (bytes === 0) throw refuse('file_empty');
    const sha256 = hash.digest('hex');
    await rename(temporary, fileOf(sha256));
    return await remember({ ...origin, name: file.name }, sha256, bytes);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Stores bytes the program made or read itself; see {@link storeFile}. */
export async function storeBytes(bytes: Uint8Array, origin: UploadOrigin): Promise<Upload> {
  await mkdir(folder(), { recursive: true });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await writeFile(fileOf(sha256), bytes);
  return await remember(origin, sha256, bytes.length);
}

async function remember(origin: UploadOrigin, sha256: string, bytes: number): Promise<Upload> {
  const { name, about, path, byAccount, now } = origin;
  const type = await sniffType(fileOf(sha256), name);
  const row = { id: newId(), sha256, name: name.slice(-180), type, bytes, about, path, byAccount, at: now };
  await write(`upload:${row.id}`, (tx: Tx) => tx.insert(upload).values(row));
  return row;
}

/**
 * Stores a file that holds ID numbers: encrypted on the disk like the numbers in the database, and never
 * served as it is.
 */
export async function storeSealed(bytes: Uint8Array, origin: UploadOrigin): Promise<Upload> {
  await mkdir(folder(), { recursive: true });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await writeFile(`${fileOf(sha256)}${SEALED}`, sealBytes(bytes));
  const { name, about, path, byAccount, now } = origin;
  const row = { id: newId(), sha256: `${sha256}${SEALED}`, name: name.slice(-180), type: SEALED_TYPE };
  const whole = { ...row, bytes: bytes.length, about, path, byAccount, at: now };
  await write(`upload:${row.id}`, (tx: Tx) => tx.insert(upload).values(whole));
  return whole;
}

/** Whether a file is encrypted on the disk: such a file is never served. */
export function isSealed(stored: Pick<Upload, 'type'>): boolean {
  return stored.type === SEALED_TYPE;
}

export async function openSealed(stored: Upload): Promise<Uint8Array> {
  return unsealBytes(await readFile(fileOf(stored.sha256)));
}

export async function findUpload(id: string): Promise<Upload | null> {
  const [row] = await read((db) => db.select().from(upload).where(eq(upload.id, id)));
  return row ?? null;
}

/** Uploads of one thing, latest first. */
export async function listUploads(about: string): Promise<Upload[]> {
  const rows = await read((db) => db.select().from(upload).where(eq(upload.about, about)));
  return rows.toSorted((a, b) => b.at.getTime() - a.at.getTime());
}

export async function uploadBytes(stored: Upload): Promise<Uint8Array> {
  return new Uint8Array(await readFile(fileOf(stored.sha256)));
}

export function openUpload(stored: Upload, range?: { start: number; end: number }): ReadStream {
  return createReadStream(fileOf(stored.sha256), range);
}

/** Whether the bytes of an upload are there (for `verify`). */
export async function isStored(stored: Pick<Upload, 'sha256'>): Promise<boolean> {
  return access(fileOf(stored.sha256)).then(
    () => true,
    () => false,
  );
}
