import { createHash } from 'node:crypto';
import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import { prepared, type Db, type Tx } from '#lib/server/db/open.ts';
import { drillEntry, drillRun, scriptVersion } from '#lib/server/db/schema/drills.ts';
import type { Script } from '../scripts/script.ts';
import { sealedByRun } from '../sealed/registry.server.ts';
import { maskOf, openEntry, sealEntry, SEALED_WORD } from '../sealed/sealed-rows.server.ts';
import type { Opened } from '../sealed/slots.server.ts';
import { emptyRun, foldAll, wakesAtWall, type Run } from './run.ts';
import type { Entry } from './run-log.ts';

/** Changes whenever the same log could fold to something else; a run keeps the one it began with. */
export const ENGINE = 1;

export type RunRow = typeof drillRun.$inferSelect;
/** `sealed`: of a double-blind drill, whose rows say nothing; here the row is as it would be in the clear. */
export type LoadedRun = { row: RunRow; script: Script; run: Run; sealed?: Opened };

/** How far a stored snapshot may lag behind the log: so much is folded again after a restart. */
const SNAPSHOT_EVERY = 100;
const CACHED_MAX = 64;

const scripts = new Map<string, Script>();
/** Folded runs by their place in the log. The hash names the whole log before it, so none can be stale. */
const folded = new Map<string, { hash: string; run: Run }>();

function keep<Value>(cache: Map<string, Value>, key: string, value: Value): void {
  cache.delete(key);
  cache.set(key, value);
  if (cache.size > CACHED_MAX) cache.delete(cache.keys().next().value!);
}

/** A published script. It never changes, so it is read once. */
export async function scriptOf(db: Db, versionId: string): Promise<Script> {
  const known = scripts.get(versionId);
  if (known) return known;
  const [row] = await db
    .select({ body: scriptVersion.body })
    .from(scriptVersion)
    .where(eq(scriptVersion.id, versionId));
  if (!row) throw new Error(`script version ${versionId} is gone`);
  const script = row.body as unknown as Script;
  keep(scripts, versionId, script);
  return script;
}

/** A run with its state, or null when there is none of this id. */
export async function loadRun(db: Db, runId: string): Promise<LoadedRun | null> {
  const [row] = await prepared(db, 'run.row', (tx) =>
    tx
      .select()
      .from(drillRun)
      .where(eq(drillRun.id, sql.placeholder('id'))),
  ).execute({ id: runId });
  if (!row) return null;
  if (row.scriptVersionId === SEALED_WORD) return await loadSealed(db, row);
  const script = await scriptOf(db, row.scriptVersionId);
  const known = folded.get(runId);
  if (known?.hash === row.hash) return { row, script, run: known.run };
  const run = await foldFrom(db, row, script);
  keep(folded, runId, { hash: row.hash, run });
  return { row, script, run };
}

/** Folded from its whole log: no snapshot is kept, since it would be one more thing to be read. */
async function loadSealed(db: Db, row: RunRow): Promise<LoadedRun> {
  const sealed = await sealedByRun(db, row.id);
  if (!sealed) throw new Error(`run ${row.id} is sealed and no slot knows it`);
  const { script, scriptHash } = sealed.drill;
  let known = folded.get(row.id);
  if (!known || maskOf(sealed.key, known.hash) !== row.hash) {
    const log = (await rowsBetween(db, row.id, 0, row.seq)).map((each) => openEntry(sealed.key, each));
    known = {
      hash: log.at(-1)?.hash ?? '',
      run: foldAll(
        script,
        log.map(({ entry }) => entry),
      ),
    };
    keep(folded, row.id, known);
  }
  const { hash, run } = known;
  return { row: { ...row, hash, scriptHash, stage: run.snapshot.stage }, script, run, sealed };
}

async function foldFrom(db: Db, row: RunRow, script: Script): Promise<Run> {
  const start = row.snapshot ? (row.snapshot as unknown as Run) : emptyRun(script);
  return foldAll(script, await entriesBetween(db, row.id, row.snapshotSeq, row.seq), start);
}

