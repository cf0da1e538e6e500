import Database from 'better-sqlite3';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Checkpoints } from './checkpoints.ts';

const COMMITS = 400;
const ROW_BYTES = 4_000;

describe('Checkpoints', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lianbing-checkpoints-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('copies the log into the file while the writer goes on, and loses nothing', async () => {
    const file = join(folder, 'some.db');
    const writer = new Database(file);
    writer.pragma('journal_mode = WAL');
    writer.pragma('wal_autocheckpoint = 0');
    writer.exec('create table row (id integer primary key, body text)');
    const checkpoints = new Checkpoints(file);
    const insert = writer.prepare('insert into row (body) values (?)');
    const commit = (count: number) => {
      for (let n = 0; n < count; n += 1) {
        insert.run('x'.repeat(ROW_BYTES));
        checkpoints.noteCommit();
      }
    };
    commit(COMMITS);
    await expect
      .poll(() => statSync(file).size, { timeout: 20_000 })
      .toBeGreaterThan((COMMITS / 2) * ROW_BYTES);
    commit(COMMITS);
    await checkpoints.close();
    expect(writer.prepare('select count(*) as rows from row').get()).toEqual({ rows: 2 * COMMITS });
    expect(writer.pragma('integrity_check', { simple: true })).toBe('ok');
    writer.close();
  });
});
