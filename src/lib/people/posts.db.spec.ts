import { and, eq, isNull } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { read } from '#lib/server/db/open.ts';
import { account, event, person, post } from '#lib/server/db/schema/index.ts';
import { follow } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { idOf } from '#tests/inputs/table.ts';
import {
  actorOf,
  addAccount,
  addPerson,
  divisionOf,
  HUITING,
  LUSHI,
  MATOU,
  NOW,
  XIAYI,
} from '#tests/worlds/people.ts';
import { listTwins, mergePeople } from './merges.server.ts';
import { findPerson, listPeople } from './people.server.ts';
import { beginPost, endPost, transferPost } from './posts.server.ts';

const bureau = actorOf('bureau', XIAYI);
const foreign = actorOf('bureau', LUSHI);
const hidden = { code: 'not_found', status: 404 };

/** Whose posts changed, as the coverage is told. */
const told: string[] = [];
beforeAll(() =>
  follow('posts_changed', async (_tx, happenings) => {
    told.push(...happenings.map((happening) => happening.detail.personId));
  }),
);

const informant = (path: string, heldFrom = '2026-06-01') => ({
  ...{ category: 'disaster_informant_a', divisionId: divisionOf(path), unit: '', title: '', heldFrom },
});
const currentOf = (personId: string) =>
  read((db) =>
    db
      .select()
      .from(post)
      .where(and(eq(post.personId, personId), isNull(post.heldUntil))),
  );
const listedAt = async (id: string) =>
  (await read((db) => db.select().from(person).where(eq(person.id, id))))[0]!.path;
const kindsOf = async (id: string) =>
  (
    await read((db) =>
      db
        .select()
        .from(event)
        .where(eq(event.stream, `person:${id}`)),
    )
  )
    .toSorted((a, b) => a.seq - b.seq)
    .map(({ kind }) => kind);

describe('posts', () => {
  it('begin beside the others; the one that began first says where the person is listed', async () => {
    const id = await addPerson();
    await beginPost(bureau, id, informant(MATOU), NOW);
    expect((await currentOf(id)).map((one) => one.path).toSorted()).toEqual([HUITING, MATOU]);
    expect(await listedAt(id)).toBe(HUITING);
    expect((await currentOf(id)).find((one) => one.path === MATOU)).toMatchObject({ unit: '马头镇' });
    expect(await kindsOf(id)).toEqual(['post_begun', 'posts_changed']);
    expect(told).toContain(id);
    await expect(beginPost(bureau, id, informant(MATOU, '2026-07-01'), NOW)).rejects.toMatchObject({
      code: 'post_exists',
    });
  });

  it('end on a day, once, and stay in the file', async () => {
    const id = await addPerson();
    const [held] = await currentOf(id);
    await endPost(bureau, held!.id, id, '2026-08-31', NOW);
    expect(await currentOf(id)).toEqual([]);
    expect(await findPerson(bureau, id)).toMatchObject({
      posts: [],
      pastPosts: [{ heldUntil: '2026-08-31' }],
    });
    expect(await listedAt(id)).toBe(HUITING);
    await expect(endPost(bureau, held!.id, id, '2026-09-30', NOW)).rejects.toMatchObject({
      code: 'post_ended',
    });
    expect((await listPeople(bureau, {}, 1)).rows.map((row) => row.id)).not.toContain(id);
  });

  it('ended before they began are refused', async () => {
    const id = await addPerson();
    const [held] = await currentOf(id);
    await expect(endPost(bureau, held!.id, id, '2026-01-07', NOW)).rejects.toMatchObject({
      code: 'day_before_post',
    });
    const early = { ...informant(MATOU, '2026-01-08'), category: 'township_emergency' };
    await expect(transferPost(bureau, held!.id, id, early, NOW)).rejects.toMatchObject({
      code: 'day_before_post',
    });
    expect(await currentOf(id)).toHaveLength(1);
  });

  it('are transferred without a gap or an overlap', async () => {
    const id = await addPerson();
    const [held] = await currentOf(id);
    const to = { ...informant(MATOU, '2026-09-01'), category: 'township_emergency' };
    await transferPost(bureau, held!.id, id, to, NOW);
    const posts = await read((db) => db.select().from(post).where(eq(post.personId, id)));
    expect(posts.toSorted((a, b) => a.heldFrom.localeCompare(b.heldFrom))).toMatchObject([
      { path: HUITING, heldFrom: '2026-01-08', heldUntil: '2026-08-31' },
      { path: MATOU, heldFrom: '2026-09-01', heldUntil: null },
    ]);
    expect(await listedAt(id)).toBe(MATOU);
    expect(await kindsOf(id)).toEqual(['post_transferred', 'posts_changed']);
    await expect(transferPost(bureau, held!.id, id, to, NOW)).rejects.toMatchObject({ code: 'post_ended' });
  });

  it('refuse days, categories and places that will not do', async () => {
    const id = await addPerson();
    const begin = (change: object) => beginPost(bureau, id, { ...informant(MATOU), ...change }, NOW);
    await expect(begin({ heldFrom: '2026-02-30' })).rejects.toMatchObject({ code: 'day_bad' });
    await expect(begin({ category: 'astronaut' })).rejects.toMatchObject({ code: 'category_unknown' });
    await expect(begin({ divisionId: '411224' })).rejects.toMatchObject({ code: 'division_unknown' });
    await expect(begin({ divisionId: 'nowhere' })).rejects.toMatchObject({ code: 'division_unknown' });
    expect(await kindsOf(id)).toEqual([]);
  });

  it('of people who are not one’s own are not there', async () => {
    const id = await addPerson();
    const [held] = await currentOf(id);
    const other = await addPerson();
    for (const actor of [foreign, actorOf('township_officer', HUITING), actorOf('administrator', '/41/')]) {
      await expect(beginPost(actor, id, informant(MATOU), NOW)).rejects.toMatchObject(hidden);
      await expect(endPost(actor, held!.id, id, '2026-08-31', NOW)).rejects.toMatchObject(hidden);
      await expect(transferPost(actor, held!.id, id, informant(MATOU), NOW)).rejects.toMatchObject(hidden);
    }
    await expect(endPost(bureau, held!.id, other, '2026-08-31', NOW)).rejects.toMatchObject(hidden);
    await expect(beginPost(bureau, newId(), informant(MATOU), NOW)).rejects.toMatchObject(hidden);
  });
});

