import { asc, eq, gt } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { snapshot, type Db } from '#lib/server/db/open.ts';
import { drillEntry, drillRun } from '#lib/server/db/schema/drills.ts';
import { entryHash, entryOf, scriptOf, type RunRow } from './run-store.server.ts';
import type { Entry } from './run-log.ts';
import { foldAll } from './run.ts';

export type BrokenRun = { runId: string; seq: number; why: 'gap' | 'previous' | 'hash' | 'end' | 'fold' };

/** What the clear columns say of a run that is sealed: its entries are checked when it is unsealed. */
const SEALED = 'sealed';

/**
 * Walks the log of every run: each entry's hash and the one before, the row's last place and hash, and that
 * the log still folds to the stage the row is in. Whoever changed an entry without all that follow is found.
 */
export async function verifyRuns(_system: Actor): Promise<{ runs: number; broken: BrokenRun[] }> {
  return await snapshot(async (db) => {
    const broken: BrokenRun[] = [];
    let runs = 0;
    for (let after = ''; ;) {
      const [row] = await db
        .select()
        .from(drillRun)
        .where(gt(drillRun.id, after))
        .orderBy(asc(drillRun.id))
        .limit(1);
      if (!row) return { runs, broken };
      after = row.id;
      runs += 1;
      const fault = row.scriptVersionId === SEALED ? null : await faultOf(db, row);
      if (fault) broken.push({ runId: row.id, ...fault });
    }
  });
}

async function faultOf(db: Db, row: RunRow): Promise<Omit<BrokenRun, 'runId'> | null> {
  const rows = await db
    .select()
    .from(drillEntry)
    .where(eq(drillEntry.runId, row.id))
    .orderBy(asc(drillEntry.seq));
  const log: Entry[] = [];
  let previous = '';
  for (const [at, each] of rows.entries()) {
    if (each.seq !== at + 1) return { seq: each.seq, why: 'gap' };
    if (each.previousHash !== previous) return { seq: each.seq, why: 'previous' };
    const entry = entryOf(each);
    previous = entryHash(row.id, previous, entry);
    if (each.hash !== previous) return { seq: each.seq, why: 'hash' };
    log.push(entry);
  }
  if (row.seq !== rows.length || row.hash !== previous) return { seq: row.seq, why: 'end' };
  const { snapshot: folded } = foldAll(await scriptOf(db, row.scriptVersionId), log);
  return folded.stage === row.stage ? null : { seq: row.seq, why: 'fold' };
}
