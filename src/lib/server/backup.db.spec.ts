import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { read } from '#lib/server/db/open.ts';
import { account, division, event, fact } from '#lib/server/db/schema/index.ts';
import { storeBytes } from '#lib/server/storage.ts';
import { RestoreError, restoreBackup, writeBackup } from './backup.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lianbing-backup-'));
const elsewhere = join(scratch, 'elsewhere');
const fromElsewhere = join(scratch, 'from-elsewhere.gz');
const at = new Date('2026-03-05T02:00:00Z');

/** Runs the operator's command line on a SQLite installation of its own. */
function lianbing(dataDir: string, ...words: string[]): string {
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', INIT_CWD: scratch, LIANBING_DEMO: '0' };
  return execFileSync(process.execPath, ['scripts/lianbing.ts', ...words], { env, encoding: 'utf8' });
}

/** The content of a backup: its lines without the head, in no particular order. */
function contentOf(file: string): string[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n').slice(1);
  return lines.flatMap((line) => {
    const { table, rows } = JSON.parse(line) as { table?: string; rows?: unknown[] };
    return rows ? rows.map((row) => `${table} ${JSON.stringify(row)}`) : [line];
  });
}

beforeAll(() => {
  lianbing(elsewhere, 'seed');
  lianbing(elsewhere, 'account', 'create', 'moved', '--role', 'bureau', '--division', '411426');
  lianbing(elsewhere, 'backup', fromElsewhere);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('backup and restore', () => {
  it('refuses a file that is cut off', async () => {
    const cut = join(scratch, 'cut.gz');
    const whole = gunzipSync(readFileSync(fromElsewhere)).toString('utf8').trim().split('\n');
    writeFileSync(cut, gzipSync(whole.slice(0, -1).join('\n')));
    await expect(restoreBackup(cut)).rejects.toThrow(RestoreError);
  });

  it('brings a SQLite backup into this engine', async () => {
    await restoreBackup(fromElsewhere);
    const [moved] = await read((db) => db.select().from(account).where(eq(account.loginName, 'moved')));
    expect(moved?.createdAt).toBeInstanceOf(Date);
    const [xiayi] = await read((db) => db.select().from(division).where(eq(division.id, '411426')));
    expect(xiayi?.name).toBe('夏邑县');
    expect((await read((db) => db.select().from(event))).length).toBeGreaterThan(0);
    expect(await read((db) => db.select().from(fact).where(eq(fact.key, 'restoring')))).toEqual([]);
  });

  it('refuses a database somebody can log in to', async () => {
    await expect(restoreBackup(fromElsewhere)).rejects.toThrow(RestoreError);
  });

  it('comes back the same after a way through the other installation', async () => {
    const bytes = new TextEncoder().encode('签到表'.repeat(1000));
    await storeBytes(bytes, {
      name: '签到表.txt',
      about: 'session:x',
      path: '/41/',
      byAccount: 'x',
      now: at,
    });
    const here = join(scratch, 'here.gz');
    const counts = await writeBackup(here, at);
    expect(counts.files).toBe(1);
    const third = join(scratch, 'third');
    lianbing(third, 'restore', here);
    lianbing(third, 'backup', join(scratch, 'third.gz'));
    expect(contentOf(join(scratch, 'third.gz')).toSorted()).toEqual(contentOf(here).toSorted());
    expect(JSON.parse(lianbing(elsewhere, 'verify'))).toMatchObject({ faults: 0 });
  });
});