describe('merging', () => {
  const twin = (sequence: number, name = '张重复') =>
    addPerson({ name, idNumber: idOf('19700202', sequence), birthOn: '1970-02-02' });

  it('finds people of one name and birthday within one’s places', async () => {
    const [one, other] = [await twin(401), await twin(403)];
    await addPerson({ name: '张重复', birthOn: '1971-02-02' });
    await addPerson({ name: '张重复', birthOn: '1970-02-02', posts: [{ path: LUSHI }] });
    const twins = (await listTwins(bureau)).filter(({ name }) => name === '张重复');
    expect(twins).toHaveLength(1);
    expect(twins[0]!.people.map(({ id }) => id).toSorted()).toEqual([one, other].toSorted());
    expect(twins[0]!.people[0]).toMatchObject({ units: ['会亭镇人民政府'], birthOn: '1970-02-02' });
    await expect(listTwins(actorOf('trainee', XIAYI))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('keeps one record, links the other, and says so in both', async () => {
    const [from, into] = [await twin(411, '李重复'), await twin(413, '李重复')];
    await beginPost(bureau, from, informant(MATOU), NOW);
    const accountId = await addAccount({ loginName: 'twin', personId: from });
    told.length = 0;
    await mergePeople(bureau, from, into, '同一人，旧号码抄错', NOW);
    const posts = await currentOf(into);
    expect(posts.map((one) => one.category).toSorted()).toEqual([
      'disaster_informant_a',
      'township_emergency',
    ]);
    expect(await currentOf(from)).toEqual([]);
    await expect(findPerson(bureau, from)).rejects.toMatchObject(hidden);
    const [login] = await read((db) => db.select().from(account).where(eq(account.id, accountId)));
    expect(login!.disabledAt).toEqual(NOW);
    expect(told.toSorted()).toEqual([from, into].toSorted());
    for (const id of [from, into])
      expect((await kindsOf(id)).slice(-2)).toEqual(['person_merged', 'posts_changed']);
    expect((await listTwins(bureau)).some(({ name }) => name === '李重复')).toBe(false);
    await expect(mergePeople(bureau, from, into, '再合并一次', NOW)).rejects.toMatchObject({
      code: 'merge_merged',
    });
  });

  it('follows what was merged before: no chain of links', async () => {
    const [first, second, third] = [
      await twin(421, '周重复'),
      await twin(423, '周重复'),
      await twin(425, '周重复'),
    ];
    await mergePeople(bureau, first, second, '同一人的旧档案', NOW);
    await mergePeople(bureau, second, third, '同一人的旧档案', NOW);
    const rows = await read((db) => db.select().from(person).where(eq(person.name, '周重复')));
    expect(rows.filter((row) => row.id !== third).map((row) => row.mergedInto)).toEqual([third, third]);
  });

  it('is refused without a reason, with oneself, and for people who are not one’s own', async () => {
    const [from, into] = [await twin(431, '吴重复'), await twin(433, '吴重复')];
    await expect(mergePeople(bureau, from, into, '是', NOW)).rejects.toMatchObject({
      code: 'reason_missing',
    });
    await expect(mergePeople(bureau, from, from, '同一条记录', NOW)).rejects.toMatchObject({
      code: 'merge_same',
    });
    await expect(mergePeople(foreign, from, into, '不是我的人', NOW)).rejects.toMatchObject(hidden);
    const abroad = await addPerson({ posts: [{ path: LUSHI }] });
    await expect(mergePeople(bureau, abroad, into, '外县的人', NOW)).rejects.toMatchObject(hidden);
    expect(await kindsOf(from)).toEqual([]);
  });
});
