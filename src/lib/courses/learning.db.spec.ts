import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import { course, creditEntry, lesson, lessonProgress } from '#lib/server/db/schema/courses.ts';
import { person, post } from '#lib/server/db/schema/people.ts';
import { newId } from '#lib/server/id.ts';
import {
  answerQuiz,
  confirmPresence,
  keepPosition,
  openLesson,
  pingLesson,
  reachEnd,
} from './learning.server.ts';
import { followCredits } from './ledger.server.ts';

followCredits();

const COUNTY = '/41/4114/411426/';
const T0 = new Date('2026-03-05T01:00:00Z').getTime();
const at = (seconds: number) => new Date(T0 + seconds * 1000);
const QUIZ = [
  {
    type: 'judge' as const,
    stem: '预警有颜色。',
    options: [],
    answer: '对',
    explanation: '红橙黄蓝。',
    basis: '第六十三条',
  },
];

async function newLearner(): Promise<Actor> {
  const personId = newId();
  await write(`person:${personId}`, async (tx) => {
    await tx.insert(person).values({
      ...{
        id: personId,
        name: '李卫东',
        pinyin: 'li wei dong',
        idMasked: '',
        sex: '男' as const,
        birthOn: '1968-01-01',
      },
      ...{ phone: '', path: COUNTY, createdAt: at(0) },
    });
    await tx.insert(post).values({
      ...{
        id: newId(),
        personId,
        category: 'county_emergency',
        divisionId: '411426',
        path: COUNTY,
        unit: '局',
      },
      ...{
        title: '',
        operation: '',
        heldFrom: '2025-01-01',
        heldUntil: null,
        sameness: personId,
        createdAt: at(0),
      },
    });
  });
  return { accountId: newId(), personId, name: '李卫东', grants: [] };
}

async function newLesson(timed: boolean, minutes = 1): Promise<string> {
  const courseId = newId();
  const lessonId = newId();
  await write(`course:${courseId}`, async (tx) => {
    await tx.insert(course).values({
      ...{
        id: courseId,
        slug: courseId,
        title: '课',
        summary: '',
        audience: '',
        divisionId: '411426',
        path: COUNTY,
      },
      ...{
        isPublic: false,
        timed,
        dutyBasis: timed ? '某规定' : null,
        state: 'published',
        sources: [],
        createdAt: at(0),
      },
    });
    await tx.insert(lesson).values({
      ...{
        id: lessonId,
        courseId,
        chapter: '一',
        ordinal: 1,
        title: '节',
        kind: 'article' as const,
        body: '文',
      },
      ...{ files: {}, minutes, creditHundredths: 30, quiz: QUIZ },
    });
  });
  return lessonId;
}

async function ledgerOf(actor: Actor) {
  return await read((db) => db.select().from(creditEntry).where(eq(creditEntry.personId, actor.personId!)));
}

let timed: string;
let untimed: string;
beforeAll(async () => {
  timed = await newLesson(true);
  untimed = await newLesson(false);
});

describe('an untimed lesson', () => {
  it('is complete when read to the end and the quiz is passed, and gives credit once', async () => {
    const learner = await newLearner();
    await keepPosition(learner, untimed, 420, at(5));
    expect(await openLesson(learner, untimed, at(6))).toMatchObject({
      position: 420,
      requiredMs: 0,
      missing: ['end', 'quiz'],
    });
    const wrong = await answerQuiz(learner, untimed, ['错'], at(7));
    expect(wrong).toMatchObject({ passed: false, verdicts: [{ right: false, explanation: '红橙黄蓝。' }] });
    await answerQuiz(learner, untimed, ['对'], at(8));
    expect(await ledgerOf(learner)).toHaveLength(0);
    expect(await reachEnd(learner, untimed, at(9))).toMatchObject({ completed: true, missing: [] });
    await reachEnd(learner, untimed, at(10));
    await answerQuiz(learner, untimed, ['对'], at(11));
    expect(await ledgerOf(learner)).toMatchObject([
      {
        kind: 'lesson',
        creditHundredths: 30,
        halfDays: 0,
        heldOn: '2026-03-05',
        evidence: `lesson:${untimed}`,
      },
    ]);
  });

  it('refuses who has no person, and is not there for who may not see it', async () => {
    const learner = await newLearner();
    await expect(openLesson({ ...learner, personId: null }, untimed, at(0))).rejects.toMatchObject({
      code: 'person_missing',
    });
    await expect(openLesson({ ...learner, personId: 'nobody' }, untimed, at(0))).rejects.toMatchObject({
      status: 404,
    });
    await expect(openLesson(learner, 'none', at(0))).rejects.toMatchObject({ status: 404 });
    await expect(answerQuiz(learner, untimed, [], at(0))).rejects.toMatchObject({ code: 'quiz_incomplete' });
  });
});

