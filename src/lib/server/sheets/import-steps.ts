import type { Actor } from '#lib/kernel/actor.ts';
import type { Day } from '#lib/kernel/day.ts';
import { Refused } from '#lib/kernel/refused.ts';
import { correctedHeadings, type ImportHeading } from '#lib/kernel/sheet-import.ts';
import { read, write, type Tx } from '#lib/server/db/open.ts';
import { record } from '#lib/server/events/record.ts';
import { askForJob, findJob, type Job, type JobStep } from '#lib/server/jobs/jobs.ts';
import { newId } from '#lib/server/id.ts';
import { findUpload, type storeBytes, type Upload } from '#lib/server/storage.ts';
import { refuseSheetImport } from './import-copy.ts';
import * as imports from './imports.ts';

/**
 * The steps every import of a sheet takes: received, read by a job, corrected, committed by a job in
 * slices, or discarded. The features say who may, and what a row means.
 */
type Kind = imports.SheetImport['kind'];

const EVENTS = {
  roster: {
    uploaded: 'roster_uploaded',
    read: 'roster_read',
    readFailed: 'roster_read_failed',
    committed: 'roster_committed',
    discarded: 'roster_discarded',
    imported: 'roster_imported',
  },
  questions: {
    uploaded: 'questions_uploaded',
    read: 'questions_read',
    readFailed: 'questions_read_failed',
    committed: 'questions_committed',
    discarded: 'questions_discarded',
    imported: 'questions_imported',
  },
} as const satisfies Record<Kind, Record<string, string>>;

export const importStream = (id: string) => `import:${id}`;
const readKey = (kind: Kind, id: string) => `${kind}-read:${id}`;
const commitKey = (kind: Kind, id: string) => `${kind}-commit:${id}`;

async function tell(
  tx: Tx,
  actor: Actor,
  found: { id: string; path: string },
  kind: string,
  detail: Record<string, unknown>,
  now: Date,
): Promise<void> {
  await record(tx, { stream: importStream(found.id), kind, actor, at: now, path: found.path, detail });
}

async function askToRead(tx: Tx, kind: Kind, id: string, now: Date): Promise<void> {
  const payload = { importId: id };
  await askForJob(tx, { kind: `${kind}_read`, key: readKey(kind, id), payload, runAt: now });
}

export type Received = {
  kind: Kind;
  place: { id: string; path: string };
  organizationId: string | null;
  bytes: Uint8Array;
  fileName: string;
};

/** Stores an uploaded file (`store`: sealed where it holds ID numbers), notes it and asks for its reading. */
export async function receive(
  actor: Actor,
  { kind, place, organizationId, bytes, fileName }: Received,
  store: typeof storeBytes,
  now: Date,
): Promise<string> {
  const id = newId();
  const accountId = actor.accountId ?? '';
  const about = importStream(id);
  const { path } = place;
  const stored = await store(bytes, { name: fileName, about, path, byAccount: accountId, now });
  await write(about, async (tx) => {
    await imports.insertImport(tx, {
      ...{ id, kind, state: 'reading', divisionId: place.id, path, organizationId },
      ...{ fileId: stored.id, fileName, accountId, asOf: null, mapping: null, choices: null },
      ...{ summary: null, refusal: null, createdAt: now, committedAt: null },
    });
    const detail = { fileName, bytes: stored.bytes, sha256: stored.sha256 };
    await tell(tx, actor, { id, path }, EVENTS[kind].uploaded, detail, now);
    await askToRead(tx, kind, id, now);
  });
  return id;
}

/** Refuses with import_not_preview unless the import waits for a decision. */
function demandWaiting({ state }: imports.SheetImport): void {
  if (state !== 'preview' && state !== 'failed') throw refuseSheetImport('import_not_preview');
}

/**
 * What a person set after a reading: which column holds what, and what counts for the whole file. Another
 * sheet is chosen without a mapping: columns were set for the sheet that was shown.
 */
export type Correction = Pick<imports.SheetImport, 'mapping' | 'choices'>;

/** Reads the file again as a person corrected it, and remembers the headings for the bureau. */
export async function correct(
  tx: Tx,
  actor: Actor,
  found: imports.SheetImport,
  { mapping, choices }: Correction,
  now: Date,
): Promise<void> {
  demandWaiting(found);
  const { id, kind, divisionId } = found;
  const headings = ((found.summary as { headings?: ImportHeading[] } | null)?.headings ??
    []) as ImportHeading[];
  await imports.rememberColumns(tx, divisionId, kind, correctedHeadings(headings, mapping ?? {}));
  await imports.changeImport(tx, id, { state: 'reading', mapping, choices, refusal: null });
  const happened = mapping === null ? 'sheet_chosen' : 'columns_corrected';
  await tell(tx, actor, found, happened, { mapping, choices }, now);
  await askToRead(tx, kind, id, now);
}

/** Reads another sheet of the file. */
export async function readSheet(
  tx: Tx,
  actor: Actor,
  found: imports.SheetImport,
  sheetName: string,
  now: Date,
): Promise<void> {
  await correct(tx, actor, found, { mapping: null, choices: { sheetName } }, now);
}

/** The sheet that is shown, so that columns set now count for it and no other. */
export function shownSheet({ choices, summary }: imports.SheetImport): { sheetName?: string } {
  const sheetName = choices?.sheetName ?? (summary?.sheetName as string | undefined);
  return sheetName ? { sheetName } : {};
}

