import { SYSTEM } from '#lib/kernel/actor.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { verifyRuns } from '#lib/drills/runs/verifying.server.ts';
import { compareStandings } from '#lib/coverage/rebuild.server.ts';
import { read } from '#lib/server/db/open.ts';
import { fact, upload } from '#lib/server/db/schema/platform.ts';
import { verifyChains } from '#lib/server/events/chains.ts';
import { keysFingerprint } from '#lib/server/keys.ts';
import { isStored } from '#lib/server/storage.ts';
import { eq } from 'drizzle-orm';

/** Everything that can be checked without knowing what should have happened. */
export async function verifyAll(now: Date) {
  const chains = await verifyChains();
  const runs = await verifyRuns(SYSTEM);
  const counters = await compareStandings(SYSTEM, now, yearOf(now));
  const missingFiles = await missingUploads();
  const keysMatch = await keysFit();
  const faults =
    chains.broken.length + runs.broken.length + counters.length + missingFiles.length + (keysMatch ? 0 : 1);
  return {
    faults,
    events: chains.events,
    broken: chains.broken,
    drill_runs: runs.runs,
    broken_runs: runs.broken,
    counters,
    missing_files: missingFiles,
    keys_match: keysMatch,
  };
}

async function missingUploads(): Promise<string[]> {
  const rows = await read((db) => db.select({ sha256: upload.sha256, name: upload.name }).from(upload));
  const missing: string[] = [];
  for (const row of rows) if (!(await isStored(row))) missing.push(row.name);
  return missing;
}

async function keysFit(): Promise<boolean> {
  const [row] = await read((db) => db.select().from(fact).where(eq(fact.key, 'keys')));
  return row === undefined || row.value === keysFingerprint();
}