describe('a timed lesson', () => {
  const play = async (learner: Actor, lessonId: string, playId: string, seconds: number) =>
    await pingLesson(learner, lessonId, { playId, position: seconds }, at(seconds));

  it('is complete with its minutes and the quiz, in either order', async () => {
    const learner = await newLearner();
    const { playId } = await openLesson(learner, timed, at(0), () => 0.5);
    await answerQuiz(learner, timed, ['对'], at(1));
    for (const second of [10, 20, 30, 40, 50])
      expect(await play(learner, timed, playId, second)).toMatchObject({ completed: false });
    expect(await play(learner, timed, playId, 60)).toMatchObject({ completed: true, creditedMs: 60_000 });
    expect(await ledgerOf(learner)).toMatchObject([{ kind: 'lesson', creditHundredths: 30 }]);
    expect(await openLesson(learner, timed, at(61))).toMatchObject({ position: 60, completed: true });
  });

  it('is never complete by reading to the end', async () => {
    const learner = await newLearner();
    await answerQuiz(learner, timed, ['对'], at(1));
    expect(await reachEnd(learner, timed, at(2))).toMatchObject({ completed: false, missing: ['time'] });
  });

  it('credits one device at a time: the later takes over and the earlier is told', async () => {
    const learner = await newLearner();
    const phone = await openLesson(learner, timed, at(0));
    expect(phone.tookOver).toBe(false);
    await play(learner, timed, phone.playId, 10);
    const desk = await openLesson(learner, timed, at(15));
    expect(desk.tookOver).toBe(true);
    await expect(play(learner, timed, phone.playId, 20)).rejects.toMatchObject({ code: 'played_elsewhere' });
    expect(await play(learner, timed, desk.playId, 25)).toMatchObject({ creditedMs: 20_000 });
    const other = await newLesson(true);
    await openLesson(learner, other, at(30));
    await expect(play(learner, timed, desk.playId, 35)).rejects.toMatchObject({ code: 'played_elsewhere' });
  });

  it('credits nothing for forged plays, replays and bursts', async () => {
    const learner = await newLearner();
    const { playId } = await openLesson(learner, timed, at(0));
    await expect(play(learner, timed, 'forged', 10)).rejects.toMatchObject({ code: 'played_elsewhere' });
    await expect(pingLesson(learner, untimed, { playId, position: 0 }, at(10))).rejects.toMatchObject({
      code: 'played_elsewhere',
    });
    const burst = await Promise.all(Array.from({ length: 20 }, () => play(learner, timed, playId, 10)));
    expect(Math.max(...burst.map((state) => state.creditedMs))).toBe(10_000);
    expect(await play(learner, timed, playId, 5)).toMatchObject({ creditedMs: 10_000 });
  });

  it('takes unconfirmed time back when the prompt is missed, even when the lesson is opened anew', async () => {
    const learner = await newLearner();
    const long = await newLesson(true, 30);
    const { playId } = await openLesson(learner, long, at(0), () => 0);
    for (let second = 10; second <= 470; second += 10) await play(learner, long, playId, second);
    expect(await play(learner, long, playId, 480)).toMatchObject({
      state: 'asked',
      answerWithinMs: 60_000,
      creditedMs: 480_000,
    });
    expect(await confirmPresence(learner, long, { playId }, at(500), () => 0)).toMatchObject({
      state: 'playing',
      creditedMs: 480_000,
    });
    for (let second = 510; second <= 980; second += 10) await play(learner, long, playId, second);
    const anew = await openLesson(learner, long, at(2000), () => 0);
    expect(anew).toMatchObject({ creditedMs: 480_000, state: 'playing' });
  });

  it('never credits more than the wall clock, whatever is sent', async () => {
    const step = fc.record({
      device: fc.constantFrom(0, 1),
      act: fc.constantFrom('open' as const, 'ping' as const, 'ping' as const, 'confirm' as const),
      seconds: fc.oneof(fc.constant(10), fc.integer({ min: -60, max: 700 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const learner = await newLearner();
        const long = await newLesson(true, 20);
        const plays = ['', ''];
        let clock = 0;
        // The server's clock may be set back: what has passed is then between its lowest and highest reading.
        let earliest = 0;
        let latest = 0;
        for (const { device, act, seconds } of steps) {
          clock += seconds;
          earliest = Math.min(earliest, clock);
          latest = Math.max(latest, clock);
          const ping = { playId: plays[device]!, position: 0 };
          if (act === 'open') plays[device] = (await openLesson(learner, long, at(clock), () => 0)).playId;
          else if (act === 'ping') await pingLesson(learner, long, ping, at(clock)).catch(expectElsewhere);
          else await confirmPresence(learner, long, ping, at(clock), () => 0).catch(expectElsewhere);
        }
        const [row] = await read((db) =>
          db
            .select()
            .from(lessonProgress)
            .where(and(eq(lessonProgress.personId, learner.personId!), eq(lessonProgress.lessonId, long))),
        );
        expect(row?.creditedMs ?? 0).toBeGreaterThanOrEqual(0);
        expect(row?.creditedMs ?? 0).toBeLessThanOrEqual(Math.min((latest - earliest) * 1000, 20 * 60_000));
      }),
      {
        numRuns: 40,
        examples: [
          [
            [
              { device: 0, act: 'open', seconds: -1 },
              { device: 0, act: 'ping', seconds: 10 },
            ],
          ],
        ],
      },
    );
  });
});

function expectElsewhere(reason: unknown): void {
  expect(reason).toMatchObject({ code: 'played_elsewhere' });
}
