import { execFileSync } from 'node:child_process';

/** Migrates and loads reference data in a process of its own, since the engine is chosen when modules load. */
export function prepareTemplate({ dataDir, databaseUrl }: { dataDir: string; databaseUrl: string }): void {
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: databaseUrl, LIANBING_DEMO: '1' };
  execFileSync(process.execPath, ['scripts/migrate.ts'], { env, stdio: 'inherit' });
  execFileSync(process.execPath, ['scripts/seed.ts', 'reference'], { env, stdio: 'inherit' });
}
