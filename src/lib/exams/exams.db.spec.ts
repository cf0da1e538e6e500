import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { attempt, attemptPaper, event, exam, job } from '#lib/server/db/schema/index.ts';
import { runDueJobs } from '#lib/server/jobs/jobs.ts';
import {
  COUNTY,
  actorWith,
  addAccount,
  enrol,
  fillBank,
  officer,
  openClass,
  publishedExam,
  questionsOf,
  settingsFor,
} from '#tests/worlds/exams.ts';
import { assignInvigilator } from './invigilators.server.ts';
import { grantExtraMinutes, voidAttempt } from './allowances.server.ts';
import { saveAnswers } from './answers.server.ts';
import { startAttempt, submitAttempt, takeLease } from './attempts.server.ts';
import { findCandidateExam, listCandidateExams } from './candidates.server.ts';
import { collectOneRound, doCollecting } from './collecting.server.ts';
import {
  cancelExam,
  changeExam,
  createExam,
  findExam,
  listExamClasses,
  listExams,
  listTemplates,
  publishExam,
} from './exams.server.ts';
import { exportResults, findCandidateOf, listResults, readBoard, readWeaknesses } from './results.server.ts';

const OPENS = new Date('2026-11-22T01:00:00Z');
const after = (minutes: number) => new Date(OPENS.getTime() + minutes * 60_000);
const invigilator = actorWith('invigilator', COUNTY.path, { name: '监考员甲' });
const other = actorWith('invigilator', COUNTY.path);
const assignTo = (examId: string) => assignInvigilator(officer, examId, invigilator.accountId!, OPENS);
const foreign = actorWith('exam_officer', '/41/4112/411224/');
const hidden = { code: 'not_found', status: 404 };

let classId: string;

beforeAll(async () => {
  await fillBank(
    [...questionsOf('single', 8), ...questionsOf('multiple', 4), ...questionsOf('judge', 5)],
    OPENS,
  );
  classId = await openClass(OPENS);
  await addAccount(invigilator, 'jiankao');
});

async function sit(actor: Actor, examId: string, now: Date, right: number) {
  const { attemptId } = await startAttempt(actor, examId, now);
  const { lease } = await takeLease(actor, attemptId, { previous: '', force: false }, now);
  const [paper] = await read((db) =>
    db.select().from(attemptPaper).where(eq(attemptPaper.attemptId, attemptId)),
  );
  const answers = paper!.items.slice(0, right).map(({ slot, answer }) => ({ slot, seq: 1, answer }));
  await saveAnswers(actor, attemptId, { lease, answers }, now);
  return {
    attemptId,
    lease,
    submit: (at: Date) => submitAttempt(actor, attemptId, { lease, answers: [] }, at),
  };
}

