import { and, eq, like } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { account, attempt, event, examAllowance } from '#lib/server/db/schema/index.ts';
import { write } from '#lib/server/db/open.ts';
import {
  COUNTY,
  TOWNSHIP_PATH,
  actorWith,
  addAccount,
  enrol,
  fillBank,
  officer,
  openClass,
  publishedExam,
  questionsOf,
  sitDown,
} from '#tests/worlds/exams.ts';
import { grantExtraMinutes, voidAttempt } from './allowances.server.ts';
import { startAttempt, submitAttempt } from './attempts.server.ts';
import { findExam, listExams } from './exams.server.ts';
import { extendExam, listExtensions } from './extensions.server.ts';
import { assignInvigilator, dismissInvigilator, readInvigilators } from './invigilators.server.ts';
import { readBoard } from './results.server.ts';

const OPENS = new Date('2026-11-22T01:00:00Z');
const after = (minutes: number) => new Date(OPENS.getTime() + minutes * 60_000);
const hidden = { code: 'not_found', status: 404 };
const one = actorWith('invigilator', COUNTY.path, { name: '监考员甲' });
const two = actorWith('invigilator', '/41/4114/', { name: '监考员乙' });
const elsewhere = actorWith('invigilator', '/41/4112/411224/');
const below = actorWith('invigilator', TOWNSHIP_PATH);
const stopped = actorWith('invigilator', COUNTY.path);

let classId: string;

beforeAll(async () => {
  await fillBank(
    [...questionsOf('single', 8), ...questionsOf('multiple', 4), ...questionsOf('judge', 5)],
    OPENS,
  );
  classId = await openClass(OPENS);
  await addAccount(one, 'jia');
  await addAccount(two, 'yi');
  await addAccount(elsewhere, 'lushi-jk');
  await addAccount(below, 'huiting-jk');
  await addAccount(stopped, 'tingyong');
  await write(`account:${stopped.accountId}`, (tx) =>
    tx.update(account).set({ disabledAt: OPENS }).where(eq(account.id, stopped.accountId!)),
  );
});

const idsOf = async (actor: Actor) => (await listExams(actor, {}, 1)).rows.map(({ id }) => id);
const eventsOf = async (stream: string, kind: string) =>
  await read((db) =>
    db
      .select()
      .from(event)
      .where(and(eq(event.stream, stream), eq(event.kind, kind))),
  );

