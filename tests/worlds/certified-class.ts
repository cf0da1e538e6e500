import { eq } from 'drizzle-orm';
import { SYSTEM, type Actor, type Role } from '#lib/kernel/actor.ts';
import { read, write, type Tx } from '#lib/server/db/open.ts';
import { certificate } from '#lib/server/db/schema/certificates.ts';
import { attendance, classSession, enrolment, trainingClass } from '#lib/server/db/schema/classes.ts';
import { attempt, exam } from '#lib/server/db/schema/exams.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';

/** A class of 夏邑县 with half-days and an exam, and people who attend and pass: for specs about certificates. */

export const NOW = new Date('2026-03-06T09:00:00Z');
export const COUNTY = '/41/4114/411426/';
export const HUITING = `${COUNTY}411426101/`;
export const MATOU = `${COUNTY}411426102/`;
export const LUSHI = '/41/4112/411224/';

export function actorWith(role: Role, path: string, ids: Partial<Actor> = {}): Actor {
  return {
    accountId: newId(),
    personId: null,
    name: '甲',
    ...ids,
    grants: [{ role, path, organizationId: null }],
  };
}
export const BUREAU = actorWith('bureau', COUNTY);

export async function makePerson(name = '张丽丽', path = HUITING): Promise<string> {
  const id = newId();
  await write(`person:${id}`, (tx) =>
    tx.insert(person).values({
      ...{
        id,
        name,
        path,
        pinyin: 'zhanglili|zll',
        idCipher: null,
        idHash: null,
        idMasked: '410000********0013',
      },
      ...{
        sex: '女' as const,
        birthOn: '1990-01-01',
        phone: '13900000000',
        mergedInto: null,
        createdAt: NOW,
      },
    }),
  );
  return id;
}

export type World = { classId: string; examId: string; sessionIds: string[] };

export async function makeClass(
  sessions = 2,
  over: Partial<typeof trainingClass.$inferInsert> = {},
): Promise<World> {
  const classId = newId();
  const examId = newId();
  const path = over.path ?? COUNTY;
  const sessionIds = Array.from({ length: sessions }, newId);
  await write(`class:${classId}`, async (tx) => {
    await tx.insert(trainingClass).values({
      ...{
        id: classId,
        title: '第一期轮训班',
        divisionId: '411426',
        path,
        organizer: '夏邑县应急管理局',
        place: '党校',
      },
      ...{ note: '', state: 'open' as const, startsOn: '2026-03-02', endsOn: '2026-03-06', courseId: null },
      ...{ certificateKind: 'rotation', createdBy: '', createdAt: NOW, ...over },
    });
    for (const [index, id] of sessionIds.entries())
      await tx.insert(classSession).values({
        ...{
          id,
          classId,
          heldOn: `2026-03-0${2 + Math.floor(index / 2)}`,
          half: index % 2 ? ('pm' as const) : ('am' as const),
        },
        ...{ topic: '', startsAt: NOW, endsAt: NOW, signFrom: NOW, signUntil: NOW, secret: '' },
      });
    await tx.insert(exam).values({
      ...{
        id: examId,
        title: '结业考试',
        classId,
        divisionId: '411426',
        path,
        blueprint: [],
        opensAt: NOW,
        entryUntil: NOW,
      },
      ...{
        closesAt: NOW,
        minutes: 60,
        totalScore: 100,
        passScore: 80,
        attemptsMax: 1,
        graceSeconds: 30,
        notice: '',
      },
      ...{ showReview: true, state: 'published' as const, createdBy: '', createdAt: NOW },
    });
  });
  return { classId, examId, sessionIds };
}

export async function enrol({ classId }: World, personId: string, path = HUITING): Promise<void> {
  await write(`person:${personId}`, (tx) =>
    tx.insert(enrolment).values({
      ...{
        id: newId(),
        classId,
        personId,
        path,
        unit: '会亭镇人民政府',
        enrolledBy: '',
        enrolledAt: NOW,
        withdrawnAt: null,
      },
    }),
  );
}

export async function attend(
  tx: Tx,
  { classId, sessionIds }: World,
  personId: string,
  index: number,
  state: 'present' | 'late' | 'leave' = 'present',
) {
  const id = newId();
  await tx.insert(attendance).values({
    ...{
      id,
      sessionId: sessionIds[index]!,
      classId,
      personId,
      state,
      way: 'clerk' as const,
      at: NOW,
      device: null,
    },
    ...{ byAccount: '', spotCheck: false, checkedAt: null, reason: '' },
  });
  if (state === 'leave') return;
  await record(tx, {
    ...{ stream: `person:${personId}`, kind: 'attendance_confirmed', actor: SYSTEM, at: NOW, path: HUITING },
    detail: { personId, attendanceId: id, classId, heldOn: '2026-03-02', title: '' },
  });
}

export async function pass(tx: Tx, { classId, examId }: World, personId: string, passed = true) {
  const attemptId = newId();
  await tx.insert(attempt).values({
    ...{
      id: attemptId,
      examId,
      personId,
      ordinal: 1,
      state: 'submitted' as const,
      startedAt: NOW,
      dueAt: NOW,
      submittedAt: NOW,
    },
    ...{ lease: '', leaseAt: NOW, receipt: '', score: passed ? 92 : 60, passed, leaves: 0, shape: '' },
  });
  if (!passed) return;
  await record(tx, {
    ...{ stream: `person:${personId}`, kind: 'attempt_passed', actor: SYSTEM, at: NOW, path: HUITING },
    detail: { personId, attemptId, examId, classId },
  });
}

export const about = (personId: string, work: (tx: Tx) => Promise<unknown>) =>
  write(`person:${personId}`, work);
export const certificatesOf = (personId: string) =>
  read((db) => db.select().from(certificate).where(eq(certificate.personId, personId)));

/** A person with everything a certificate needs, and the certificate. */
export async function makeCertified(world: World, name = '张丽丽', path = HUITING) {
  const personId = await makePerson(name, path);
  await enrol(world, personId, path);
  await about(personId, async (tx) => {
    for (const index of world.sessionIds.keys()) await attend(tx, world, personId, index);
    await pass(tx, world, personId);
  });
  const [issued] = await certificatesOf(personId);
  return { personId, issued: issued! };
}
