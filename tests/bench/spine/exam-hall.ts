import type { Role } from '#lib/kernel/actor.ts';
import { openSession } from '#lib/server/auth/sessions.ts';
import { write } from '#lib/server/db/open.ts';
import { account, accountGrant } from '#lib/server/db/schema/people.ts';
import { newId } from '#lib/server/id.ts';
import { loadQuestions } from '#seeds/demo/questions.ts';
import { COUNTY, enrol, officer, openClass, publishedExam, TOWNSHIP_PATH } from '#tests/worlds/exams.ts';
import { BLUEPRINT, SIZE, type Person } from './plan.ts';

/** An account with one role and an open session, without a password: nobody hashes 2,000 of them. */
export async function openAccount(
  role: Role,
  path: string,
  personId: string | null,
  now: Date,
): Promise<string> {
  const id = newId();
  await write(`account:${id}`, async (tx) => {
    await tx.insert(account).values({
      ...{ id, personId, loginName: id, name: role, passwordHash: null, mustChangePassword: false },
      ...{ disabledAt: null, createdAt: now },
    });
    const divisionId = path.split('/').at(-2)!;
    await tx
      .insert(accountGrant)
      .values({ id: newId(), accountId: id, role, divisionId, path, organizationId: null });
  });
  const { name, value } = await openSession(id, { address: '127.0.0.1', agent: 'bench' }, now);
  return `${name}=${value}`;
}

/** A class with its exam and everybody who may sit it, logged in. */
export async function openExamHall(now: Date): Promise<{ examId: string; candidates: Person[] }> {
  await loadQuestions(officer, COUNTY, now);
  const classId = await openClass(now);
  const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
  const opensAt = new Date(now.getTime() - 60_000);
  const times = { entryUntil: later(6), closesAt: later(9), minutes: 120 };
  const examId = await publishedExam(classId, opensAt, { blueprint: BLUEPRINT, passScore: 80, ...times });
  const candidates = await Promise.all(
    Array.from({ length: SIZE.candidates }, async (_, n) => {
      const { personId } = await enrol(classId, `考生${n}`, now);
      return { personId: personId!, cookie: await openAccount('trainee', TOWNSHIP_PATH, personId, now) };
    }),
  );
  return { examId, candidates };
}
