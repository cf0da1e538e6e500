import { eq } from 'drizzle-orm';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import type { PageOf } from '#lib/kernel/page-of.ts';
import { outcomeOfRows, type OutcomeCounts, type SheetOutcome } from '#lib/kernel/sheet-import.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { division } from '#lib/server/db/schema/people.ts';
import type { Job } from '#lib/server/jobs/jobs.ts';
import { refuseSheetImport } from '#lib/server/sheets/import-copy.ts';
import * as steps from '#lib/server/sheets/import-steps.ts';
import * as imports from '#lib/server/sheets/imports.ts';
import { returnedWorkbook } from '#lib/server/sheets/returned-workbook.ts';
import { storeBytes, uploadBytes } from '#lib/server/storage.ts';
import { bankSubtrees, mayKeepBank } from './policy.ts';
import { refuseQuestionImport } from './question-import-copy.ts';
import { decideQuestionFile, type QuestionImportSummary } from './question-read.server.ts';

export type QuestionImport = imports.SheetImport;
/** What a question import would do or did, as the command line prints it. */
export type QuestionImportOutcome = SheetOutcome;

type QuestionUpload = { divisionId: string; bytes: Uint8Array; fileName: string };

/** The bank a file is for, when the actor keeps it. Refused: bank_unknown, bank_forbidden. */
async function bankFor(actor: Actor, divisionId: string) {
  const [place] = await read((db) => db.select().from(division).where(eq(division.id, divisionId)));
  if (!place) throw refuseQuestionImport('bank_unknown');
  if (!mayKeepBank(actor, place.path)) throw refuseQuestionImport('bank_forbidden');
  return place;
}

/**
 * Takes a question file for a bank and puts its reading on the list of jobs. Refused: bank_unknown,
 * bank_forbidden, and what the reader says of the file itself (in the import's `refusal`).
 */
export async function startQuestionImport(actor: Actor, input: QuestionUpload, now: Date): Promise<string> {
  const place = await bankFor(actor, input.divisionId);
  const received = { kind: 'questions' as const, place, organizationId: null, ...input };
  return await steps.receive(actor, received, storeBytes, now);
}

/** Loads an import the actor may see; refused with import_not_found. */
async function visibleImport(db: Db, actor: Actor, id: string): Promise<QuestionImport> {
  const found = await imports.loadImport(db, id);
  if (found?.kind !== 'questions' || !mayKeepBank(actor, found.path))
    throw refuseSheetImport('import_not_found');
  return found;
}

export type QuestionImportPage = {
  import: Omit<QuestionImport, 'summary'> & { summary: QuestionImportSummary | null };
  counts: OutcomeCounts;
  job: Pick<Job, 'done' | 'total' | 'failure' | 'doneAt'> | null;
  bank: string;
};

/** One import with its counts and the job under way. Refused: import_not_found. */
export async function readQuestionImport(actor: Actor, id: string): Promise<QuestionImportPage> {
  const found = await read(async (db) => {
    const row = await visibleImport(db, actor, id);
    const [place] = await db
      .select({ name: division.name })
      .from(division)
      .where(eq(division.id, row.divisionId));
    return { row, counts: await imports.countOutcomes(db, id), bank: place?.name ?? '' };
  });
  const summary = found.row.summary as QuestionImportSummary | null;
  const job = await steps.jobOf(found.row);
  return { import: { ...found.row, summary }, counts: found.counts, job, bank: found.bank };
}

/** Decided rows of some outcomes, for the tables of the preview. Refused: import_not_found. */
export async function listQuestionImportRows(
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

/** Imports into the banks an actor keeps, latest first. */
export async function listQuestionImports(actor: Actor, page: number): Promise<PageOf<QuestionImport>> {
  return await imports.listImportsIn('questions', { paths: bankSubtrees(actor), organizationIds: [] }, page);
}

/**
 * Reads the file again with columns as a person corrected them, and remembers the headings for the bank.
 * Refused: import_not_found, import_not_preview.
 */
export async function correctQuestionColumns(
  actor: Actor,
  id: string,
  mapping: Record<string, number>,
  now: Date,
): Promise<void> {
  await write(steps.importStream(id), async (tx) => {
    const found = await visibleImport(tx, actor, id);
    await steps.correct(tx, actor, found, { mapping, choices: steps.shownSheet(found) }, now);
  });
}

/** Reads another sheet of the file. Refused: import_not_found, import_not_preview; the sheet, as a file is. */
export async function chooseQuestionSheet(
  actor: Actor,
  id: string,
  sheetName: string,
  now: Date,
): Promise<void> {
  await write(steps.importStream(id), async (tx) => {
    await steps.readSheet(tx, actor, await visibleImport(tx, actor, id), sheetName, now);
  });
}

/** Commits a previewed import as a job. Refused: import_not_found, import_not_preview. */
export async function commitQuestionImport(actor: Actor, id: string, now: Date): Promise<void> {
  await write(steps.importStream(id), async (tx) => {
    await steps.commit(tx, actor, await visibleImport(tx, actor, id), now);
  });
}

/** Throws a preview away; nothing was changed by it. Refused: import_not_found, import_not_preview. */
export async function discardQuestionImport(actor: Actor, id: string, now: Date): Promise<void> {
  await write(steps.importStream(id), async (tx) => {
    await steps.discard(tx, actor, await visibleImport(tx, actor, id), now);
  });
}

/** The sender's own workbook with a reason on each refused row. Refused: import_not_found. */
export async function writeRefusedQuestions(
  actor: Actor,
  id: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  const found = await read((db) => visibleImport(db, actor, id));
  return await returnedWorkbook(found, uploadBytes);
}

/** Reads and compares a file and changes nothing. Refused like {@link startQuestionImport}, and for the file itself. */
export async function previewQuestions(
  actor: Actor,
  input: QuestionUpload,
  _now: Date,
): Promise<QuestionImportOutcome> {
  await bankFor(actor, input.divisionId);
  const { rows, lacking } = await decideQuestionFile(SYSTEM, { ...input, mapping: null, choices: null });
  if (lacking.length > 0) throw refuseQuestionImport('question_columns_lacking', { fields: lacking });
  return outcomeOfRows(rows);
}
