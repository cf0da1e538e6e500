import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { hasRole, type Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { fact, job } from '#lib/server/db/schema/platform.ts';
import { readHealth, type Health } from '#lib/server/health.ts';
import { keysFingerprint } from '#lib/server/keys.ts';
import { settings } from '#lib/server/settings.ts';
import { refuse } from './copy.ts';
import { holdsDemo } from './demo.server.ts';

export type FailedJob = { id: string; kind: string; key: string; failure: string; runAt: Date };

export type Installation = Health & {
  demo: boolean;
  dataDir: string;
  /** Whether the keys in DATA_DIR are those the database was written with; null before any were. */
  keysMatch: boolean | null;
  databaseBytes: number | null;
  uploads: { files: number; bytes: number };
  diskFreeBytes: number;
  waitingJobs: number;
  failedJobs: FailedJob[];
  publicUrl: string | null;
  origin: string | null;
};

/** How this installation is: for the system administrator only. Refused: forbidden. */
export async function readInstallation(actor: Actor): Promise<Installation> {
  if (!hasRole(actor, 'administrator')) throw refuse('forbidden');
  const { dataDir, publicUrl, origin, database } = settings();
  const { keysMatch, waitingJobs, failedJobs } = await readDatabase();
  const disk = await statfs(dataDir);
  return {
    ...(await readHealth()),
    ...{ demo: await holdsDemo(actor), dataDir, publicUrl, origin, keysMatch, waitingJobs, failedJobs },
    databaseBytes:
      database.engine === 'sqlite'
        ? (await sizeOf(database.file)) + (await sizeOf(`${database.file}-wal`))
        : null,
    uploads: await uploadsIn(join(dataDir, 'uploads')),
    diskFreeBytes: disk.bavail * disk.bsize,
  };
}

async function readDatabase() {
  return await read(async (db) => {
    const [keys] = await db.select().from(fact).where(eq(fact.key, 'keys'));
    const failed = await db
      .select()
      .from(job)
      .where(isNotNull(job.failure))
      .orderBy(desc(job.runAt))
      .limit(20);
    return {
      keysMatch: keys ? keys.value === keysFingerprint() : null,
      waitingJobs: await db.$count(job, and(isNull(job.doneAt), isNull(job.failure))),
      failedJobs: failed.map(({ id, kind, key, failure, runAt }) => ({
        id,
        kind,
        key,
        failure: failure ?? '',
        runAt,
      })),
    };
  });
}

/** A file that is not there weighs nothing: the write-ahead log comes and goes. */
async function sizeOf(file: string): Promise<number> {
  return await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

async function uploadsIn(folder: string): Promise<{ files: number; bytes: number }> {
  const names = await readdir(folder).catch(() => [] as string[]);
  let bytes = 0;
  for (const name of names) bytes += await sizeOf(join(folder, name));
  return { files: names.length, bytes };
}