describe('making an exam', () => {
  it('goes from draft to published, with its total and the bank of its county', async () => {
    const { id } = await createExam(officer, settingsFor(classId, OPENS), after(-60));
    expect(await findExam(officer, id)).toMatchObject({
      state: 'draft',
      totalScore: 10,
      divisionId: '411426',
    });
    await changeExam(officer, id, settingsFor(classId, OPENS, { title: '改名', passScore: 8 }), after(-59));
    await publishExam(officer, id, after(-58));
    expect(await findExam(officer, id)).toMatchObject({ state: 'published', title: '改名', passScore: 8 });
    await expect(changeExam(officer, id, settingsFor(classId, OPENS), after(-57))).rejects.toMatchObject({
      code: 'exam_not_draft',
    });
    await expect(publishExam(officer, id, after(-57))).rejects.toMatchObject({ code: 'exam_published' });
    const told = await read((db) =>
      db
        .select()
        .from(event)
        .where(eq(event.stream, `exam:${id}`)),
    );
    expect(told.map(({ kind }) => kind).toSorted()).toEqual([
      'exam_changed',
      'exam_created',
      'exam_published',
    ]);
  });

  it('is not published when the bank falls short', async () => {
    const blueprint = [{ topic: null, type: 'judge' as const, difficulty: null, count: 9, scoreEach: 2 }];
    const { id } = await createExam(officer, settingsFor(classId, OPENS, { blueprint }), after(-60));
    expect((await findExam(officer, id)).feasibility).toMatchObject({
      feasible: false,
      shortBy: 4,
      totalScore: 18,
    });
    await expect(publishExam(officer, id, after(-59))).rejects.toMatchObject({
      code: 'bank_short',
      detail: { shortBy: 4 },
    });
    expect((await findExam(officer, id)).state).toBe('draft');
  });

  it('refuses settings that make no sense, and classes of others', async () => {
    const bad = settingsFor(classId, OPENS, { minutes: 200, passScore: 99 });
    await expect(createExam(officer, bad, OPENS)).rejects.toMatchObject({
      code: 'window_short',
      detail: { also: ['pass_score_bad'] },
    });
    await expect(createExam(foreign, settingsFor(classId, OPENS), OPENS)).rejects.toMatchObject({
      code: 'class_unknown',
    });
    await expect(createExam(invigilator, settingsFor(classId, OPENS), OPENS)).rejects.toMatchObject({
      code: 'class_unknown',
    });
  });

  it('is cancelled with a reason, but not once somebody has started', async () => {
    const id = await publishedExam(classId, OPENS);
    await expect(cancelExam(officer, id, '', OPENS)).rejects.toMatchObject({ code: 'reason_missing' });
    const actor = await enrol(classId, '开考者', OPENS);
    const { attemptId } = await startAttempt(actor, id, OPENS);
    await expect(cancelExam(officer, id, '停电改期', OPENS)).rejects.toMatchObject({
      code: 'exam_under_way',
    });
    await voidAttempt(officer, attemptId, '停电未能作答', OPENS);
    await cancelExam(officer, id, '停电改期', OPENS);
    await expect(startAttempt(actor, id, OPENS)).rejects.toMatchObject({ code: 'exam_cancelled' });
  });

  it('offers the templates, the 80 of 100 of the three posts among them, and open classes', async () => {
    const templates = await listTemplates(officer);
    expect(templates.find(({ code }) => code === 'three-posts-100')).toMatchObject({
      passScore: 80,
      minutes: 120,
    });
    expect((await listExamClasses(officer)).map(({ id }) => id)).toContain(classId);
    expect(await listExamClasses(foreign)).toEqual([]);
    expect(await listExamClasses(invigilator)).toEqual([]);
  });
});

describe('who sees an exam', () => {
  it('the officer all, its invigilator the board, others nothing', async () => {
    const id = await publishedExam(classId, OPENS);
    await assignTo(id);
    for (const actor of [
      other,
      foreign,
      actorWith('trainee', COUNTY.path),
      actorWith('township_officer', COUNTY.path),
    ]) {
      await expect(findExam(actor, id)).rejects.toMatchObject(hidden);
      await expect(readBoard(actor, id, OPENS)).rejects.toMatchObject(hidden);
      await expect(listResults(actor, id, null, OPENS)).rejects.toMatchObject(hidden);
      await expect(cancelExam(actor, id, '没有理由', OPENS)).rejects.toMatchObject(hidden);
      expect((await listExams(actor, {}, 1)).rows).toEqual([]);
    }
    expect(await findExam(invigilator, id)).toMatchObject({ mayKeep: false });
    expect((await listExams(invigilator, {}, 1)).rows.map((row) => row.id)).toContain(id);
    for (const trying of [
      () => listResults(invigilator, id, null, OPENS),
      () => exportResults(invigilator, id, OPENS),
      () => publishExam(invigilator, id, OPENS),
      () => readWeaknesses(invigilator, id),
    ])
      await expect(trying()).rejects.toMatchObject({ code: 'forbidden', status: 403 });
    await expect(findExam(officer, 'no-such')).rejects.toMatchObject(hidden);
  });
});

