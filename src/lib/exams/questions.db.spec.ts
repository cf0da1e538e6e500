import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { read, write } from '#lib/server/db/open.ts';
import { event, question } from '#lib/server/db/schema/index.ts';
import { COUNTY, TOWNSHIP_PATH, actorWith, fillBank, officer, questionsOf } from '#tests/worlds/exams.ts';
import { bankStream } from './drawing.server.ts';
import {
  addQuestion,
  applyQuestionRows,
  changeQuestion,
  findBank,
  findQuestion,
  listBankGroups,
  listBanks,
  listQuestions,
  restoreQuestion,
  withdrawQuestion,
} from './questions.server.ts';

const NOW = new Date('2026-11-22T01:00:00Z');
const BANK = COUNTY.divisionId;
const [base] = questionsOf('single', 1, '预警');

const rows = () => read((db) => db.select().from(question));
const events = async () =>
  (
    await read((db) =>
      db
        .select()
        .from(event)
        .where(eq(event.stream, bankStream(BANK))),
    )
  ).map(({ kind }) => kind);

beforeAll(async () => {
  await fillBank([...questionsOf('single', 60), ...questionsOf('judge', 5, '火灾100%')], NOW);
});

describe('applyQuestionRows', () => {
  it('applied again changes nothing; a changed row gets a new version', async () => {
    const before = await rows();
    const told = (await events()).length;
    expect(await fillBank(questionsOf('single', 60), NOW)).toEqual({ created: 0, updated: 0, unchanged: 60 });
    expect(await rows()).toEqual(before);
    expect(await events()).toHaveLength(told);
    const [first, second] = questionsOf('single', 2);
    const applied = await fillBank([{ ...first!, answer: 'C' }, second!, { ...base!, stem: '新题 目' }], NOW);
    expect(applied).toEqual({ created: 1, updated: 1, unchanged: 1 });
    const after = await rows();
    expect(after.find((row) => row.stem === first!.stem)).toMatchObject({ answer: 'C', version: 2 });
    expect(after).toHaveLength(before.length + 1);
  });

  it('knows a stem by its key: width and spaces make no difference', async () => {
    expect(await fillBank([{ ...base!, stem: '新题目' }], NOW)).toMatchObject({ created: 0, updated: 1 });
  });

  it('takes back everything when the import fails in mid-slice', async () => {
    const before = await rows();
    const failing = write(bankStream(BANK), async (tx) => {
      await applyQuestionRows(officer, tx, COUNTY, questionsOf('multiple', 3), NOW);
      throw new Error('killed');
    });
    await expect(failing).rejects.toThrow('killed');
    expect(await rows()).toEqual(before);
  });

  it('is only for those who keep the bank', async () => {
    const other = actorWith('exam_officer', '/41/4112/411224/');
    const trying = write(bankStream(BANK), (tx) => applyQuestionRows(other, tx, COUNTY, [base!], NOW));
    await expect(trying).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('one question', () => {
  it('is added once, with its faults named', async () => {
    const { id } = await addQuestion(officer, BANK, base!, NOW);
    expect(await findQuestion(officer, id)).toMatchObject({
      version: 1,
      stem: base!.stem,
      path: COUNTY.path,
    });
    await expect(
      addQuestion(officer, BANK, { ...base!, stem: ` ${base!.stem} ` }, NOW),
    ).rejects.toMatchObject({
      code: 'stem_taken',
    });
    await expect(addQuestion(officer, BANK, { ...base!, stem: '', answer: 'E' }, NOW)).rejects.toMatchObject({
      code: 'stem_missing',
      detail: { also: ['answer_without_option'] },
    });
  });

  it('changed under somebody’s hands is refused, unchanged stays at its version', async () => {
    const { id } = await addQuestion(officer, BANK, { ...base!, stem: '改动的题' }, NOW);
    const { id: _id, ...content } = { ...base!, stem: '改动的题', id };
    await changeQuestion(officer, id, { content, version: 1 }, NOW);
    expect((await findQuestion(officer, id)).version).toBe(1);
    await changeQuestion(officer, id, { content: { ...content, answer: 'D' }, version: 1 }, NOW);
    expect(await findQuestion(officer, id)).toMatchObject({ version: 2, answer: 'D' });
    const stale = changeQuestion(officer, id, { content, version: 1 }, NOW);
    await expect(stale).rejects.toMatchObject({ code: 'question_changed' });
    const taken = changeQuestion(officer, id, { content: { ...content, stem: base!.stem }, version: 2 }, NOW);
    await expect(taken).rejects.toMatchObject({ code: 'stem_taken' });
  });

  it('is withdrawn with a reason and restored, and leaves its trace', async () => {
    const { id } = await addQuestion(officer, BANK, { ...base!, stem: '停用的题' }, NOW);
    await expect(withdrawQuestion(officer, id, '旧', NOW)).rejects.toMatchObject({ code: 'reason_missing' });
    await withdrawQuestion(officer, id, '法条已修订', NOW);
    const inUse = await listQuestions(officer, BANK, { text: '停用的题' }, 1);
    expect(inUse.rows).toEqual([]);
    expect((await listQuestions(officer, BANK, { text: '停用的题', withdrawn: true }, 1)).total).toBe(1);
    await restoreQuestion(officer, id, NOW);
    expect((await listQuestions(officer, BANK, { text: '停用的题' }, 1)).total).toBe(1);
    expect((await events()).slice(-3)).toEqual(['question_added', 'question_withdrawn', 'question_restored']);
  });
});

describe('the bank', () => {
  it('is listed by pages and filters, and % and _ are only signs', async () => {
    const first = await listQuestions(officer, BANK, { topic: '防汛', type: 'single' }, 1);
    const second = await listQuestions(officer, BANK, { topic: '防汛', type: 'single' }, 2);
    expect([first.total, first.rows.length, second.rows.length]).toEqual([60, 50, 10]);
    expect((await listQuestions(officer, BANK, { text: '100%' }, 1)).total).toBe(5);
    expect((await listQuestions(officer, BANK, { text: '1_0' }, 1)).total).toBe(0);
    expect((await listQuestions(officer, BANK, { topic: '防汛', difficulty: 'hard' }, 1)).total).toBe(20);
  });

  it('counts by type, topic and difficulty', async () => {
    const groups = await listBankGroups(officer, BANK);
    const sum = groups.reduce((total, group) => total + group.count, 0);
    expect(sum).toBe((await findBank(officer, BANK)).count);
    expect(groups).toContainEqual({ type: 'judge', topic: '火灾100%', difficulty: 'easy', count: 2 });
  });

  it('is hidden from everybody else', async () => {
    const hidden = { code: 'not_found', status: 404 };
    const [row] = await rows();
    for (const actor of [
      actorWith('exam_officer', '/41/4112/411224/'),
      actorWith('trainee', COUNTY.path),
      actorWith('invigilator', COUNTY.path),
      actorWith('exam_officer', TOWNSHIP_PATH),
    ]) {
      await expect(listQuestions(actor, BANK, {}, 1)).rejects.toMatchObject(hidden);
      await expect(findQuestion(actor, row!.id)).rejects.toMatchObject(hidden);
      await expect(addQuestion(actor, BANK, base!, NOW)).rejects.toMatchObject(hidden);
      await expect(withdrawQuestion(actor, row!.id, '没有理由', NOW)).rejects.toMatchObject(hidden);
    }
    expect(await listBanks(actorWith('trainee', COUNTY.path))).toEqual([]);
    expect(await listBanks(officer)).toMatchObject([{ divisionId: BANK, name: '夏邑县' }]);
    expect((await listBanks(actorWith('bureau', '/41/4114/'))).map((bank) => bank.divisionId)).toEqual([
      '4114',
      BANK,
    ]);
  });
});
