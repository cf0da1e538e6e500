import { randomUUID } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, inject } from 'vitest';

/** Gives a spec file a database of its own, before any module that chooses an engine is loaded. */
const { dataDir: templateDir, databaseUrl: templateUrl } = inject('template');
const name = `spec_${randomUUID().replaceAll('-', '')}`;
const dataDir = join(templateDir, name);
mkdirSync(dataDir);
cpSync(join(templateDir, 'keys'), join(dataDir, 'keys'), { recursive: true });
process.env.DATA_DIR = dataDir;

if (process.env.LIANBING_TEST_ENGINE === 'postgres') {
  const maintenance = new Client({ connectionString: templateUrl.replace(/template$/, 'postgres') });
  await maintenance.connect();
  await maintenance.query(`CREATE DATABASE ${name} TEMPLATE template`);
  await maintenance.end();
  process.env.DATABASE_URL = templateUrl.replace(/template$/, name);
} else {
  copyFileSync(templateUrl.slice('file:'.length), join(dataDir, 'spec.db'));
  process.env.DATABASE_URL = `file:${join(dataDir, 'spec.db')}`;
}

afterAll(async () => {
  const { closeDatabase } = await import('#lib/server/db/open.ts');
  await closeDatabase();
  rmSync(dataDir, { recursive: true, force: true });
});