/**
 * Keeps a yes or a no to the change of one row, or of all that wait for one; answers how many rows that is.
 * Nothing else is changed before the commit.
 */
export async function confirm(
  tx: Tx,
  actor: Actor,
  found: imports.SheetImport,
  { row, confirmed }: { row: number | 'all'; confirmed: boolean },
  now: Date,
): Promise<number> {
  if (found.state !== 'preview') throw refuseSheetImport('import_not_preview');
  const rows = await imports.confirmRows(tx, found.id, row, confirmed);
  const happened = confirmed ? 'renames_confirmed' : 'renames_withdrawn';
  await tell(tx, actor, found, happened, { row, rows }, now);
  return rows;
}

/** Puts the decided rows on the list of jobs, with the changes that were said yes to. */
export async function commit(tx: Tx, actor: Actor, found: imports.SheetImport, now: Date): Promise<void> {
  if (found.state !== 'preview') throw refuseSheetImport('import_not_preview');
  const { id, kind } = found;
  const confirmed = await imports.countConfirmed(tx, id);
  const total = await imports.countLeft(tx, id);
  await imports.changeImport(tx, id, { state: 'committing' });
  await tell(tx, actor, found, EVENTS[kind].committed, { rows: total, confirmed }, now);
  const payload = { importId: id };
  await askForJob(tx, { kind: `${kind}_commit`, key: commitKey(kind, id), payload, runAt: now, total });
}

/** Throws a preview away; nothing was changed by it. */
export async function discard(tx: Tx, actor: Actor, found: imports.SheetImport, now: Date): Promise<void> {
  demandWaiting(found);
  await imports.changeImport(tx, found.id, { state: 'discarded' });
  await tell(tx, actor, found, EVENTS[found.kind].discarded, {}, now);
}

/** The job under way for an import: its reading, else its commit. */
export async function jobOf({ kind, state, id }: imports.SheetImport): Promise<Job | null> {
  return await findJob(state === 'reading' ? readKey(kind, id) : commitKey(kind, id));
}

/** What a feature makes of a file: decided rows, what the preview shows above them, what it lacks. */
export type Decided = {
  rows: imports.DecidedRow[];
  summary: Record<string, unknown>;
  asOf: Day | null;
  /** Why nothing could be decided: the columns that were not recognised. */
  refusal: string | null;
};

const OVER: JobStep = { done: 1, total: 1, again: false };

/** The job that reads an uploaded file; a refusal of the file is its result. Harmless to repeat. */
export async function readUploaded(
  actor: Actor,
  job: Job,
  now: Date,
  decide: (found: imports.SheetImport, stored: Upload) => Promise<Decided>,
): Promise<JobStep> {
  const found = await read((db) => imports.loadImport(db, String(job.payload.importId)));
  if (found?.state !== 'reading') return OVER;
  try {
    const stored = await findUpload(found.fileId);
    if (!stored) throw refuseSheetImport('import_not_found');
    const { rows, summary, asOf, refusal } = await decide(found, stored);
    await imports.storeRows(found.id, rows);
    const state = refusal === null ? 'preview' : 'failed';
    await settleReading(actor, found, { state, refusal, summary, asOf }, now);
  } catch (reason) {
    if (!(reason instanceof Refused)) throw reason;
    // What an earlier reading found stays, so that another sheet or other columns can still be chosen.
    await imports.storeRows(found.id, []);
    const { summary, asOf } = found;
    await settleReading(actor, found, { state: 'failed', refusal: reason.message, summary, asOf }, now);
  }
  return OVER;
}

async function settleReading(
  actor: Actor,
  found: imports.SheetImport,
  change: Pick<imports.SheetImport, 'state' | 'refusal' | 'summary' | 'asOf'>,
  now: Date,
): Promise<void> {
  await write(importStream(found.id), async (tx) => {
    await imports.changeImport(tx, found.id, change);
    const { read: well, readFailed } = EVENTS[found.kind];
    const kind = change.state === 'preview' ? well : readFailed;
    await tell(tx, actor, found, kind, { refusal: change.refusal }, now);
  });
}

/** The job that commits decided rows, one slice a call; a killed one resumes with the rows not yet applied. */
export async function commitInSlices(
  job: Job,
  now: Date,
  sliceRows: number,
  apply: (found: imports.SheetImport, by: Actor, rows: imports.SheetRow[]) => Promise<void>,
): Promise<JobStep> {
  const id = String(job.payload.importId);
  // Where the last slice ended: rows are applied in turn, and those behind are not looked through again.
  const after = Number(job.payload.after ?? 0);
  const { found, by, rows } = await read(async (db) => {
    const found = await imports.loadImport(db, id);
    return {
      found,
      by: await imports.importerOf(db, found),
      rows: await imports.nextRows(db, id, after, sliceRows),
    };
  });
  const over = { done: job.total, total: job.total, again: false };
  if (found?.state !== 'committing') return over;
  if (rows.length > 0) {
    await apply(found, by, rows);
    const payload = { ...job.payload, after: rows.at(-1)!.turn };
    return { done: Math.min(job.total, job.done + rows.length), total: job.total, again: true, payload };
  }
  await write(importStream(id), async (tx) => {
    await imports.changeImport(tx, id, { state: 'done', committedAt: now });
    await tell(tx, by, found, EVENTS[found.kind].imported, await imports.countOutcomes(tx, id), now);
  });
  return over;
}
