import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';

/**
 * Unpacks `name.br` and `name.tar.br` files into a folder, once: beside it first, then renamed, so that a
 * run that is killed leaves nothing that looks finished.
 */
export async function unpackInto(folder: string, archives: readonly string[]): Promise<void> {
  if (existsSync(folder)) return;
  const beside = `${folder}.${process.pid}`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true });
  await Promise.all(archives.map((archive) => unpack(archive, beside)));
  if (!existsSync(folder)) renameSync(beside, folder);
  rmSync(beside, { recursive: true, force: true });
}

async function unpack(archive: string, folder: string): Promise<void> {
  const name = basename(archive).replace(/(\.tar)?\.br$/, '');
  const packed = createReadStream(archive);
  if (!archive.endsWith('.tar.br')) {
    await pipeline(packed, createBrotliDecompress(), createWriteStream(join(folder, name), { mode: 0o755 }));
    return;
  }
  mkdirSync(join(folder, name));
  const tar = spawn('tar', ['-x', '--no-same-owner', '-C', join(folder, name)], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(tar, 'exit') as Promise<[number]>;
  await pipeline(packed, createBrotliDecompress(), tar.stdin);
  const [status] = await ended;
  if (status !== 0) throw new Error(`tar could not unpack ${archive}`);
}
