import { and, asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import { attempt, attemptPaper, enrolment, event, question } from '#lib/server/db/schema/index.ts';
import { follow } from '#lib/server/events/record.ts';
import {
  enrol,
  fillBank,
  openClass,
  publishedExam,
  questionsOf,
  rightAnswers,
  sitDown,
  storedAnswers,
} from '#tests/worlds/exams.ts';
import { readPulse, saveAnswers } from './answers.server.ts';
import {
  collectDueAttempts,
  recordLeave,
  startAttempt,
  submitAttempt,
  takeLease,
} from './attempts.server.ts';
import { readAttempt, readOutcome } from './candidate-attempts.server.ts';

const OPENS = new Date('2026-11-22T01:00:00Z');
const after = (seconds: number) => new Date(OPENS.getTime() + seconds * 1_000);
const MINUTE = 60;

let classId: string;
let examId: string;
const passedFacts: unknown[] = [];

beforeAll(async () => {
  follow(
    'attempt_passed',
    async (_tx, happenings) => void passedFacts.push(...happenings.map((one) => one.detail)),
  );
  await fillBank(
    [...questionsOf('single', 8), ...questionsOf('multiple', 4), ...questionsOf('judge', 5)],
    OPENS,
  );
  classId = await openClass(OPENS);
  examId = await publishedExam(classId, OPENS);
});

const sitting = (now = after(0), of = examId) => sitDown(classId, of, now);

const rowOf = async (id: string) =>
  (await read((db) => db.select().from(attempt).where(eq(attempt.id, id))))[0]!;
const eventsOf = async (id: string) =>
  (
    await read((db) =>
      db
        .select()
        .from(event)
        .where(eq(event.stream, `attempt:${id}`))
        .orderBy(asc(event.seq)),
    )
  ).map(({ kind }) => kind);

describe('startAttempt', () => {
  it('draws a paper of the blueprint and stores it, with the deadline', async () => {
    const { id } = await sitting(after(30));
    const row = await rowOf(id);
    expect(row).toMatchObject({ state: 'in_progress', ordinal: 1, shape: 'dddD!!' });
    expect(row.dueAt).toEqual(after(30 + 60 * MINUTE));
    const [paper] = await read((db) => db.select().from(attemptPaper).where(eq(attemptPaper.attemptId, id)));
    expect(paper!.items.map(({ type }) => type)).toEqual([
      'single',
      'single',
      'single',
      'multiple',
      'judge',
      'judge',
    ]);
    expect(await eventsOf(id)).toEqual(['attempt_started', 'lease_taken']);
  });

  it('started twice at once is one attempt', async () => {
    const actor = await enrol(classId, '李四', OPENS);
    const started = await Promise.all([1, 2, 3, 4].map(() => startAttempt(actor, examId, after(1))));
    expect(new Set(started.map(({ attemptId }) => attemptId)).size).toBe(1);
  });

  it('refuses with every reason, and hides exams of other classes', async () => {
    const actor = await enrol(classId, '王五', OPENS);
    await expect(startAttempt(actor, examId, after(-1))).rejects.toMatchObject({
      code: 'exam_not_open',
      status: 409,
    });
    await expect(startAttempt(actor, examId, after(31 * MINUTE))).rejects.toMatchObject({
      code: 'entry_over',
    });
    const stranger = await enrol(await openClass(OPENS), '外人', OPENS);
    await expect(startAttempt(stranger, examId, after(1))).rejects.toMatchObject({
      code: 'not_found',
      status: 404,
    });
    await expect(startAttempt({ ...actor, personId: null }, examId, after(1))).rejects.toMatchObject({
      code: 'no_person',
    });
    await write(`class:${classId}`, (tx) =>
      tx.update(enrolment).set({ withdrawnAt: OPENS }).where(eq(enrolment.personId, actor.personId!)),
    );
    await expect(startAttempt(actor, examId, after(1))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is refused, never shorter, when the bank has shrunk since publishing', async () => {
    const judges = and(eq(question.type, 'judge'), eq(question.divisionId, '411426'));
    const own = await publishedExam(classId, OPENS, { title: '题库缩减' });
    const actor = await enrol(classId, '赵六', OPENS);
    const { withdrawQuestion, restoreQuestion } = await import('./questions.server.ts');
    const { officer } = await import('#tests/worlds/exams.ts');
    const some = (await read((db) => db.select().from(question).where(judges))).slice(0, 4);
    for (const { id } of some) await withdrawQuestion(officer, id, '题目过时了', OPENS);
    await expect(startAttempt(actor, own, after(1))).rejects.toMatchObject({
      code: 'bank_short',
      detail: { shortBy: 1 },
    });
    for (const { id } of some) await restoreQuestion(officer, id, OPENS);
    await startAttempt(actor, own, after(1));
  });
});

describe('lease', () => {
  it('goes to a later device only when asked, and the older one is told', async () => {
    const { actor, id, lease } = await sitting();
    await expect(takeLease(actor, id, { previous: '', force: false }, after(5))).rejects.toMatchObject({
      code: 'lease_held',
    });
    const second = await takeLease(actor, id, { previous: '', force: true }, after(6));
    expect((await readPulse(actor, id, lease, after(7))).holdsLease).toBe(false);
    expect((await readPulse(actor, id, second.lease, after(7))).holdsLease).toBe(true);
    const save = { lease, answers: [{ slot: 1, seq: 1, answer: 'A' }] };
    await expect(saveAnswers(actor, id, save, after(8))).rejects.toMatchObject({
      code: 'lease_lost',
      status: 409,
    });
    await expect(submitAttempt(actor, id, { lease, answers: [] }, after(8))).rejects.toMatchObject({
      code: 'lease_lost',
    });
    const again = await takeLease(actor, id, { previous: second.lease, force: false }, after(9));
    await saveAnswers(actor, id, { ...save, lease: again.lease }, after(10));
  });
});

describe('saveAnswers', () => {
  it('keeps the newest, acknowledges a repetition, answers an older one with what stands', async () => {
    const { actor, id, lease } = await sitting();
    const save = (seq: number, answer: string) =>
      saveAnswers(actor, id, { lease, answers: [{ slot: 1, seq, answer }] }, after(60 + seq));
    expect(await save(2, 'B')).toEqual([
      { slot: 1, seq: 2, answer: 'B', savedAt: after(62).getTime(), late: false, kept: true },
    ]);
    expect(await save(2, 'B')).toMatchObject([
      { seq: 2, answer: 'B', kept: true, savedAt: after(62).getTime() },
    ]);
    expect(await save(1, 'A')).toMatchObject([{ seq: 2, answer: 'B', kept: false }]);
    expect(await save(2, 'C')).toMatchObject([{ seq: 2, answer: 'B', kept: false }]);
    expect(await save(3, '')).toMatchObject([{ seq: 3, answer: '', kept: true }]);
    expect(await storedAnswers(id)).toMatchObject([{ slot: 1, seq: 3, answer: '' }]);
    expect((await eventsOf(id)).filter((kind) => kind === 'answer_saved')).toHaveLength(2);
  });

  it('takes a late packet within the grace and marks it, and refuses it after', async () => {
    const { actor, id, lease } = await sitting();
    const at = (seconds: number, seq: number) =>
      saveAnswers(
        actor,
        id,
        { lease, answers: [{ slot: 2, seq, answer: 'A' }] },
        after(60 * MINUTE + seconds),
      );
    expect(await at(0, 1)).toMatchObject([{ late: false }]);
    expect(await at(30, 2)).toMatchObject([{ late: true }]);
    await expect(at(31, 3)).rejects.toMatchObject({ code: 'save_too_late' });
    expect(await storedAnswers(id)).toMatchObject([{ seq: 2, late: true }]);
  });

  it('refuses forged slots, options and sequences, and keeps nothing of the packet', async () => {
    const { actor, id, lease } = await sitting();
    const forged = [
      { slot: 7, seq: 1, answer: 'A' },
      { slot: 0, seq: 1, answer: 'A' },
      { slot: 1, seq: 1, answer: 'E' },
      { slot: 1, seq: 1, answer: 'AB' },
      { slot: 5, seq: 1, answer: 'A' },
      { slot: 1, seq: 0, answer: 'A' },
    ];
    for (const one of forged) {
      const answers = [{ slot: 3, seq: 9, answer: 'A' }, one];
      await expect(saveAnswers(actor, id, { lease, answers }, after(60))).rejects.toMatchObject({
        code: 'answer_bad',
      });
    }
    expect(await storedAnswers(id)).toEqual([]);
  });

  it('knows nothing of somebody else’s attempt', async () => {
    const { id, lease } = await sitting();
    const other = await sitting();
    const save = { lease, answers: [{ slot: 1, seq: 1, answer: 'A' }] };
    const hidden = { code: 'not_found', status: 404 };
    await expect(saveAnswers(other.actor, id, save, after(60))).rejects.toMatchObject(hidden);
    await expect(submitAttempt(other.actor, id, save, after(60))).rejects.toMatchObject(hidden);
    await expect(takeLease(other.actor, id, { previous: '', force: true }, after(60))).rejects.toMatchObject(
      hidden,
    );
    await expect(readPulse(other.actor, id, lease, after(60))).rejects.toMatchObject(hidden);
    await expect(readAttempt(other.actor, id, after(60))).rejects.toMatchObject(hidden);
    await expect(readOutcome(other.actor, id)).rejects.toMatchObject(hidden);
    await expect(recordLeave(other.actor, id, 5, after(60))).rejects.toMatchObject(hidden);
    await expect(saveAnswers(other.actor, 'no-such', save, after(60))).rejects.toMatchObject(hidden);
  });

  it('any sequence of saves from two devices leaves the highest sequence, and nothing after hand-in', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          do: fc.constant('save' as const),
          device: fc.nat(1),
          slot: fc.integer({ min: 1, max: 2 }),
          seq: fc.integer({ min: 1, max: 5 }),
          answer: fc.constantFrom('', 'A', 'B'),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('take' as const), device: fc.nat(1) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('submit' as const), device: fc.nat(1) }) },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(1, 1_800, 3_620) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const { actor, id, lease } = await sitting();
        const leases = [lease, ''];
        let holder = 0;
        let seconds = 1;
        let over = false;
        const expected = new Map<number, { seq: number; answer: string }>();
        for (const one of steps) {
          if (one.do === 'wait') seconds += one.seconds;
          else if (one.do === 'take') {
            const taken = await takeLease(actor, id, { previous: '', force: true }, after(seconds)).catch(
              () => null,
            );
            expect(taken === null).toBe(over);
            if (taken) [leases[one.device], holder] = [taken.lease, one.device];
          } else if (one.do === 'submit') {
            const isLate = seconds > 60 * MINUTE + 30;
            const done = submitAttempt(
              actor,
              id,
              { lease: leases[one.device]!, answers: [] },
              after(seconds),
            );
            if (over || isLate || one.device === holder) over = Boolean(await done);
            else await expect(done).rejects.toMatchObject({ code: 'lease_lost' });
          } else {
            const { slot, seq, answer } = one;
            const saving = saveAnswers(
              actor,
              id,
              { lease: leases[one.device]!, answers: [{ slot, seq, answer }] },
              after(seconds),
            );
            const isTaken = !over && one.device === holder && seconds <= 60 * MINUTE + 30;
            if (!isTaken) await expect(saving).rejects.toMatchObject({ status: 409 });
            else {
              const before = expected.get(slot);
              if (!before || seq > before.seq) expected.set(slot, { seq, answer });
              expect(await saving).toMatchObject([{ slot, ...expected.get(slot)! }]);
            }
          }
        }
        const kept = (await storedAnswers(id)).map(({ slot, seq, answer }) => [slot, { seq, answer }]);
        expect(kept).toEqual([...expected].toSorted(([a], [b]) => a - b));
      }),
      { numRuns: 25 },
    );
  });
});

