import type { Actor, Role } from '#lib/kernel/actor.ts';
import { eq } from 'drizzle-orm';
import { createClass, moveClass, readClass } from '#lib/classes/classes.server.ts';
import { enrolPeople, listEnrolled } from '#lib/classes/enrolments.server.ts';
import { layOutSessions } from '#lib/classes/sessions.server.ts';
import { read, write } from '#lib/server/db/open.ts';
import { classSession } from '#lib/server/db/schema/classes.ts';
import { creditEntry } from '#lib/server/db/schema/courses.ts';
import { account, accountGrant, card, person, post } from '#lib/server/db/schema/people.ts';
import { newId } from '#lib/server/id.ts';

/** A county, two of its townships and a handful of people: where the specs of classes play. */
export const COUNTY = '/41/4114/411426/';
export const HUITING = `${COUNTY}411426101/`;
export const MATOU = `${COUNTY}411426102/`;
export const NOW = new Date('2026-03-01T02:00:00Z');
/** The first morning: signing opens 07:50, starts 08:30 Shanghai time. */
export const morning = (minutes: number) => new Date(Date.parse('2026-03-05T00:30:00Z') + minutes * 60_000);

export const staff = (role: Role, path: string, accountId = `${role}${path}`): Actor => ({
  ...{ accountId, personId: null, name: role },
  grants: [{ role, path, organizationId: null }],
});
export const bureau = staff('bureau', COUNTY);
export const lushi = staff('bureau', '/41/4112/411224/');
export const huiting = staff('township_officer', HUITING);
export const matou = staff('township_officer', MATOU);
export const instructor = staff('instructor', COUNTY, 'teacher');
export const trainee = (personId: string): Actor => ({
  accountId: `of-${personId}`,
  personId,
  name: personId,
  grants: [],
});

export const INPUT = {
  ...{ title: '春季轮训班', organizer: '夏邑县应急管理局', place: '县委党校', note: '' },
  ...{ startsOn: '2026-03-05', endsOn: '2026-03-06', courseId: null, certificateKind: null },
};
export const SPAN = {
  from: '2026-03-05',
  to: '2026-03-06',
  halves: ['am' as const, 'pm' as const],
  workdays: true,
  topic: '',
};
export const EVERYBODY = { categories: ['township_emergency', 'village_station_head'], divisionIds: [] };

export async function addPerson(id: string, path: string, category: string): Promise<void> {
  await write(`person:${id}`, async (tx) => {
    await tx.insert(person).values({
      ...{
        id,
        name: `学员${id}`,
        pinyin: id,
        idMasked: '410000****0000',
        sex: '男' as const,
        birthOn: '1970-01-01',
      },
      ...{ phone: '', path, createdAt: NOW },
    });
    await tx.insert(post).values({
      ...{
        id: newId(),
        personId: id,
        category,
        divisionId: path.split('/').at(-2)!,
        path,
        unit: '某镇',
        title: '',
      },
      ...{ operation: '', heldFrom: '2025-01-01', heldUntil: null, sameness: id, createdAt: NOW },
    });
  });
}

/** Makes the people, the instructor and two cards; once in each spec file. */
export async function makeClassWorld(): Promise<void> {
  for (const [id, path, category] of [
    ['h1', HUITING, 'township_emergency'],
    ['h2', HUITING, 'village_station_head'],
    ['h3', HUITING, 'village_station_head'],
    ['m1', MATOU, 'township_emergency'],
    ['c1', COUNTY, 'county_emergency'],
    ['l1', '/41/4112/411224/', 'township_emergency'],
  ] as const)
    await addPerson(id, path, category);
  await write('world', async (tx) => {
    await tx.insert(account).values({
      id: 'teacher',
      personId: null,
      loginName: 'jiaoyuan',
      name: '教员',
      passwordHash: null,
      mustChangePassword: false,
      createdAt: NOW,
    });
    await tx.insert(accountGrant).values({
      id: newId(),
      accountId: 'teacher',
      role: 'instructor',
      divisionId: '411426',
      path: COUNTY,
      organizationId: null,
    });
    await tx
      .insert(card)
      .values({ id: 'card-of-h1-0001', personId: 'h1', issue: 1, issuedAt: NOW, failures: 0 });
    await tx.insert(card).values({
      id: 'card-of-h2-0001',
      personId: 'h2',
      issue: 1,
      issuedAt: NOW,
      failures: 0,
      withdrawnAt: NOW,
    });
  });
}

export async function openClass() {
  const id = await createClass(bureau, { ...INPUT, divisionId: '411426' }, NOW);
  await layOutSessions(bureau, id, SPAN, NOW);
  await moveClass(bureau, id, { type: 'OPEN', reason: '' }, NOW);
  await enrolPeople(bureau, id, EVERYBODY, NOW);
  const { sessions } = await readClass(bureau, id);
  return { id, sessionId: sessions[0]!.id, afternoonId: sessions[1]!.id };
}

export async function secretOf(sessionId: string): Promise<string> {
  const [row] = await read((db) => db.select().from(classSession).where(eq(classSession.id, sessionId)));
  return row!.secret;
}

export const halvesOf = async (personId: string, classId: string) =>
  (await listEnrolled(bureau, classId)).find((row) => row.personId === personId)?.halfDays;

export async function creditOf(personId: string): Promise<number> {
  const lines = await read((db) => db.select().from(creditEntry).where(eq(creditEntry.personId, personId)));
  return lines.reduce((total, line) => total + line.halfDays, 0);
}