describe('candidate cards', () => {
  it('say how each exam stands and all that keeps from starting', async () => {
    const own = await openClass(OPENS);
    const actor = await enrol(own, '卡片', OPENS);
    const examId = await publishedExam(own, OPENS);
    await createExam(officer, settingsFor(own, OPENS), after(-1));
    const card = async (minutes: number) => {
      const cards = await listCandidateExams(actor, after(minutes));
      expect(cards).toHaveLength(1);
      return cards[0]!;
    };
    expect(await card(-5)).toMatchObject({
      state: 'upcoming',
      mayStart: false,
      mayWait: true,
      attemptsLeft: 2,
    });
    expect(await card(0)).toMatchObject({ state: 'open', mayStart: true, reasons: [] });
    expect(await card(31)).toMatchObject({ state: 'absent', mayStart: false });
    expect((await card(31)).reasons).toEqual([
      '已过最迟入场时间（2026年11月22日 09:30），不能再进入。有特殊情况请联系考务人员。',
    ]);
    const { submit } = await sit(actor, examId, after(1), 6);
    expect(await card(2)).toMatchObject({ state: 'under_way', underWay: { state: 'in_progress' } });
    await submit(after(3));
    expect(await card(4)).toMatchObject({
      state: 'handed_in',
      best: { score: 10, passed: true },
      mayStart: false,
    });
    expect(await card(121)).toMatchObject({ state: 'over' });
    const exam_ = await findCandidateExam(actor, examId, after(5));
    expect(exam_.candidate).toEqual({ name: '卡片', idMasked: '410***********0017', unit: '会亭镇人民政府' });
    const stranger = await enrol(await openClass(OPENS), '外人', OPENS);
    await expect(findCandidateExam(stranger, examId, OPENS)).rejects.toMatchObject(hidden);
    expect(await listCandidateExams({ ...actor, personId: null }, OPENS)).toEqual([]);
  });
});

describe('board and results', () => {
  it('tell who has started, handed in, is absent; best attempt each; rows for export', async () => {
    const own = await openClass(OPENS);
    const examId = await publishedExam(own, OPENS);
    const [good, poor, busy] = [
      await enrol(own, '优', OPENS),
      await enrol(own, '差', OPENS),
      await enrol(own, '忙', OPENS),
    ];
    await enrol(own, '缺', OPENS);
    await (await sit(good, examId, after(0), 3)).submit(after(10));
    await (await sit(poor, examId, after(0), 1)).submit(after(10));
    await (await sit(poor, examId, after(11), 0)).submit(after(12));
    await sit(busy, examId, after(20), 2);
    await assignTo(examId);
    const board = await readBoard(invigilator, examId, after(35));
    expect(Object.fromEntries(board.map((row) => [row.name, [row.state, row.answered]]))).toEqual({
      优: ['handed_in', 3],
      差: ['handed_in', 0],
      忙: ['under_way', 2],
      缺: ['absent', 0],
    });
    expect(board[0]).not.toHaveProperty('score');
    const { rows, statistics } = await listResults(officer, examId, null, after(35));
    expect(Object.fromEntries(rows.map((row) => [row.name, [row.outcome, row.score]]))).toEqual({
      优: ['passed', 6],
      差: ['failed', 2],
      忙: ['under_way', null],
      缺: ['absent', null],
    });
    expect(statistics).toMatchObject({
      candidates: 4,
      sat: 3,
      passed: 1,
      failed: 1,
      absent: 1,
      averageTenths: 40,
    });
    expect((await listResults(officer, examId, 'absent', after(35))).rows.map((row) => row.name)).toEqual([
      '缺',
    ]);
    const sheet = await exportResults(officer, examId, after(35));
    expect(sheet.rows.find((row) => row[1] === '优')?.slice(4, 12)).toEqual([
      '合格',
      6,
      6,
      1,
      '11-22 09:00',
      '11-22 09:10',
      10,
      '已交卷',
    ]);
    expect(sheet.rows.every((row) => row.length === sheet.columns.length)).toBe(true);
    const { topics, questions } = await readWeaknesses(officer, examId);
    expect(topics).toEqual([{ topic: '防汛', asked: 18, right: 4 }]);
    expect(questions.reduce((sum, line) => sum + line.asked, 0)).toBeGreaterThan(0);
    const listed = (await listExams(officer, { classId: own }, 1)).rows;
    expect(listed.map((row) => row.counts)).toEqual([{ candidates: 4, started: 3, handedIn: 2, passed: 1 }]);
  });
});

