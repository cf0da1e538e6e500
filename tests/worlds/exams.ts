import { asc, eq } from 'drizzle-orm';
import type { Actor, Grant, Role } from '#lib/kernel/actor.ts';
import { addDays, dayOf } from '#lib/kernel/day.ts';
import { startAttempt, takeLease } from '#lib/exams/attempts.server.ts';
import { createExam, publishExam } from '#lib/exams/exams.server.ts';
import type { ExamSettings } from '#lib/exams/exam.ts';
import { applyQuestionRows } from '#lib/exams/questions.server.ts';
import { bankStream } from '#lib/exams/drawing.server.ts';
import type { QuestionContent } from '#lib/exams/question.ts';
import { read, write } from '#lib/server/db/open.ts';
import {
  account,
  accountGrant,
  attemptAnswer,
  attemptPaper,
  enrolment,
  person,
  trainingClass,
} from '#lib/server/db/schema/index.ts';
import { newId } from '#lib/server/id.ts';

/** 夏邑县, from the reference data. */
export const COUNTY = { divisionId: '411426', path: '/41/4114/411426/' };
export const TOWNSHIP_PATH = '/41/4114/411426/411426101/';

export function actorWith(role: Role, path: string, who: { personId?: string; name?: string } = {}): Actor {
  const grants: Grant[] = [{ role, path, organizationId: null }];
  return { accountId: newId(), personId: who.personId ?? null, name: who.name ?? role, grants };
}

export const officer = actorWith('exam_officer', COUNTY.path, { name: '考务员' });

/** The account behind an actor of one grant. */
export async function addAccount(actor: Actor, loginName: string): Promise<void> {
  const [grant] = actor.grants;
  await write(`account:${actor.accountId}`, async (tx) => {
    await tx.insert(account).values({
      id: actor.accountId!,
      personId: null,
      loginName,
      name: actor.name,
      passwordHash: null,
      mustChangePassword: false,
      disabledAt: null,
      createdAt: new Date(0),
    });
    const { role, path } = grant!;
    const divisionId = path.split('/').at(-2)!;
    const values = { id: newId(), accountId: actor.accountId!, role, divisionId, path, organizationId: null };
    await tx.insert(accountGrant).values(values);
  });
}

export function questionsOf(type: QuestionContent['type'], count: number, topic = '防汛'): QuestionContent[] {
  const answer = { single: 'B', multiple: 'AC', judge: 'T' }[type];
  const options = type === 'judge' ? [] : ['选项一', '选项二', '选项三', '选项四'];
  return Array.from({ length: count }, (_, index) => ({
    type,
    stem: `${topic}${type}第${index + 1}题`,
    options,
    answer,
    explanation: `解析${index + 1}`,
    basis: '《中华人民共和国防洪法》',
    difficulty: (['easy', 'medium', 'hard'] as const)[index % 3]!,
    topic,
  }));
}

export async function fillBank(questions: readonly QuestionContent[], now: Date) {
  return await write(bankStream(COUNTY.divisionId), (tx) =>
    applyQuestionRows(officer, tx, COUNTY, questions, now),
  );
}

/** A person of 会亭镇 enrolled in a class, and the actor to act as. */
export async function enrol(classId: string, name: string, now: Date): Promise<Actor> {
  const personId = newId();
  await write([`person:${personId}`, `class:${classId}`], async (tx) => {
    await tx.insert(person).values({
      id: personId,
      name,
      pinyin: name,
      idMasked: '410***********0017',
      sex: '男',
      birthOn: '1990-01-01',
      phone: '',
      path: TOWNSHIP_PATH,
      createdAt: now,
    });
    await tx.insert(enrolment).values({
      id: newId(),
      classId,
      personId,
      path: TOWNSHIP_PATH,
      unit: '会亭镇人民政府',
      enrolledBy: officer.accountId!,
      enrolledAt: now,
    });
  });
  return actorWith('trainee', TOWNSHIP_PATH, { personId, name });
}

export async function openClass(now: Date, path = COUNTY.path): Promise<string> {
  const id = newId();
  const startsOn = dayOf(now);
  await write(`class:${id}`, (tx) =>
    tx.insert(trainingClass).values({
      id,
      title: '夏邑县应急干部轮训班',
      divisionId: COUNTY.divisionId,
      path,
      organizer: '夏邑县应急管理局',
      place: '县委党校',
      note: '',
      state: 'open',
      startsOn,
      endsOn: addDays(startsOn, 1),
      createdBy: officer.accountId!,
      createdAt: now,
    }),
  );
  return id;
}

export function settingsFor(
  classId: string,
  opensAt: Date,
  changes: Partial<ExamSettings> = {},
): ExamSettings {
  const later = (minutes: number) => new Date(opensAt.getTime() + minutes * 60_000);
  return {
    title: '结业考试',
    classId,
    opensAt,
    entryUntil: later(30),
    closesAt: later(120),
    minutes: 60,
    blueprint: [
      { topic: null, type: 'single', difficulty: null, count: 3, scoreEach: 2 },
      { topic: null, type: 'multiple', difficulty: null, count: 1, scoreEach: 2 },
      { topic: null, type: 'judge', difficulty: null, count: 2, scoreEach: 1 },
    ],
    passScore: 6,
    attemptsMax: 2,
    graceSeconds: 30,
    notice: '',
    showReview: true,
    ...changes,
  };
}

export async function publishedExam(
  classId: string,
  opensAt: Date,
  changes: Partial<ExamSettings> = {},
): Promise<string> {
  const earlier = new Date(opensAt.getTime() - 60_000);
  const { id } = await createExam(officer, settingsFor(classId, opensAt, changes), earlier);
  await publishExam(officer, id, earlier);
  return id;
}

/** A candidate who has started and holds the lease. */
export async function sitDown(classId: string, examId: string, now: Date) {
  const actor = await enrol(classId, '张三', now);
  const { attemptId: id } = await startAttempt(actor, examId, now);
  const { lease } = await takeLease(actor, id, { previous: '', force: false }, now);
  return { actor, id, lease };
}

export async function rightAnswers(attemptId: string) {
  const [paper] = await read((db) =>
    db.select().from(attemptPaper).where(eq(attemptPaper.attemptId, attemptId)),
  );
  return paper!.items.map(({ slot, answer }) => ({ slot, seq: 1, answer }));
}

export async function storedAnswers(attemptId: string) {
  const { slot } = attemptAnswer;
  return await read((db) =>
    db.select().from(attemptAnswer).where(eq(attemptAnswer.attemptId, attemptId)).orderBy(asc(slot)),
  );
}