/** Entries after one place of the log up to another. */
export async function entriesBetween(
  db: Db,
  runId: string,
  afterSeq: number,
  toSeq: number,
): Promise<Entry[]> {
  const rows = await rowsBetween(db, runId, afterSeq, toSeq);
  const sealed = rows.some(({ kind }) => kind === SEALED_WORD) ? await sealedByRun(db, runId) : null;
  return rows.map((row) => (sealed ? openEntry(sealed.key, row).entry : entryOf(row)));
}

async function rowsBetween(db: Db, runId: string, afterSeq: number, toSeq: number) {
  return await db
    .select()
    .from(drillEntry)
    .where(and(eq(drillEntry.runId, runId), gt(drillEntry.seq, afterSeq), lte(drillEntry.seq, toSeq)))
    .orderBy(asc(drillEntry.seq));
}

export function entryOf(row: typeof drillEntry.$inferSelect): Entry {
  return {
    seq: row.seq,
    atMs: row.exerciseMs,
    wallMs: row.at.getTime(),
    seat: row.seatId,
    role: row.role,
    command: row.commandId,
    cause: row.cause,
    body: row.body as unknown as Entry['body'],
  };
}

/** SHA-256 over the hash before, the run and everything the entry says. */
export function entryHash(runId: string, previousHash: string, entry: Entry): string {
  const { seq, atMs, wallMs, seat, role, command, cause, body } = entry;
  const text = JSON.stringify([previousHash, runId, seq, atMs, wallMs, seat, role, command, cause, body]);
  return createHash('sha256').update(text).digest('base64url');
}

/** Adds entries to the log and brings the run's row to the state after them. Answers the row's new hash. */
export async function storeEntries(
  tx: Tx,
  loaded: LoadedRun,
  entries: readonly Entry[],
  run: Run,
  now: Date,
): Promise<string> {
  const { row, sealed } = loaded;
  let { hash } = row;
  const rows = entries.map((entry) => {
    const previousHash = hash;
    hash = entryHash(row.id, previousHash, entry);
    return sealed
      ? sealEntry(sealed.key, row.id, entry, previousHash, hash)
      : clearRow(row.id, entry, previousHash, hash);
  });
  for (let start = 0; start < rows.length; start += 100)
    await tx.insert(drillEntry).values(rows.slice(start, start + 100));
  await tx
    .update(drillRun)
    .set({
      seq: run.seq,
      isTicking: run.clock.running && run.snapshot.state.on,
      signAt: now,
      ...(sealed ? { hash: maskOf(sealed.key, hash) } : { hash, ...standOf(loaded, run) }),
    })
    .where(and(eq(drillRun.id, row.id), eq(drillRun.seq, row.seq)));
  keep(folded, row.id, { hash, run });
  return hash;
}

/** An entry as a row of the log. */
export function clearRow(
  runId: string,
  entry: Entry,
  previousHash: string,
  hash: string,
): typeof drillEntry.$inferInsert {
  return {
    runId,
    seq: entry.seq,
    kind: entry.body.kind === 'fact' ? entry.body.fact.type : entry.body.kind,
    exerciseMs: entry.atMs,
    at: new Date(entry.wallMs),
    seatId: entry.seat,
    role: entry.role,
    commandId: entry.command,
    cause: entry.cause,
    body: entry.body as unknown as Record<string, unknown>,
    previousHash,
    hash,
  };
}

/** What only the row of a run in the clear says: where it stands, when to look again, sometimes its fold. */
function standOf({ row, script }: LoadedRun, run: Run): Partial<RunRow> {
  const wakeMs = wakesAtWall(script, run);
  const isSnapshotDue = run.seq - row.snapshotSeq >= SNAPSHOT_EVERY || run.snapshot.stage !== row.stage;
  return {
    stage: run.snapshot.stage,
    wakeAt: wakeMs === null ? null : new Date(wakeMs),
    ...(isSnapshotDue ? { snapshot: run as unknown as Record<string, unknown>, snapshotSeq: run.seq } : {}),
  };
}