describe('an invigilator', () => {
  it('sees the exams assigned, one by one and in the list, and loses them when dismissed', async () => {
    const mine = await publishedExam(classId, OPENS);
    const others = await publishedExam(classId, OPENS);
    await assignInvigilator(officer, mine, one.accountId!, OPENS);
    await assignInvigilator(officer, mine, one.accountId!, OPENS);
    expect(await eventsOf(`exam:${mine}`, 'invigilator_assigned')).toHaveLength(1);
    expect(await idsOf(one)).toEqual([mine]);
    expect(await findExam(one, mine)).toMatchObject({ mayKeep: false });
    expect(await readBoard(one, mine, OPENS)).toEqual([]);
    await expect(findExam(one, others)).rejects.toMatchObject(hidden);
    await expect(readBoard(one, others, OPENS)).rejects.toMatchObject(hidden);
    await expect(listExtensions(one, others)).rejects.toMatchObject(hidden);
    await expect(readInvigilators(one, others)).rejects.toMatchObject(hidden);
    expect(await idsOf(two)).toEqual([]);
    await dismissInvigilator(officer, mine, one.accountId!, after(1));
    expect(await idsOf(one)).toEqual([]);
    await expect(findExam(one, mine)).rejects.toMatchObject(hidden);
    expect(await eventsOf(`exam:${mine}`, 'invigilator_dismissed')).toHaveLength(1);
  });

  it('is one of the place or above, whose account is not disabled', async () => {
    const id = await publishedExam(classId, OPENS);
    const { assignable } = await readInvigilators(officer, id);
    expect(assignable.map(({ loginName }) => loginName)).toEqual(['jia', 'yi']);
    for (const bad of [elsewhere, below, stopped, officer])
      await expect(assignInvigilator(officer, id, bad.accountId!, OPENS)).rejects.toMatchObject({
        code: 'invigilator_unknown',
      });
    await assignInvigilator(officer, id, two.accountId!, OPENS);
    const after = await readInvigilators(officer, id);
    expect(after.assigned.map(({ loginName }) => loginName)).toEqual(['yi']);
    expect(after.assignable.map(({ loginName }) => loginName)).toEqual(['jia']);
  });

  it('assigns nobody', async () => {
    const id = await publishedExam(classId, OPENS);
    await assignInvigilator(officer, id, one.accountId!, OPENS);
    await expect(assignInvigilator(one, id, two.accountId!, OPENS)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(dismissInvigilator(one, id, one.accountId!, OPENS)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(assignInvigilator(two, id, two.accountId!, OPENS)).rejects.toMatchObject(hidden);
  });
});

const dueOf = async (id: string) =>
  (await read((db) => db.select().from(attempt).where(eq(attempt.id, id))))[0]!.dueAt;

describe('extendExam', () => {
  const power = { minutes: 20, reason: '第二考场停电', personIds: null };

  it('moves every deadline under way, once, and leaves who has handed in alone', async () => {
    const examId = await publishedExam(classId, OPENS);
    const [early, late, done] = [
      await sitDown(classId, examId, after(0)),
      await sitDown(classId, examId, after(30)),
      await sitDown(classId, examId, after(0)),
    ];
    await submitAttempt(done!.actor, done!.id, { lease: done!.lease, answers: [] }, after(10));
    await assignInvigilator(officer, examId, one.accountId!, OPENS);
    const extension = { ...power, id: 'power-cut', examId };
    await extendExam(one, extension, after(40));
    await extendExam(one, extension, after(41));
    expect(await dueOf(early!.id)).toEqual(after(80));
    expect(await dueOf(late!.id)).toEqual(after(110));
    expect(await dueOf(done!.id)).toEqual(after(60));
    expect(await listExtensions(officer, examId)).toMatchObject([
      { minutes: 20, reason: '第二考场停电', people: 2, peopleShort: 0, by: '监考员甲' },
    ]);
    expect(await eventsOf(`exam:${examId}`, 'exam_extended')).toHaveLength(1);
    expect(await eventsOf(`attempt:${early!.id}`, 'deadline_moved')).toHaveLength(1);
    expect(await eventsOf(`attempt:${done!.id}`, 'deadline_moved')).toHaveLength(0);
  });

  it('adds to what one person has, before and after, and not to the next attempt', async () => {
    const examId = await publishedExam(classId, OPENS);
    const { actor, id, lease } = await sitDown(classId, examId, after(0));
    const alone = { examId, personId: actor.personId!, reason: '机器故障耽误' };
    await grantExtraMinutes(officer, { ...alone, minutes: 5 }, after(1));
    await extendExam(officer, { ...power, id: 'plus-20', examId }, after(2));
    expect(await dueOf(id)).toEqual(after(85));
    await grantExtraMinutes(officer, { ...alone, minutes: 10 }, after(3));
    expect(await dueOf(id)).toEqual(after(90));
    await submitAttempt(actor, id, { lease, answers: [] }, after(4));
    const again = await startAttempt(actor, examId, after(5));
    expect(await dueOf(again.attemptId)).toEqual(after(75));
    expect(await read((db) => db.$count(examAllowance, eq(examAllowance.examId, examId)))).toBe(1);
  });

  it('ends with the exam, and says for how many', async () => {
    const examId = await publishedExam(classId, OPENS, { entryUntil: after(60) });
    const whole = await sitDown(classId, examId, after(0));
    const short = await sitDown(classId, examId, after(50));
    const full = await sitDown(classId, examId, after(60));
    await extendExam(officer, { ...power, id: 'until-the-end', examId }, after(61));
    expect(await Promise.all([whole, short, full].map(({ id }) => dueOf(id)))).toEqual(
      [80, 120, 120].map(after),
    );
    expect(await listExtensions(officer, examId)).toMatchObject([{ people: 2, peopleShort: 1 }]);
    const chosen = { ...power, id: 'nothing', examId, personIds: [full.actor.personId!] };
    await expect(extendExam(officer, chosen, after(62))).rejects.toMatchObject({ code: 'extra_no_effect' });
  });

  it('is for chosen people where some are chosen, and for nobody where none is under way', async () => {
    const examId = await publishedExam(classId, OPENS);
    await expect(extendExam(officer, { ...power, id: 'nobody', examId }, after(1))).rejects.toMatchObject({
      code: 'extension_nobody',
      status: 409,
    });
    const chosen = await sitDown(classId, examId, after(0));
    const left = await sitDown(classId, examId, after(0));
    const absent = await enrol(classId, '李四', OPENS);
    const personIds = [chosen.actor.personId!, absent.personId!];
    await extendExam(officer, { ...power, id: 'some', examId, personIds }, after(2));
    expect(await dueOf(chosen.id)).toEqual(after(80));
    expect(await dueOf(left.id)).toEqual(after(60));
    await voidAttempt(officer, left.id, '误点进入考试', after(3));
    const voided = { ...power, id: 'void', examId, personIds: [left.actor.personId!] };
    await expect(extendExam(officer, voided, after(4))).rejects.toMatchObject({ code: 'extension_nobody' });
  });

  it('is for its officers and its invigilators, with a reason', async () => {
    const examId = await publishedExam(classId, OPENS);
    const { id, actor } = await sitDown(classId, examId, after(0));
    const extension = { ...power, id: 'who', examId };
    for (const stranger of [one, actor, actorWith('bureau', '/41/4112/411224/')])
      await expect(extendExam(stranger, extension, after(1))).rejects.toMatchObject(hidden);
    await expect(extendExam(officer, { ...extension, reason: ' 停电 ' }, after(1))).rejects.toMatchObject({
      code: 'reason_missing',
    });
    await expect(extendExam(officer, { ...extension, minutes: 241 }, after(1))).rejects.toMatchObject({
      code: 'extra_minutes_bad',
    });
    expect(await dueOf(id)).toEqual(after(60));
    expect(
      await read((db) =>
        db.$count(event, and(like(event.stream, `exam:${examId}`), eq(event.kind, 'exam_extended'))),
      ),
    ).toBe(0);
  });
});
