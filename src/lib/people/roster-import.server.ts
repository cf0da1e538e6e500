import { asc, eq, inArray } from 'drizzle-orm';
import { grantsOf, type Actor } from '#lib/kernel/actor.ts';

import { dayOf } from '#lib/kernel/day.ts';
import type { PageOf } from '#lib/kernel/page-of.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { division, organization } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { askForJob, findJob, type Job } from '#lib/server/jobs/jobs.ts';
import * as imports from '#lib/server/sheets/imports.ts';
import { writeReasonsInWorker } from '#lib/server/sheets/in-worker.ts';
import { findUpload, openSealed, storeSealed } from '#lib/server/storage.ts';
import { refuseImport } from './import-copy.ts';
import { mayImportEnterprise, mayImportRoster, peopleOrganizations, peopleSubtrees } from './policy.ts';
import type { RosterField } from './roster.ts';
import { decideFile, type RosterSummary } from './roster-read.server.ts';

export type RosterImport = imports.SheetImport;

const about = (id: string) => `import:${id}`;

/** Where an actor may load rosters: counties for a bureau, the own enterprise for its manager. */
export async function listImportPlaces(actor: Actor): Promise<{ id: string; name: string }[]> {
  return await read(async (db) => {
    const grants = grantsOf(actor, 'bureau', 'enterprise_manager');
    const ids = grants.flatMap((grant) => grant.path.split('/').filter(Boolean));
    const counties = await db
      .select()
      .from(division)
      .where(eq(division.level, 'county'))
      .orderBy(asc(division.path));
    return counties
      .filter((county) => grants.some((grant) => county.path.startsWith(grant.path) || ids.includes(county.id)))
      .map(({ id, name }) => ({ id, name }));
  });
}

/** The enterprise an enterprise manager loads for; null for a bureau. */
function ownOrganization(actor: Actor): string | null {
  const [grant] = grantsOf(actor, 'bureau').length > 0 ? [] : grantsOf(actor, 'enterprise_manager');
  return grant?.organizationId ?? null;
}

/** The county a roster is for, when the actor may load one there. */
async function importPlace(actor: Actor, divisionId: string, organizationId: string | null) {
  const [place] = await read((db) => db.select().from(division).where(eq(division.id, divisionId)));
  if (!place || place.level !== 'county') throw refuseImport('import_place_unknown');
  const allowed =
    organizationId === null
      ? mayImportRoster(actor, place.path)
      : mayImportEnterprise(actor, { id: organizationId, path: place.path });
  if (!allowed) throw refuseImport('import_forbidden');
  return place;
}

/**
 * Takes a roster file for a county and puts its reading on the list of jobs. Refused: import_place_unknown,
 * forbidden, and what the reader says of the file itself (in the import's `refusal`).
 */
export async function startRosterImport(
  actor: Actor,
  input: { divisionId: string; bytes: Uint8Array; fileName: string },
  now: Date,
): Promise<string> {
  const id = newId();
  const organizationId = ownOrganization(actor);
  const county = await importPlace(actor, input.divisionId, organizationId);
  const accountId = actor.accountId ?? '';
  const origin = { name: input.fileName, about: about(id), path: county.path, byAccount: accountId, now };
  const stored = await storeSealed(input.bytes, origin);
  await write(about(id), async (tx) => {
    await imports.insertImport(tx, {
      ...{ id, kind: 'roster', state: 'reading', divisionId: county.id, path: county.path, organizationId },
      ...{ fileId: stored.id, fileName: input.fileName, accountId, asOf: null, mapping: null, summary: null },
      ...{ refusal: null, createdAt: now, committedAt: null },
    });
    const detail = { fileName: input.fileName, bytes: stored.bytes, sha256: stored.sha256 };
    await record(tx, { stream: about(id), kind: 'roster_uploaded', actor, at: now, path: county.path, detail });
    await askForJob(tx, { kind: 'roster_read', key: `roster-read:${id}`, payload: { importId: id }, runAt: now });
  });
  return id;
}

/** Loads an import the actor may see; refused with import_not_found. */
async function visibleImport(db: Db, actor: Actor, id: string): Promise<RosterImport> {
  const found = await imports.loadImport(db, id);
  const visible =
    found?.kind === 'roster' &&
    (mayImportRoster(actor, found.path) || mayImportEnterprise(actor, { id: found.organizationId, path: found.path }));
  if (!visible) throw refuseImport('import_not_found');
  return found;
}

export type ImportPage = {
  import: Omit<RosterImport, 'summary'> & { summary: RosterSummary | null };
  counts: imports.OutcomeCounts;
  job: Pick<Job, 'done' | 'total' | 'failure' | 'doneAt'> | null;
  county: string;
};

export async function readRosterImport(actor: Actor, id: string): Promise<ImportPage> {
  const found = await read(async (db) => {
    const row = await visibleImport(db, actor, id);
    const [county] = await db.select({ name: division.name }).from(division).where(eq(division.id, row.divisionId));
    return { row, counts: await imports.countOutcomes(db, id), county: county?.name ?? '' };
  });
  const stage = found.row.state === 'reading' ? 'read' : 'commit';
  const job = await findJob(`roster-${stage}:${id}`);
  const summary = found.row.summary as RosterSummary | null;
  return { import: { ...found.row, summary }, counts: found.counts, job, county: found.county };
}

/** Decided rows of some outcomes, for the tables of the preview. */
export async function listImportRows(
  actor: Actor,
  id: string,
  outcomes: imports.Outcome[],
  page: number,
): Promise<PageOf<imports.SheetRow>> {
  return await read(async (db) => {
    await visibleImport(db, actor, id);
    return await imports.listRows(db, id, outcomes, page);
  });
}

