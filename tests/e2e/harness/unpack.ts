import { spawnSync } from 'node:child_process';
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
  const isTar = archive.endsWith('.tar.br');
  const name = basename(archive).replace(/(\.tar)?\.br$/, '');
  const plain = join(folder, isTar ? `${name}.tar` : name);
  await pipeline(
    createReadStream(archive),
    createBrotliDecompress(),
    createWriteStream(plain, { mode: 0o755 }),
  );
  if (!isTar) return;
  // From a file, not by a pipe: tar stops reading at the end mark and may close the pipe on what follows.
  mkdirSync(join(folder, name));
  const { status, stderr } = spawnSync('tar', ['-xf', plain, '--no-same-owner', '-C', join(folder, name)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`tar could not unpack ${archive}: ${stderr}`);
  rmSync(plain);
}
