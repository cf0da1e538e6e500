import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { read, write } from '#lib/server/db/open.ts';
import { event, question } from '#lib/server/db/schema/index.ts';
import { runDueJobs } from '#lib/server/jobs/jobs.ts';
import { readWorkbook } from '#lib/server/sheets/read-workbook.ts';
import { actorWith, COUNTY, officer } from '#tests/worlds/exams.ts';
import {
  commitQuestionImport,
  correctQuestionColumns,
  discardQuestionImport,
  listQuestionImportRows,
  listQuestionImports,
  previewQuestions,
  readQuestionImport,
  startQuestionImport,
  writeRefusedQuestions,
} from './question-import.server.ts';
import { doQuestionJobs } from './question-read.server.ts';
import { withdrawQuestion } from './questions.server.ts';

type Expected = {
  accepted: number;
  rejected_count: number;
  rejected: { row: number; reason_code: string; also?: string[] }[];
};

const FILE = 'questions-anquan.xlsx';
const NOW = new Date('2026-11-22T01:00:00Z');
const bytes = new Uint8Array(readFileSync(`tests/inputs/${FILE}`));
const input = { divisionId: COUNTY.divisionId, bytes, fileName: FILE };
const foreign = actorWith('exam_officer', '/41/4112/411224/');
const answers = JSON.parse(readFileSync('tests/inputs/expected.json', 'utf8')) as {
  files: Record<string, Expected>;
};
const answer = answers.files[FILE]!;

const bank = () => read((db) => db.select().from(question).where(eq(question.divisionId, COUNTY.divisionId)));
const refusedRows = (rows: { row: number; code: string; also: string[] }[]) =>
  rows.map(({ row, code, also }) => ({ row, code, also }));

/** Uploads a file and lets the job read it. */
async function uploaded(file = input): Promise<string> {
  const id = await startQuestionImport(officer, file, NOW);
  await runDueJobs(NOW);
  return id;
}

async function imported(file = input): Promise<string> {
  const id = await uploaded(file);
  await commitQuestionImport(officer, id, NOW);
  await runDueJobs(NOW);
  return id;
}

beforeAll(doQuestionJobs);

describe('a question file', () => {
  it('previewed changes nothing, and refuses what must be refused, with its codes', async () => {
    const outcome = await previewQuestions(officer, input, NOW);
    expect(outcome.rows).toEqual({
      accepted: answer.accepted,
      created: 120,
      updated: 0,
      unchanged: 0,
      to_confirm: 0,
    });
    const wanted = answer.rejected.map(({ row, reason_code, also }) => ({
      row,
      code: reason_code,
      also: also ?? [],
    }));
    expect(refusedRows(outcome.refused)).toEqual(wanted);
    expect(outcome.refused).toHaveLength(answer.rejected_count);
    expect(await bank()).toEqual([]);
  });

  it('waits for a yes, then stands in the bank, one event a slice', async () => {
    const id = await uploaded();
    const page = await readQuestionImport(officer, id);
    expect(page.import.state).toBe('preview');
    expect(page.counts).toEqual({ create: 120, update: 0, unchanged: 0, confirm: 0, refused: 12 });
    expect(page.bank).toBe('夏邑县');
    expect(page.import.summary!.headings.map(({ field }) => field)).toContain('stem');
    expect(await bank()).toEqual([]);
    await commitQuestionImport(officer, id, NOW);
    await runDueJobs(NOW);
    expect((await readQuestionImport(officer, id)).import).toMatchObject({ state: 'done', committedAt: NOW });
    const rows = await bank();
    const types = Object.groupBy(rows, (row) => row.type);
    expect([types.single?.length, types.multiple?.length, types.judge?.length]).toEqual([60, 30, 30]);
    expect(rows.every((row) => row.path === COUNTY.path)).toBe(true);
    const told = await read((db) =>
      db
        .select()
        .from(event)
        .where(eq(event.stream, `import:${id}`)),
    );
    expect(told.toSorted((a, b) => a.seq - b.seq).map(({ kind }) => kind)).toEqual([
      'questions_uploaded',
      'questions_read',
      'questions_committed',
      'questions_imported',
    ]);
  });

  it('imported again changes nothing', async () => {
    const before = await bank();
    const id = await imported();
    const { counts } = await readQuestionImport(officer, id);
    expect(counts).toEqual({ create: 0, update: 0, unchanged: 120, confirm: 0, refused: 12 });
    expect(await bank()).toEqual(before);
    expect((await previewQuestions(officer, input, NOW)).rows).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 120,
    });
  });

  it('says what would change, and that a question out of use stays out of use', async () => {
    const [first, second] = (await bank()).toSorted((a, b) => a.id.localeCompare(b.id));
    await write(`question:${first!.id}`, (tx) =>
      tx.update(question).set({ explanation: '旧的解析' }).where(eq(question.id, first!.id)),
    );
    await withdrawQuestion(officer, second!.id, '法条已修订', NOW);
    const id = await uploaded();
    const { rows } = await listQuestionImportRows(officer, id, ['update'], 1);
    expect(rows).toHaveLength(1);
    const change = { what: 'explanation', from: '旧的解析', to: first!.explanation };
    expect(rows[0]!.decision).toMatchObject({ plan: { questionId: first!.id, changes: [change] } });
    await commitQuestionImport(officer, id, NOW);
    await runDueJobs(NOW);
    const after = await bank();
    expect(after.find((row) => row.id === first!.id)).toMatchObject({
      explanation: first!.explanation,
      version: 2,
    });
    expect(after.find((row) => row.id === second!.id)!.withdrawnAt).toEqual(NOW);
  });

  it('comes back with a reason on each refused row', async () => {
    const id = await uploaded();
    const { name, bytes: book } = await writeRefusedQuestions(officer, id);
    expect(name).toBe(FILE);
    const sheet = readWorkbook(book, name).sheets.find((one) => one.name === '题库')!;
    const said = sheet.rows
      .filter((row) => row.cells.some((cell) => cell?.text.startsWith(`第${row.row}行`)))
      .map((row) => row.row);
    expect(said).toEqual(answer.rejected.map(({ row }) => row));
  });
});

