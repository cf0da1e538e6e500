import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { prepareTemplate } from './prepare-template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    template: { dataDir: string; databaseUrl: string };
  }
}

/** Makes one migrated database with the reference data; every spec file starts on a copy of it. */
export default function setup(project: TestProject) {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianbing-sqlite-'));
  const databaseUrl = `file:${join(dataDir, 'template.db')}`;
  prepareTemplate({ dataDir, databaseUrl });
  project.provide('template', { dataDir, databaseUrl });
  return () => rmSync(dataDir, { recursive: true, force: true });
}
