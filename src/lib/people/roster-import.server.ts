import { asc, eq, inArray } from 'drizzle-orm';
import { grantsOf, SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import type { PageOf } from '#lib/kernel/page-of.ts';
import { outcomeOfRows, type SheetOutcome } from '#lib/kernel/sheet-import.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { division, organization } from '#lib/server/db/schema/people.ts';
import type { Job } from '#lib/server/jobs/jobs.ts';
import * as steps from '#lib/server/sheets/import-steps.ts';
import * as imports from '#lib/server/sheets/imports.ts';
import { returnedWorkbook } from '#lib/server/sheets/returned-workbook.ts';
import { refuseSheetImport } from '#lib/server/sheets/import-copy.ts';
import { openSealed, storeSealed } from '#lib/server/storage.ts';
import { refuseImport } from './import-copy.ts';
import { mayImportEnterprise, mayImportRoster, peopleOrganizations, peopleSubtrees } from './policy.ts';
import { ROSTER_FIELD_NAMES } from './roster-copy.ts';
import type { CategoryCode, RosterField } from './roster.ts';
import { CATEGORY_MEMORY, decideFile, type RosterSummary } from './roster-read.server.ts';

export type RosterImport = imports.SheetImport;

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
      .filter((county) =>
        grants.some((grant) => county.path.startsWith(grant.path) || ids.includes(county.id)),
      )
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
  const organizationId = ownOrganization(actor);
  const place = await importPlace(actor, input.divisionId, organizationId);
  return await steps.receive(actor, { kind: 'roster', place, organizationId, ...input }, storeSealed, now);
}

/** Loads an import the actor may see; refused with import_not_found. */
async function visibleImport(db: Db, actor: Actor, id: string): Promise<RosterImport> {
  const found = await imports.loadImport(db, id);
  const visible =
    found?.kind === 'roster' &&
    (mayImportRoster(actor, found.path) ||
      mayImportEnterprise(actor, { id: found.organizationId, path: found.path }));
  if (!visible) throw refuseSheetImport('import_not_found');
  return found;
}

export type ImportPage = {
  import: Omit<RosterImport, 'summary'> & { summary: RosterSummary | null };
  counts: imports.OutcomeCounts;
  /** Renames that were confirmed, of those that wait for it. */
  confirmed: number;
  job: Pick<Job, 'done' | 'total' | 'failure' | 'doneAt'> | null;
  county: string;
};

export async function readRosterImport(actor: Actor, id: string): Promise<ImportPage> {
  const found = await read(async (db) => {
    const row = await visibleImport(db, actor, id);
    const [county] = await db
      .select({ name: division.name })
      .from(division)
      .where(eq(division.id, row.divisionId));
    const counts = await imports.countOutcomes(db, id);
    return { row, counts, confirmed: await imports.countConfirmed(db, id), county: county?.name ?? '' };
  });
  const job = await steps.jobOf(found.row);
  const summary = found.row.summary as RosterSummary | null;
  const { row, ...counted } = found;
  return { import: { ...row, summary }, ...counted, job };
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

/** Columns as a person corrected them (field → column, 0 for none), and one category for all rows. */
export type RosterCorrection = {
  mapping: Partial<Record<RosterField, number>>;
  category: CategoryCode | null;
};

/**
 * Reads the file again as a person corrected it, and remembers headings and category for this bureau.
 * The category counts when no column holds one. Refused: import_not_found, import_not_preview.
 */
export async function correctColumns(
  actor: Actor,
  id: string,
  { mapping, category }: RosterCorrection,
  now: Date,
): Promise<void> {
  await write(steps.importStream(id), async (tx) => {
    const found = await visibleImport(tx, actor, id);
    const summary = found.summary as RosterSummary | null;
    const choices = { ...steps.shownSheet(found), ...(category ? { category } : {}) };
    if (summary && !mapping.category) {
      const chosen = { [summary.fileKey]: category ?? '' };
      await imports.rememberColumns(tx, found.divisionId, CATEGORY_MEMORY, chosen);
    }
    await steps.correct(tx, actor, found, { mapping: mapping as Record<string, number>, choices }, now);
  });
}

/** Reads another sheet of the file. Refused: import_not_found, import_not_preview; the sheet, as a file is. */
export async function chooseRosterSheet(
  actor: Actor,
  id: string,
  sheetName: string,
  now: Date,
): Promise<void> {
  await write(steps.importStream(id), async (tx) => {
    await steps.readSheet(tx, actor, await visibleImport(tx, actor, id), sheetName, now);
  });
}

/**
 * Keeps whether people known under another name are to be renamed: one row, or all that wait for it.
 * Nobody is renamed before the commit. Refused: import_not_found, import_not_preview, rename_gone.
 */
export async function confirmRenames(
  actor: Actor,
  id: string,
  renames: { row: number | 'all'; confirmed: boolean },
  now: Date,
): Promise<void> {
  await write(steps.importStream(id), async (tx) => {
    const rows = await steps.confirm(tx, actor, await visibleImport(tx, actor, id), renames, now);
    if (rows === 0) throw refuseImport('rename_gone');
  });
}

/**
 * Commits a previewed import: puts its rows on the list of jobs, with the renames that were confirmed.
 * Refused: import_not_found, import_not_preview.
 */
export async function commitRosterImport(actor: Actor, id: string, now: Date): Promise<void> {
  await write(steps.importStream(id), async (tx) => {
    await steps.commit(tx, actor, await visibleImport(tx, actor, id), now);
  });
}

/** Throws a preview away; nothing was changed by it. Refused: import_not_found, import_not_preview. */
export async function discardRosterImport(actor: Actor, id: string, now: Date): Promise<void> {
  await write(steps.importStream(id), async (tx) => {
    await steps.discard(tx, actor, await visibleImport(tx, actor, id), now);
  });
}

/** The sender's own workbook with a reason on each refused row. */
export async function writeRefusedWorkbook(
  actor: Actor,
  id: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  const found = await read((db) => visibleImport(db, actor, id));
  return await returnedWorkbook(found, openSealed);
}

/** Enterprises by id, for the heading of an import. */
export async function findOrganizations(_actor: Actor, ids: string[]) {
  if (ids.length === 0) return [];
  return await read((db) => db.select().from(organization).where(inArray(organization.id, ids)));
}

/** What a roster import would do or did, as the command line prints it. */
export type ImportOutcome = SheetOutcome & { persons: number };

/** Reads and compares a file and changes nothing. Refused like {@link startRosterImport}, and for the file itself. */
export async function previewRoster(
  actor: Actor,
  input: { divisionId: string; bytes: Uint8Array; fileName: string },
  now: Date,
): Promise<ImportOutcome> {
  const organizationId = ownOrganization(actor);
  await importPlace(actor, input.divisionId, organizationId);
  const file = { ...input, organizationId, mapping: null, choices: null, uploadedOn: dayOf(now) };
  const { rows, summary, lacking } = await decideFile(SYSTEM, file);
  if (lacking.length > 0) {
    const fields = lacking.map((field) => ROSTER_FIELD_NAMES[field]);
    throw refuseImport('roster_columns_lacking', { fields });
  }
  return { ...outcomeOfRows(rows), persons: summary.persons };
}
