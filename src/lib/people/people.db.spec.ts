import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Grant, Role } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { event } from '#lib/server/db/schema/index.ts';
import { newId } from '#lib/server/id.ts';
import { idOf } from '#tests/inputs/table.ts';
import {
  actorOf,
  addEnterprise,
  addPerson,
  CITY,
  HUITING,
  LUSHI,
  MATOU,
  NOW,
  PROVINCE,
  XIAYI,
  type Posting,
} from '#tests/worlds/people.ts';
import { findPerson, listOrganizations, listPeople, revealIdNumber } from './people.server.ts';
import { maySeePerson } from './policy.ts';

type Known = { id: string; path: string; posts: Posting[] };

const PATHS = [XIAYI, HUITING, MATOU, LUSHI];
const known: Known[] = [];
let enterprises: string[] = [];

beforeAll(async () => {
  enterprises = [await addEnterprise('豫东机械'), await addEnterprise('豫西矿业', LUSHI)];
  const postings: Posting[][] = [
    ...PATHS.map((path) => [{ path }]),
    [{ path: HUITING }, { path: MATOU, category: 'disaster_informant_a' }],
    [{ path: XIAYI, category: 'special_operator', organizationId: enterprises[0]! }],
    [{ path: LUSHI, category: 'special_operator', organizationId: enterprises[1]! }],
    [{ path: HUITING, category: 'special_operator', organizationId: enterprises[0]! }, { path: LUSHI }],
  ];
  for (const posts of postings)
    known.push({ id: await addPerson({ name: '册中人', posts }), path: posts[0]!.path, posts });
});

/** Everybody an actor is shown, over all pages. */
async function everybody(actor: Actor): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let page = 1; ; page += 1) {
    const { rows } = await listPeople(actor, { words: '册中人' }, page);
    if (rows.length === 0) return ids;
    for (const row of rows) ids.add(row.id);
  }
}

const roles: Role[] = [
  'bureau',
  'township_officer',
  'enterprise_manager',
  'trainee',
  'instructor',
  'administrator',
];
const grants = fc
  .tuple(fc.constantFrom(...roles), fc.constantFrom(PROVINCE, CITY, ...PATHS), fc.integer({ min: 0, max: 1 }))
  .map(([role, path, index]) => ({ role, path, index }));
const actors = fc.tuple(fc.array(grants, { maxLength: 3 }), fc.option(fc.integer({ min: 0, max: 7 })));

describe('the people pages', () => {
  it('list exactly those whom the actor may see', async () => {
    await fc.assert(
      fc.asyncProperty(actors, async ([given, own]) => {
        const held = given.map(({ role, path, index }): Grant => {
          return { role, path, organizationId: role === 'enterprise_manager' ? enterprises[index]! : null };
        });
        const personId = own === null ? null : known[own]!.id;
        const actor: Actor = { accountId: newId(), personId, name: '', grants: held };
        const listed = await everybody(actor);
        for (const { id, posts } of known) {
          const organizationIds = posts.flatMap((post) => post.organizationId ?? []);
          const sees = posts.some(({ path }) => maySeePerson(actor, { id, path, organizationIds }));
          const found = await findPerson(actor, id).then(
            () => true,
            () => false,
          );
          expect({ id, listed: listed.has(id), found }).toEqual({ id, listed: sees, found: sees });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('find by name, pinyin, whole phone and whole ID number', async () => {
    const idNumber = idOf('19770707', 301);
    const id = await addPerson({ name: '寻找我', idNumber, phone: '16900000301' });
    const bureau = actorOf('bureau', XIAYI);
    const found = async (words: string) => (await listPeople(bureau, { words }, 1)).rows.map((row) => row.id);
    expect(await found('找我')).toEqual([id]);
    expect(await found('16900000301')).toEqual([id]);
    expect(await found(idNumber.slice(0, 17))).toEqual([]);
    expect(await found(` ${idNumber.toLowerCase()} `)).toEqual([id]);
    expect(await found('%')).toEqual([]);
  });

  it('filter by place, category and enterprise', async () => {
    const bureau = actorOf('bureau', XIAYI);
    const count = async (filter: object) =>
      (await listPeople(bureau, { words: '册中人', ...filter }, 1)).total;
    expect(await count({})).toBe(6);
    expect(await count({ path: MATOU })).toBe(2);
    expect(await count({ category: 'special_operator' })).toBe(2);
    expect(await count({ organizationId: enterprises[0] })).toBe(2);
    expect(await count({ organizationId: enterprises[1] })).toBe(0);
  });

  it('never show somebody who has left, except in the file of who sees them', async () => {
    const id = await addPerson({ name: '已离任', posts: [{ path: HUITING, heldUntil: '2026-05-01' }] });
    const bureau = actorOf('bureau', XIAYI);
    expect((await listPeople(bureau, { words: '已离任' }, 1)).total).toBe(0);
    expect(await findPerson(bureau, id)).toMatchObject({
      posts: [],
      pastPosts: [{ heldUntil: '2026-05-01' }],
    });
  });
});

describe('revealIdNumber', () => {
  it('needs a reason, leaves an event without the number, and is for those who keep the roster', async () => {
    const idNumber = idOf('19770707', 311);
    const id = await addPerson({ idNumber });
    const bureau = actorOf('bureau', XIAYI);
    await expect(revealIdNumber(bureau, id, '看看', NOW)).rejects.toMatchObject({ code: 'reason_missing' });
    expect(await revealIdNumber(bureau, id, '核对证书信息', NOW)).toBe(idNumber);
    const told = await read((db) =>
      db
        .select()
        .from(event)
        .where(eq(event.stream, `person:${id}`)),
    );
    expect(told).toMatchObject([{ kind: 'id_number_revealed', detail: { reason: '核对证书信息' } }]);
    expect(JSON.stringify(told)).not.toContain(idNumber);
    const self: Actor = { ...actorOf('trainee', XIAYI), personId: id };
    await expect(revealIdNumber(self, id, '想看自己的', NOW)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(revealIdNumber(actorOf('bureau', LUSHI), id, '核对证书信息', NOW)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('listOrganizations', () => {
  it('counts people once, and shows the enterprises of one’s places', async () => {
    const twice = await addPerson({
      name: '两本证',
      posts: [
        { path: XIAYI, category: 'special_operator', organizationId: enterprises[0]! },
        { path: XIAYI, category: 'enterprise_safety_manager', organizationId: enterprises[0]! },
      ],
    });
    expect(twice).toBeTruthy();
    const own = await listOrganizations(actorOf('bureau', XIAYI), '', 1);
    expect(own.rows).toMatchObject([{ name: '豫东机械', people: 3 }]);
    expect((await listOrganizations(actorOf('bureau', PROVINCE), '豫', 1)).total).toBe(2);
    const manager = await listOrganizations(actorOf('enterprise_manager', LUSHI, enterprises[1]!), '', 1);
    expect(manager.rows).toMatchObject([{ name: '豫西矿业' }]);
    expect((await listOrganizations(actorOf('trainee', XIAYI), '', 1)).total).toBe(0);
  });
});