describe('extra time and starting anew', () => {
  it('extra minutes move the deadline of an attempt under way and of one to come', async () => {
    const examId = await publishedExam(classId, OPENS);
    const [now, later] = [await enrol(classId, '加时甲', OPENS), await enrol(classId, '加时乙', OPENS)];
    const { attemptId } = await sit(now, examId, after(0), 0);
    const grant = (actor: Actor, minutes: number) =>
      grantExtraMinutes(
        officer,
        { examId, personId: actor.personId!, minutes, reason: '机器故障耽误' },
        after(5),
      );
    await grant(now, 15);
    await grant(later, 10);
    const dueOf = async (id: string) =>
      (await read((db) => db.select().from(attempt).where(eq(attempt.id, id))))[0]!.dueAt;
    expect(await dueOf(attemptId)).toEqual(after(75));
    expect(await dueOf((await startAttempt(later, examId, after(6))).attemptId)).toEqual(after(76));
    await grant(now, 90);
    expect(await dueOf(attemptId)).toEqual(after(120));
    await expect(grant(now, 100)).rejects.toMatchObject({ code: 'extra_no_effect' });
    await expect(grant(now, 0)).rejects.toMatchObject({ code: 'extra_minutes_bad' });
    const empty = { examId, personId: now.personId!, minutes: 5, reason: '  ' };
    await expect(grantExtraMinutes(officer, empty, OPENS)).rejects.toMatchObject({ code: 'reason_missing' });
    await assignTo(examId);
    await expect(
      grantExtraMinutes(invigilator, { ...empty, reason: '机器故障' }, OPENS),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(grantExtraMinutes(foreign, { ...empty, reason: '机器故障' }, OPENS)).rejects.toMatchObject(
      hidden,
    );
    const { result } = await findCandidateOf(officer, examId, now.personId!, after(7));
    expect(result.extraMinutes).toBe(90);
  });

  it('a void attempt is kept, counts no more, and the person sits again', async () => {
    const examId = await publishedExam(classId, OPENS, { attemptsMax: 1 });
    const actor = await enrol(classId, '重考', OPENS);
    const { attemptId, submit } = await sit(actor, examId, after(0), 1);
    await submit(after(1));
    await expect(startAttempt(actor, examId, after(2))).rejects.toMatchObject({ code: 'attempts_used_up' });
    await voidAttempt(officer, attemptId, '误点交卷，考场记录在案', after(3));
    await expect(voidAttempt(officer, attemptId, '再次作废', after(3))).rejects.toMatchObject({
      code: 'attempt_void_already',
    });
    const again = await startAttempt(actor, examId, after(4));
    const kept = await read((db) =>
      db
        .select()
        .from(attempt)
        .where(and(eq(attempt.examId, examId), eq(attempt.personId, actor.personId!))),
    );
    expect(kept.map(({ state, ordinal }) => [ordinal, state]).toSorted()).toEqual([
      [1, 'void'],
      [2, 'in_progress'],
    ]);
    expect(again.attemptId).not.toBe(attemptId);
    expect(await read((db) => db.$count(attemptPaper, eq(attemptPaper.attemptId, attemptId)))).toBe(1);
  });

  it('a passed attempt may be declared void with a reason, a foreign one is not there', async () => {
    const examId = await publishedExam(classId, OPENS);
    const actor = await enrol(classId, '已过', OPENS);
    const { attemptId, submit } = await sit(actor, examId, after(0), 6);
    await submit(after(1));
    await expect(voidAttempt(foreign, attemptId, '没有道理', after(2))).rejects.toMatchObject(hidden);
    await expect(voidAttempt(actor, attemptId, '没有道理', after(2))).rejects.toMatchObject(hidden);
    await voidAttempt(officer, attemptId, '查实由他人代考', after(3));
    const again = await startAttempt(actor, examId, after(4));
    expect(again.attemptId).not.toBe(attemptId);
  });
});

describe('the collecting job', () => {
  it('is asked for by publishing, runs until no paper is out and no exam is open, and is asked for anew', async () => {
    doCollecting();
    const examId = await publishedExam(classId, OPENS);
    const actor = await enrol(classId, '无浏览器', OPENS);
    const { attemptId } = await sit(actor, examId, after(0), 6);
    const state = async () =>
      (await read((db) => db.select().from(attempt).where(eq(attempt.id, attemptId))))[0]!.state;
    const asked = async () =>
      (await read((db) => db.select().from(job).where(eq(job.key, 'collect-attempts'))))[0]!;
    await runDueJobs(after(60));
    expect(await state()).toBe('in_progress');
    await runDueJobs(after(61));
    expect(await state()).toBe('collected');
    for (let minutes = 62; minutes < 300; minutes += 10) await runDueJobs(after(minutes));
    expect((await asked()).doneAt).not.toBeNull();
    expect(await collectOneRound(SYSTEM, after(301))).toMatchObject({ done: 0, again: false });
    await publishedExam(classId, after(400));
    expect((await asked()).doneAt).toBeNull();
    expect(await read((db) => db.$count(exam, eq(exam.state, 'published')))).toBeGreaterThan(1);
  });
});
