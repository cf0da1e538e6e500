import { eq } from 'drizzle-orm';
import { SYSTEM, type Actor, type Role } from '#lib/kernel/actor.ts';
import { write, type Tx } from '#lib/server/db/open.ts';
import {
  adoption,
  attendance,
  certificate,
  classSession,
  creditEntry,
  division,
  organization,
  person,
  post,
  trainingClass,
} from '#lib/server/db/schema/index.ts';
import { recordMany } from '#lib/server/events/record.ts';
import { mergePeople } from '#lib/people/merges.server.ts';
import { newId } from '#lib/server/id.ts';
import { writeAboutPeople } from '#lib/server/person-records.ts';
import type { Happening } from '#lib/kernel/happening.ts';

/** A few people of 夏邑县 for specs of coverage: places, posts, credit, as other features would make them. */

export const COUNTY = '/41/4114/411426/';
export const TOWN = `${COUNTY}411426101/`;
export const TOWN_2 = `${COUNTY}411426102/`;

export function actor(
  role: Role,
  path: string,
  name: string = role,
  organizationId: string | null = null,
): Actor {
  return { accountId: `account-${name}`, personId: null, name, grants: [{ role, path, organizationId }] };
}
export const xiayi = actor('bureau', COUNTY, 'xiayi');
export const second = actor('bureau', COUNTY, 'second');
export const huiting = actor('township_officer', TOWN, 'huiting');
export const city = actor('bureau', '/41/4114/', 'city');
export const lushi = actor('bureau', '/41/4112/411224/', 'lushi');

export function idOf(path: string): string {
  return path.split('/').at(-2)!;
}

/** A village of a township. */
export async function addVillage(townPath: string, name: string, now: Date): Promise<string> {
  const id = newId();
  const path = `${townPath}${id}/`;
  await write('village', (tx) =>
    tx.insert(division).values({
      id,
      code: null,
      parentId: idOf(townPath),
      name,
      level: 'village',
      path,
      pinyin: name,
      createdAt: now,
    }),
  );
  return path;
}

export async function addEnterprise(
  path: string,
  name: string,
  highRisk: boolean,
  now: Date,
): Promise<string> {
  const id = newId();
  await write('organization', (tx) =>
    tx.insert(organization).values({
      ...{
        id,
        name,
        kind: 'enterprise',
        creditCode: null,
        divisionId: idOf(path),
        path,
        industry: null,
        highRisk,
        createdAt: now,
      },
    }),
  );
  return id;
}

export type PostAt = {
  category: string;
  path: string;
  organizationId?: string | null;
  unit?: string;
  heldFrom?: string;
};

function postRow(personId: string, held: PostAt, now: Date) {
  const { category, path, organizationId = null, unit = '应急办', heldFrom = '2026-01-01' } = held;
  return {
    ...{ id: newId(), personId, category, divisionId: idOf(path), path, organizationId, unit, title: '干事' },
    ...{ operation: '', heldFrom, heldUntil: null, sameness: newId(), createdAt: now },
  };
}

export function postsChanged(personId: string, path: string, now: Date): Happening {
  return {
    stream: `person:${personId}`,
    kind: 'posts_changed',
    actor: SYSTEM,
    at: now,
    path,
    detail: { personId },
  };
}

/** Adds persons with their posts in one write, as an import's slice does. */
export async function addPeople(people: { name: string; posts: PostAt[] }[], now: Date): Promise<string[]> {
  const rows = people.map(({ name, posts }) => ({
    ...{ id: newId(), name, pinyin: name, idCipher: null, idHash: null, idMasked: '410000********0010' },
    ...{
      sex: '男' as const,
      birthOn: '1980-01-01',
      phone: '',
      path: posts[0]?.path ?? COUNTY,
      mergedInto: null,
      createdAt: now,
    },
  }));
  await write(
    rows.map((row) => `person:${row.id}`),
    async (tx) => {
      await tx.insert(person).values(rows);
      const posts = rows.flatMap((row, index) =>
        people[index]!.posts.map((held) => postRow(row.id, held, now)),
      );
      if (posts.length > 0) await tx.insert(post).values(posts);
      await recordMany(
        tx,
        rows.map((row) => postsChanged(row.id, row.path, now)),
      );
    },
  );
  return rows.map((row) => row.id);
}

export async function addPerson(name: string, posts: PostAt[], now: Date): Promise<string> {
  return (await addPeople([{ name, posts }], now))[0]!;
}

export async function changePosts(
  personId: string,
  now: Date,
  change: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  await write(`person:${personId}`, async (tx) => {
    await change(tx);
    await recordMany(tx, [postsChanged(personId, COUNTY, now)]);
  });
}

export async function beginPost(personId: string, held: PostAt, now: Date): Promise<void> {
  await changePosts(personId, now, (tx) => tx.insert(post).values(postRow(personId, held, now)));
}

export async function endPosts(personId: string, now: Date): Promise<void> {
  const heldUntil = now.toISOString().slice(0, 10);
  await changePosts(personId, now, (tx) =>
    tx.update(post).set({ heldUntil }).where(eq(post.personId, personId)),
  );
}

/** Merges two records as a bureau above both does. */
export async function merge(fromId: string, intoId: string, now: Date): Promise<void> {
  await mergePeople(actor('bureau', '/41/', 'province'), fromId, intoId, '同一个人的两份档案', now);
}

