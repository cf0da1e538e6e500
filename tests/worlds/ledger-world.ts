import { eq } from 'drizzle-orm';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import {
  attendance,
  classSession,
  outsideTraining,
  outsideTrainingPerson,
  trainingClass,
} from '#lib/server/db/schema/classes.ts';
import { adoption } from '#lib/server/db/schema/coverage.ts';
import { creditEntry } from '#lib/server/db/schema/courses.ts';
import { person, post } from '#lib/server/db/schema/people.ts';
import { record, recordMany } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { writeAboutPeople } from '#lib/server/person-records.ts';

/** Two classes at the same time, people who sign in to them or trained elsewhere: for specs of the ledger. */

export const NOW = new Date('2026-03-20T01:00:00Z');
export const LUSHI = '/41/4112/411224/';
export const XIAYI = '/41/4114/411426/';
export const bureau: Actor = {
  accountId: 'b',
  personId: null,
  name: '县局',
  grants: [{ role: 'bureau', path: XIAYI, organizationId: null }],
};

/** Sessions of two classes that run at the same time, on two days. */
export const SESSIONS = ['甲', '乙'].flatMap((className) =>
  ['2026-03-05', '2026-03-06'].flatMap((heldOn) =>
    (['am', 'pm'] as const).map((half) => ({
      id: `${className}-${heldOn}-${half}`,
      classId: className,
      heldOn,
      half,
    })),
  ),
);

export async function newPerson(path = XIAYI): Promise<string> {
  const id = newId();
  await write(`person:${id}`, async (tx) => {
    await tx.insert(person).values({
      ...{ id, name: '赵敏', pinyin: 'zhao min', idMasked: '', sex: '女' as const, birthOn: '1980-01-01' },
      ...{ phone: '', path, createdAt: NOW },
    });
    await tx.insert(post).values({
      ...{
        id: newId(),
        personId: id,
        category: 'county_emergency',
        divisionId: path.split('/').at(-2)!,
        path,
      },
      ...{
        unit: '局',
        title: '',
        operation: '',
        heldFrom: '2025-01-01',
        heldUntil: null,
        sameness: id,
        createdAt: NOW,
      },
    });
  });
  return id;
}

export async function makeLedgerWorld(): Promise<void> {
  await write('world', async (tx) => {
    await tx.insert(adoption).values({
      ...{
        id: newId(),
        packId: 'lushi-2022',
        divisionId: '411224',
        path: LUSHI,
        documentNumber: '卢应急〔2026〕1号',
      },
      ...{ fromOn: '2026-01-01', untilOn: null, adoptedBy: 'x', adoptedAt: NOW },
    });
    for (const id of ['甲', '乙'])
      await tx.insert(trainingClass).values({
        ...{
          id,
          title: `${id}班`,
          divisionId: '411426',
          path: XIAYI,
          organizer: '局',
          place: '党校',
          note: '',
        },
        ...{
          state: 'open' as const,
          startsOn: '2026-03-05',
          endsOn: '2026-03-06',
          createdBy: 'b',
          createdAt: NOW,
        },
      });
    for (const session of SESSIONS)
      await tx.insert(classSession).values({
        ...{ ...session, topic: '', startsAt: NOW, endsAt: NOW, signFrom: NOW, signUntil: NOW, secret: 's' },
      });
  });
}

export const attendanceId = (personId: string, sessionId: string) => `${personId}/${sessionId}`;

export async function sign(personId: string, sessionId: string, state: 'present' | 'revoked'): Promise<void> {
  const session = SESSIONS.find(({ id }) => id === sessionId)!;
  const id = attendanceId(personId, sessionId);
  const stream = `person:${personId}`;
  await writeAboutPeople([personId], [], async (tx) => {
    const row = {
      id,
      sessionId,
      classId: session.classId,
      personId,
      state,
      way: 'clerk' as const,
      at: NOW,
      byAccount: 'b',
      spotCheck: false,
      reason: '',
    };
    await tx.insert(attendance).values(row).onConflictDoUpdate({ target: attendance.id, set: { state } });
    const happening = { stream, actor: bureau, at: NOW, path: XIAYI };
    if (state === 'present')
      await record(tx, {
        ...happening,
        kind: 'attendance_confirmed',
        detail: { personId, attendanceId: id, classId: session.classId, heldOn: session.heldOn, title: '班' },
      });
    else
      await record(tx, {
        ...happening,
        kind: 'attendance_revoked',
        detail: { personId, attendanceId: id, reason: '误签' },
      });
  });
}

export async function linesOf(personId: string) {
  return await read((db) => db.select().from(creditEntry).where(eq(creditEntry.personId, personId)));
}

export const sum = (lines: { halfDays: number }[]) => lines.reduce((total, line) => total + line.halfDays, 0);

/** Registers and confirms training elsewhere for some records at once; answers its id. */
export async function confirmElsewhere(
  people: string[],
  of: { fromOn: string; toOn: string; halfDays: number },
  trainingId = newId(),
): Promise<string> {
  await writeAboutPeople(people, [`outside:${trainingId}`], async (tx) => {
    await tx
      .insert(outsideTraining)
      .values({
        ...{ id: trainingId, divisionId: '411426', path: XIAYI, title: '专题班', organizer: '省网络学院' },
        ...{ place: '', ...of, uploadId: null, state: 'confirmed' as const, reason: '' },
        ...{ enteredBy: 'a', enteredAt: NOW, decidedBy: 'b', decidedAt: NOW },
      })
      .onConflictDoNothing();
    for (const personId of people)
      await tx
        .insert(outsideTrainingPerson)
        .values({ trainingId, personId, halfDays: of.halfDays })
        .onConflictDoNothing();
    await recordMany(
      tx,
      people.map((personId) => ({
        ...{ stream: `outside:${trainingId}`, kind: 'outside_training_confirmed', actor: SYSTEM, at: NOW },
        ...{
          path: XIAYI,
          detail: { personId, trainingId, halfDays: of.halfDays, heldOn: of.toOn, title: '' },
        },
      })),
    );
  });
  return trainingId;
}

export async function total(...people: string[]): Promise<number> {
  return sum((await Promise.all(people.map(linesOf))).flat());
}