describe('submitAttempt', () => {
  it('marks at once, gives the same receipt again, and takes nothing afterwards', async () => {
    const { actor, id, lease } = await sitting();
    const answers = await rightAnswers(id);
    await saveAnswers(actor, id, { lease, answers: answers.slice(0, 4) }, after(100));
    const receipt = await submitAttempt(actor, id, { lease, answers: answers.slice(4) }, after(600));
    expect(receipt).toMatchObject({ state: 'submitted', at: after(600), answered: 6, questions: 6 });
    expect(receipt.receipt).toMatch(/^1122-\w{4}-\w{4}$/);
    const again = await Promise.all(
      [1, 2].map(() => submitAttempt(actor, id, { lease: '', answers: [] }, after(700))),
    );
    expect(again).toEqual([receipt, receipt]);
    const late = { lease, answers: [{ slot: 1, seq: 9, answer: 'A' }] };
    await expect(saveAnswers(actor, id, late, after(601))).rejects.toMatchObject({ code: 'attempt_over' });
    expect(await rowOf(id)).toMatchObject({ score: 10, passed: true, state: 'submitted' });
    expect(passedFacts).toContainEqual({ personId: actor.personId, attemptId: id, examId, classId });
    expect((await eventsOf(id)).slice(-2)).toEqual(['attempt_submitted', 'attempt_passed']);
    await expect(startAttempt(actor, examId, after(700))).rejects.toMatchObject({ code: 'already_passed' });
  });

  it('a failed attempt allows a retake with a new paper, as often as the exam says', async () => {
    const { actor, id, lease } = await sitting();
    await submitAttempt(actor, id, { lease, answers: [] }, after(60));
    expect(await rowOf(id)).toMatchObject({ score: 0, passed: false });
    const second = await startAttempt(actor, examId, after(120));
    expect(await rowOf(second.attemptId)).toMatchObject({ ordinal: 2, state: 'in_progress' });
    const { lease: next } = await takeLease(
      actor,
      second.attemptId,
      { previous: '', force: false },
      after(121),
    );
    await submitAttempt(actor, second.attemptId, { lease: next, answers: [] }, after(130));
    await expect(startAttempt(actor, examId, after(140))).rejects.toMatchObject({ code: 'attempts_used_up' });
    expect(passedFacts).not.toContainEqual(expect.objectContaining({ personId: actor.personId }));
  });

  it('after the grace the server collects: the answers that came with it are not taken', async () => {
    const { actor, id, lease } = await sitting();
    await saveAnswers(actor, id, { lease, answers: [{ slot: 1, seq: 1, answer: 'A' }] }, after(60));
    const answers = [{ slot: 2, seq: 2, answer: 'A' }];
    const receipt = await submitAttempt(actor, id, { lease, answers }, after(60 * MINUTE + 31));
    expect(receipt).toMatchObject({ state: 'collected', at: after(60 * MINUTE), answered: 1 });
    expect(await storedAnswers(id)).toHaveLength(1);
  });
});