export async function listRosterImports(actor: Actor, page: number): Promise<PageOf<RosterImport>> {
  const scope = { paths: peopleSubtrees(actor), organizationIds: peopleOrganizations(actor) };
  return await imports.listImportsIn('roster', scope, page);
}

/**
 * Reads the file again with columns as a person corrected them (field → column, 0 for none), and
 * remembers the headings for this bureau. Refused: import_not_found, import_not_preview.
 */
export async function correctColumns(
  actor: Actor,
  id: string,
  mapping: Partial<Record<RosterField, number>>,
  now: Date,
): Promise<void> {
  await write(about(id), async (tx) => {
    const found = await visibleImport(tx, actor, id);
    if (found.state !== 'preview' && found.state !== 'failed') throw refuseImport('import_not_preview');
    await imports.rememberColumns(tx, found.divisionId, 'roster', headingsOf(found.summary as RosterSummary, mapping));
    await imports.changeImport(tx, id, { state: 'reading', mapping: mapping as Record<string, number>, refusal: null });
    const stream = about(id);
    await record(tx, { stream, kind: 'columns_corrected', actor, at: now, path: found.path, detail: { mapping } });
    await askForJob(tx, { kind: 'roster_read', key: `roster-read:${id}`, payload: { importId: id }, runAt: now });
  });
}

function headingsOf(summary: RosterSummary | null, mapping: Partial<Record<RosterField, number>>) {
  const headings = new Map(summary?.headings.map(({ column, remembered }) => [column, remembered]));
  const meant: Record<string, string> = {};
  for (const [field, column] of Object.entries(mapping)) {
    const heading = headings.get(column);
    if (heading) meant[heading] = field;
  }
  return meant;
}

/**
 * Commits a previewed import: puts its rows on the list of jobs, with the renames that were ticked.
 * Refused: import_not_found, import_not_preview, import_nothing.
 */
export async function commitRosterImport(actor: Actor, id: string, confirmed: number[], now: Date): Promise<void> {
  await write(about(id), async (tx) => {
    const found = await visibleImport(tx, actor, id);
    if (found.state !== 'preview') throw refuseImport('import_not_preview');
    await imports.confirmRows(tx, id, confirmed);
    const total = await imports.countLeft(tx, id);
    await imports.changeImport(tx, id, { state: 'committing' });
    const detail = { rows: total, confirmed };
    await record(tx, { stream: about(id), kind: 'roster_committed', actor, at: now, path: found.path, detail });
    const payload = { importId: id };
    await askForJob(tx, { kind: 'roster_commit', key: `roster-commit:${id}`, payload, runAt: now, total });
  });
}

/** Throws a preview away; nothing was changed by it. */
export async function discardRosterImport(actor: Actor, id: string, now: Date): Promise<void> {
  await write(about(id), async (tx) => {
    const found = await visibleImport(tx, actor, id);
    if (found.state !== 'preview' && found.state !== 'failed') throw refuseImport('import_not_preview');
    await imports.changeImport(tx, id, { state: 'discarded' });
    await record(tx, { stream: about(id), kind: 'roster_discarded', actor, at: now, path: found.path, detail: {} });
  });
}

/** The sender's own workbook with a reason on each refused row. */
export async function writeRefusedWorkbook(actor: Actor, id: string): Promise<{ name: string; bytes: Uint8Array }> {
  const { found, refused } = await read(async (db) => {
    const row = await visibleImport(db, actor, id);
    return { found: row, refused: await imports.allRows(db, id, 'refused') };
  });
  const stored = await findUpload(found.fileId);
  if (!stored) throw refuseImport('import_not_found');
  const reasons = refused.map((row) => ({ row: row.row, message: String(row.decision.message) }));
  const sheetName = (found.summary as RosterSummary | null)?.sheetName ?? '';
  const bytes = await writeReasonsInWorker({ bytes: await openSealed(stored), fileName: found.fileName, sheetName, reasons });
  return { name: found.fileName.replace(/\.[^.]+$/, '') + '.xlsx', bytes };
}

/** Enterprises by id, for the heading of an import. */
export async function findOrganizations(_actor: Actor, ids: string[]) {
  if (ids.length === 0) return [];
  return await read((db) => db.select().from(organization).where(inArray(organization.id, ids)));
}


/** What an import would do or did, as the command line prints it. */
export type ImportOutcome = {
  rows: { accepted: number; created: number; updated: number; unchanged: number; to_confirm: number };
  persons: number;
  refused: { row: number; code: string; also: string[]; message: string }[];
};

/** Reads and compares a file and changes nothing. Refused like {@link startRosterImport}, and for the file itself. */
export async function previewRoster(
  actor: Actor,
  input: { divisionId: string; bytes: Uint8Array; fileName: string },
  now: Date,
): Promise<ImportOutcome> {
  const organizationId = ownOrganization(actor);
  await importPlace(actor, input.divisionId, organizationId);
  const { rows, summary } = await decideFile(
    { ...input, organizationId, mapping: null, uploadedOn: dayOf(now) },
  );
  const count = (outcome: imports.Outcome) => rows.filter((row) => row.outcome === outcome).length;
  const refused = rows.filter((row) => row.outcome === 'refused').map(({ row, decision }) => ({
    row,
    code: String(decision.code),
    also: decision.also as string[],
    message: String(decision.message),
  }));
  return {
    rows: {
      accepted: rows.length - refused.length,
      created: count('create'),
      updated: count('update'),
      unchanged: count('unchanged'),
      to_confirm: count('confirm'),
    },
    persons: summary.persons,
    refused,
  };
}
