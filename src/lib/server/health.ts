import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { eq } from 'drizzle-orm';
import { engineName, read } from '#lib/server/db/open.ts';
import { fact } from '#lib/server/db/schema/platform.ts';
import { faultFields, log } from '#lib/server/log.ts';

export type Health = { status: 'ok' | 'down'; engine: string; schema: string; uptimeSeconds: number };

/** The newest migration this program knows, which start-up has applied. */
function schemaVersion(): string {
  const folders = readdirSync(resolve('drizzle', engineName())).filter((name) => /^\d{4}_/.test(name));
  return (
    folders
      .toSorted()
      .at(-1)
      ?.replace(/\.sql$/, '') ?? 'none'
  );
}

/** Whether the database answers. Never says more than an outsider may know. */
export async function readHealth(): Promise<Health> {
  const facts = {
    engine: engineName(),
    schema: schemaVersion(),
    uptimeSeconds: Math.round(process.uptime()),
  };
  try {
    await read((db) => db.select().from(fact).where(eq(fact.key, 'keys')));
    return { status: 'ok', ...facts };
  } catch (reason) {
    log('error', 'health', faultFields(reason));
    return { status: 'down', ...facts };
  }
}