describe('collectDueAttempts', () => {
  it('collects and marks what is past its grace, once, without a browser', async () => {
    await collectDueAttempts(SYSTEM, after(10 * 60 * MINUTE));
    const { actor, id, lease } = await sitting(after(5));
    await saveAnswers(actor, id, { lease, answers: await rightAnswers(id) }, after(50));
    expect(await collectDueAttempts(SYSTEM, after(60 * MINUTE + 35))).toBe(0);
    const collected = await Promise.all(
      [0, 1].map(() => collectDueAttempts(SYSTEM, after(60 * MINUTE + 36))),
    );
    expect(collected.reduce((sum, one) => sum + one)).toBe(1);
    expect(await rowOf(id)).toMatchObject({
      state: 'collected',
      score: 10,
      passed: true,
      submittedAt: after(60 * MINUTE + 5),
    });
    expect(passedFacts).toContainEqual({ personId: actor.personId, attemptId: id, examId, classId });
    expect(await readPulse(actor, id, lease, after(70 * MINUTE))).toMatchObject({ state: 'collected' });
  });

  it('counts a shorter window: who starts late is collected at the closing', async () => {
    const short = await publishedExam(classId, OPENS, {
      closesAt: after(70 * MINUTE),
      entryUntil: after(69 * MINUTE),
    });
    const { id } = await sitting(after(50 * MINUTE), short);
    expect((await rowOf(id)).dueAt).toEqual(after(70 * MINUTE));
    await collectDueAttempts(SYSTEM, after(70 * MINUTE + 31));
    expect((await rowOf(id)).state).toBe('collected');
  });
});
