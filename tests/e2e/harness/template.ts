import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dayOf } from '#lib/kernel/day.ts';
import { inherited } from './browser.ts';
import { onTestClock, testNow } from './clock.ts';

/**
 * A DATA_DIR with the demo counties, prepared once and copied for every server. It is kept as long as
 * nothing it is made from changes and the day is the same: the demo tells of a year up to today.
 */
const CACHE = '.cache/e2e-template';
const MADE_FROM = ['drizzle', 'seeds', 'scripts/prepare-database.ts', 'src/lib', 'package-lock.json'];

export function prepareTemplate(): string {
  const folder = resolve(CACHE, fingerprint());
  if (existsSync(join(folder, 'lianbing.db'))) return folder;
  rmSync(resolve(CACHE), { recursive: true, force: true });
  const beside = `${folder}.${process.pid}`;
  mkdirSync(beside, { recursive: true });
  const { status, stdout, stderr } = spawnSync('node', ['scripts/prepare-database.ts'], {
    env: { ...inherited(), ...onTestClock(), DATA_DIR: beside, DATABASE_URL: '', LIANBING_DEMO: '1' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the demo counties could not be loaded:\n${stdout}${stderr}`);
  renameSync(beside, folder);
  return folder;
}

/** A DATA_DIR of one's own, as the demo counties leave it. */
export function copyTemplate(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `lianbing-${name}-`));
  cpSync(prepareTemplate(), folder, { recursive: true });
  return folder;
}

function fingerprint(): string {
  const hash = createHash('sha256').update(dayOf(testNow()));
  for (const path of MADE_FROM) addTo(hash, path);
  return hash.digest('hex').slice(0, 16);
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  if (!statSync(path).isDirectory())
    return void (/\.(svelte|spec\.ts)$/.test(path) || hash.update(path).update(readFileSync(path)));
  for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
}
