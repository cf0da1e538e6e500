import { eq } from 'drizzle-orm';
import { SYSTEM, type Actor, type Role } from '#lib/kernel/actor.ts';
import { write, type Tx } from '#lib/server/db/open.ts';
import {
  adoption,
  certificate,
  creditEntry,
  division,
  organization,
  person,
  post,
} from '#lib/server/db/schema/index.ts';
import { recordMany } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
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

/** Merges as the roster does: the old record is linked, its posts move, both are told of. */
export async function merge(fromId: string, intoId: string, now: Date): Promise<void> {
  await write([`person:${fromId}`, `person:${intoId}`], async (tx) => {
    await tx.update(person).set({ mergedInto: intoId }).where(eq(person.id, fromId));
    await tx.update(post).set({ personId: intoId }).where(eq(post.personId, fromId));
    await recordMany(tx, [postsChanged(fromId, COUNTY, now), postsChanged(intoId, COUNTY, now)]);
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
    ...{ title: '防汛应急', evidence: newId(), ruleVersion: 'default', reverses: null, enteredAt: now },
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