describe('columns', () => {
  const csv = (heading: string) => ({
    ...input,
    fileName: '题目.csv',
    bytes: new TextEncoder().encode(
      `${heading}\n单选题,甲乙丙哪个在前？,甲,乙,A,天干\n判断题,乙在甲前。,,,错,天干\n`,
    ),
  });

  it('set by hand are used and remembered for the bank', async () => {
    const file = csv('题型,考什么,选项A,选项B,答案,备考');
    const id = await uploaded(file);
    const first = await readQuestionImport(officer, id);
    expect(first.import.state).toBe('failed');
    expect(first.import.refusal).toContain('题干');
    await correctQuestionColumns(officer, id, { stem: 2, topic: 6 }, NOW);
    await runDueJobs(NOW);
    const second = await readQuestionImport(officer, id);
    expect(second.import.state).toBe('preview');
    expect(second.counts.create).toBe(2);
    const again = await readQuestionImport(officer, await uploaded(file));
    expect(again.import.state).toBe('preview');
    expect(again.import.summary!.headings.find(({ column }) => column === 2)).toMatchObject({
      field: 'stem',
      confidence: 'remembered',
    });
  });

  it('lacking, the preview of the command line refuses the file and names them', async () => {
    const file = csv('题型,何事,选项A,选项B,答案,知识点');
    await expect(previewQuestions(officer, file, NOW)).rejects.toMatchObject({
      code: 'question_columns_lacking',
      detail: { fields: ['题干'] },
    });
  });
});

describe('who may', () => {
  it('is who keeps the bank; for others the import is not there', async () => {
    await expect(startQuestionImport(foreign, input, NOW)).rejects.toMatchObject({ code: 'bank_forbidden' });
    await expect(startQuestionImport(officer, { ...input, divisionId: '999999' }, NOW)).rejects.toMatchObject(
      {
        code: 'bank_unknown',
      },
    );
    const id = await uploaded();
    const hidden = { code: 'import_not_found', status: 404 };
    await expect(readQuestionImport(foreign, id)).rejects.toMatchObject(hidden);
    await expect(commitQuestionImport(foreign, id, NOW)).rejects.toMatchObject(hidden);
    await expect(writeRefusedQuestions(foreign, id)).rejects.toMatchObject(hidden);
    expect((await listQuestionImports(foreign, 1)).total).toBe(0);
    expect((await listQuestionImports(officer, 1)).total).toBeGreaterThan(0);
  });

  it('decides once: a discarded or committed import takes no more', async () => {
    const id = await uploaded();
    await discardQuestionImport(officer, id, NOW);
    await expect(commitQuestionImport(officer, id, NOW)).rejects.toMatchObject({
      code: 'import_not_preview',
    });
    await expect(discardQuestionImport(officer, id, NOW)).rejects.toMatchObject({
      code: 'import_not_preview',
    });
  });
});
