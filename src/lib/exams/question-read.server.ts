import { and, eq, inArray } from 'drizzle-orm';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { countedNotes, shownHeadings, type ImportHeading } from '#lib/kernel/sheet-import.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { question } from '#lib/server/db/schema/exams.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { doJobs, type Job, type JobStep } from '#lib/server/jobs/jobs.ts';
import { commitInSlices, importStream, readUploaded, type Decided } from '#lib/server/sheets/import-steps.ts';
import * as imports from '#lib/server/sheets/imports.ts';
import { readQuestionsInWorker } from '#lib/server/sheets/in-worker.ts';
import { uploadBytes } from '#lib/server/storage.ts';
import { bankStream } from './drawing.server.ts';
import { stemKeyOf } from './question.ts';
import { refuseQuestionImport } from './question-import-copy.ts';
import { planQuestion, type KnownQuestion, type StoredQuestionRow } from './question-plan.ts';
import { QUESTION_FIELD_NAMES } from './question-sheet-copy.ts';
import type { AcceptedQuestion, QuestionField, QuestionReading } from './question-sheet.ts';
import { applyQuestionRows } from './questions.server.ts';

/** What the preview shows above its rows. */
export type QuestionImportSummary = {
  sheetName: string;
  otherSheets: string[];
  headings: ImportHeading[];
  skipped: { row: number; why: string }[];
  notes: Record<string, number>;
};

type QuestionFile = {
  divisionId: string;
  bytes: Uint8Array;
  fileName: string;
  mapping: Record<string, number> | null;
  choices: { sheetName?: string } | null;
};

/** Rows in one transaction: about 20 ms of the thread. */
const SLICE_ROWS = 100;

/** Reads a question file in a worker and compares each row with the bank; changes nothing. */
export async function decideQuestionFile(
  _system: Actor,
  file: QuestionFile,
): Promise<Decided & { summary: QuestionImportSummary; lacking: string[] }> {
  const memory = await read((db) => imports.readColumnMemory(db, file.divisionId, 'questions'));
  const options = {
    memory: memory as Record<string, QuestionField | ''>,
    ...(file.mapping ? { mapping: file.mapping as Partial<Record<QuestionField, number>> } : {}),
    ...(file.choices?.sheetName ? { sheetName: file.choices.sheetName } : {}),
  };
  const reading = await readQuestionsInWorker({ bytes: file.bytes, fileName: file.fileName, options });
  const lacking = reading.lacking.map((field) => QUESTION_FIELD_NAMES[field]);
  return {
    lacking,
    rows: await read((db) => planReading(db, file.divisionId, reading)),
    summary: summaryOf(reading),
    asOf: null,
    refusal:
      lacking.length > 0
        ? refuseQuestionImport('question_columns_lacking', { fields: lacking }).message
        : null,
  };
}

async function planReading(db: Db, divisionId: string, reading: QuestionReading): Promise<Decided['rows']> {
  const accepted = reading.rows.filter((row): row is AcceptedQuestion => row.outcome === 'accepted');
  const known = await knownQuestions(
    db,
    divisionId,
    accepted.map((row) => stemKeyOf(row.fields.stem)),
  );
  return reading.rows.map((row) => {
    const common = { row: row.row, confirmed: false, appliedAt: null };
    if (row.outcome === 'refused') return { ...common, outcome: 'refused', decision: { ...row } };
    const plan = planQuestion(row.fields, known.get(stemKeyOf(row.fields.stem)) ?? null);
    const notes = row.notes.map((note) => note.code);
    const decision: StoredQuestionRow = { content: row.fields, notes, plan };
    return { ...common, outcome: plan.outcome, decision };
  });
}

async function knownQuestions(
  db: Db,
  divisionId: string,
  keys: string[],
): Promise<Map<string, KnownQuestion>> {
  const known = new Map<string, KnownQuestion>();
  for (const slice of inSlices(keys, 400)) {
    const rows = await db
      .select()
      .from(question)
      .where(and(eq(question.divisionId, divisionId), inArray(question.stemKey, slice)));
    for (const row of rows) known.set(row.stemKey, { ...row, withdrawn: row.withdrawnAt !== null });
  }
  return known;
}

function summaryOf(reading: QuestionReading): QuestionImportSummary {
  const { sheetName, otherSheets, skipped, rows } = reading;
  const headings = shownHeadings(reading);
  return { sheetName, otherSheets, headings, skipped, notes: countedNotes(rows) };
}

/** The job that reads an uploaded question file; harmless to repeat. */
async function readQuestions(actor: Actor, job: Job, now: Date): Promise<JobStep> {
  return await readUploaded(actor, job, now, async (found, stored) => {
    const { divisionId, fileName, mapping, choices } = found;
    const bytes = await uploadBytes(stored);
    return await decideQuestionFile(actor, { divisionId, fileName, mapping, choices, bytes });
  });
}

/** The job that brings previewed questions into the bank, one slice a call. */
async function commitQuestions(job: Job, now: Date): Promise<JobStep> {
  return await commitInSlices(job, now, SLICE_ROWS, async (found, importer, rows) => {
    const contents = rows.map(({ decision }) => (decision as unknown as StoredQuestionRow).content);
    // Whether they may was decided when they committed the preview; the job acts for them in that bank only.
    const by: Actor = {
      ...importer,
      grants: [{ role: 'exam_officer', path: found.path, organizationId: null }],
    };
    await write([importStream(found.id), bankStream(found.divisionId)], async (tx) => {
      await applyQuestionRows(by, tx, found, contents, now);
      await imports.markApplied(
        tx,
        found.id,
        rows.map(({ row }) => row),
        now,
      );
    });
  });
}

/** The jobs of a question import; followers.ts registers them. */
export function doQuestionJobs(): void {
  doJobs('questions_read', (job, now) => readQuestions(SYSTEM, job, now));
  doJobs('questions_commit', commitQuestions);
}