/** Makes half-days of a class held at once, for specs that sign people in; answers their ids. */
export async function addSessions(days: readonly string[], now: Date): Promise<string[]> {
  const classId = newId();
  const sessions = days.flatMap((heldOn) =>
    (['am', 'pm'] as const).map((half) => ({
      ...{ id: newId(), classId, heldOn, half, topic: '', startsAt: now, endsAt: now },
      ...{ signFrom: now, signUntil: now, secret: '' },
    })),
  );
  await write(`class:${classId}`, async (tx) => {
    await tx.insert(trainingClass).values({
      ...{ id: classId, title: '轮训班', divisionId: idOf(COUNTY), path: COUNTY, organizer: '', place: '' },
      ...{ note: '', state: 'open' as const, startsOn: days[0]!, endsOn: days.at(-1)!, createdBy: '' },
      createdAt: now,
    });
    await tx.insert(classSession).values(sessions);
  });
  return sessions.map(({ id }) => id);
}

/** Signs somebody in at a half-day, or takes the sign-in back; the ledger follows. */
export async function sit(personId: string, sessionId: string, present: boolean, now: Date): Promise<void> {
  const id = `${sessionId}/${personId}`;
  await writeAboutPeople([personId], [], async (tx) => {
    const [session] = await tx.select().from(classSession).where(eq(classSession.id, sessionId));
    const { classId, heldOn } = session!;
    const state = present ? ('present' as const) : ('revoked' as const);
    await tx
      .insert(attendance)
      .values({
        ...{ id, sessionId, classId, personId, state, way: 'clerk' as const, at: now, byAccount: '' },
        ...{ spotCheck: false, reason: '' },
      })
      .onConflictDoUpdate({ target: attendance.id, set: { state } });
    const happening = { stream: `person:${personId}`, actor: SYSTEM, at: now, path: COUNTY };
    const detail = { personId, attendanceId: id };
    await recordMany(tx, [
      present
        ? { ...happening, kind: 'attendance_confirmed', detail: { ...detail, classId, heldOn, title: '' } }
        : { ...happening, kind: 'attendance_revoked', detail: { ...detail, reason: '误签' } },
    ]);
  });
}

export type Credit = {
  kind: 'attendance' | 'lesson' | 'elsewhere' | 'adjustment';
  halfDays?: number;
  creditHundredths?: number;
  heldOn?: string;
};

/** Enters lines in the ledger in one write; answers their ids. */
export async function enterCredits(lines: (Credit & { personId: string })[], now: Date): Promise<string[]> {
  const rows = lines.map(({ personId, kind, halfDays = 0, creditHundredths = 0, heldOn = '2026-03-05' }) => ({
    ...{ id: newId(), personId, year: Number(heldOn.slice(0, 4)), kind, halfDays, creditHundredths, heldOn },
    ...{
      title: '防汛应急',
      evidence: newId(),
      ruleVersion: 'default',
      reverses: null,
      because: null,
      enteredAt: now,
    },
  }));
  await storeCredits(rows, now);
  return rows.map((row) => row.id);
}

type Row = Omit<typeof creditEntry.$inferSelect, never>;

async function storeCredits(rows: Row[], now: Date): Promise<void> {
  await write([...new Set(rows.map((row) => `person:${row.personId}`))], async (tx) => {
    await tx.insert(creditEntry).values(rows);
    await recordMany(
      tx,
      rows.map(({ personId, year, kind, halfDays, creditHundredths }) => ({
        ...{ stream: `person:${personId}`, kind: 'credit_entered', actor: SYSTEM, at: now, path: COUNTY },
        detail: {
          personId,
          year,
          kind,
          halfDays,
          creditHundredths,
          items: itemsOf(kind, halfDays + creditHundredths),
        },
      })),
    );
  });
}

function itemsOf(kind: Credit['kind'], amount: number): number {
  return kind === 'adjustment' ? 0 : amount < 0 ? -1 : 1;
}

export async function enterCredit(personId: string, line: Credit, now: Date): Promise<string> {
  return (await enterCredits([{ personId, ...line }], now))[0]!;
}

/** Takes a line of the ledger back by one that reverses it. */
export async function reverseCredit(
  personId: string,
  line: Credit,
  entryId: string,
  now: Date,
): Promise<void> {
  const { kind, halfDays = 0, creditHundredths = 0, heldOn = '2026-03-05' } = line;
  const row = {
    ...{
      id: newId(),
      personId,
      year: Number(heldOn.slice(0, 4)),
      kind,
      heldOn,
      title: '更正',
      evidence: newId(),
    },
    ...{
      halfDays: -halfDays,
      creditHundredths: -creditHundredths,
      ruleVersion: 'default',
      reverses: entryId,
      because: null,
      enteredAt: now,
    },
  };
  await storeCredits([row], now);
}

export async function issueCertificate(personId: string, issuedOn: string, now: Date): Promise<void> {
  await write(`person:${personId}`, async (tx) => {
    const id = newId();
    await tx.insert(certificate).values({
      ...{ id, number: id, kind: 'completion', personId, classId: null, attemptId: null, path: COUNTY },
      ...{
        frozen: {} as never,
        issuedOn,
        validUntil: null,
        state: 'valid',
        revokedReason: '',
        issuedAt: now,
      },
    });
    await recordMany(tx, [
      {
        ...{ stream: `person:${personId}`, kind: 'certificate_issued', actor: SYSTEM, at: now, path: COUNTY },
        detail: { personId, year: Number(issuedOn.slice(0, 4)) },
      },
    ]);
  });
}

/** A pack in force for a place without the act and the job: where a spec begins. */
export async function adoptQuietly(packId: string, path: string, now: Date): Promise<void> {
  await write('adoption', (tx) =>
    tx.insert(adoption).values({
      ...{
        id: newId(),
        packId,
        divisionId: idOf(path),
        path,
        documentNumber: '夏应急〔2026〕1号',
        fromOn: '2026-01-01',
      },
      ...{ untilOn: null, adoptedBy: '', adoptedAt: now },
    }),
  );
}
