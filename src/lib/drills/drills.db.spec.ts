import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/kernel/actor.ts';
import { write } from '#lib/server/db/open.ts';
import { account, accountGrant } from '#lib/server/db/schema/people.ts';
import { unzip } from '#lib/server/sheets/zip.ts';
import { newId } from '#lib/server/id.ts';
import { exampleScript } from '#tests/drills/example-script.ts';
import { actorOf, divisionOf, HUITING, LUSHI, NOW, XIAYI } from '#tests/worlds/people.ts';
import {
  cancelDrill,
  listDrills,
  listMySeats,
  planDrill,
  readDrill,
  removeSeat,
  seatAccount,
} from './drills.server.ts';
import { PACK_KINDS } from './pack-copy.ts';
import { makePackPaper } from './pack.server.ts';
import { commandRun } from './runs/runs.server.ts';
import { createScript } from './scripts/scripts.server.ts';
import { listSeatChoices } from './seat-choices.server.ts';

const director = { ...actorOf('drill_director', XIAYI), name: '李导调' };
const elsewhere = actorOf('drill_director', LUSHI);
let scriptId: string;

async function addAccount(loginName: string, name: string, path: string): Promise<Actor> {
  const id = newId();
  await write(`account:${id}`, async (tx) => {
    const fresh = { passwordHash: null, mustChangePassword: false, disabledAt: null, createdAt: NOW };
    await tx.insert(account).values({ id, personId: null, loginName, name, ...fresh });
    const grant = { role: 'trainee' as const, divisionId: divisionOf(path), path, organizationId: null };
    await tx.insert(accountGrant).values({ id: newId(), accountId: id, ...grant });
  });
  return { accountId: id, personId: null, name, grants: [] };
}

const plan = () =>
  planDrill(
    director,
    { title: '防汛推演', scriptId, plannedOn: '2026-12-01', place: '三楼会议室', observerDelaySeconds: 0 },
    NOW,
  );
const seat = (drillId: string, loginName: string, roles: string[]) =>
  seatAccount(director, drillId, { loginName, roles }, NOW);

let zhang: Actor;
beforeAll(async () => {
  scriptId = await createScript(
    director,
    divisionOf(XIAYI),
    exampleScript() as unknown as Record<string, unknown>,
    NOW,
  );
  zhang = await addAccount('zhangsan', '张三', HUITING);
  await addAccount('lisi', '李四', XIAYI);
  await addAccount('waiwai', '张外', LUSHI);
});

describe('seats', () => {
  it('are found by name in one’s own places only', async () => {
    expect(await listSeatChoices(director, '张')).toEqual([{ loginName: 'zhangsan', name: '张三' }]);
    expect(await listSeatChoices(director, 'LIS')).toEqual([{ loginName: 'lisi', name: '李四' }]);
    expect(await listSeatChoices(director, '%')).toEqual([]);
    expect(await listSeatChoices(director, '')).toEqual([]);
    expect(await listSeatChoices(actorOf('trainee', XIAYI), '张')).toEqual([]);
  });

  it('are given, changed and taken away before the start', async () => {
    const id = await plan();
    const roles = exampleScript()
      .roles.filter(({ group }) => group === 'player')
      .map(({ id: role }) => role);
    await seat(id, 'zhangsan', roles);
    expect((await readDrill(director, id)).emptyRoles.filter(({ group }) => group === 'player')).toEqual([]);
    await seat(id, 'zhangsan', roles.slice(0, 1));
    const { seats } = await readDrill(director, id);
    expect(seats).toMatchObject([{ name: '张三', roles: roles.slice(0, 1), seatedBy: '李导调' }]);
    expect((await listMySeats(zhang)).map(({ title }) => title)).toContain('防汛推演');
    await removeSeat(director, id, seats[0]!.id, NOW);
    expect((await readDrill(director, id)).seats).toEqual([]);
  });

  it('are refused to who would judge himself, and to whom nobody knows', async () => {
    const id = await plan();
    const { roles } = exampleScript();
    const of = (group: string) => roles.find((role) => role.group === group)!.id;
    await expect(seat(id, 'zhangsan', [of('player'), of('director')])).rejects.toMatchObject({
      code: 'seat_together',
    });
    await expect(seat(id, 'nobody', [of('player')])).rejects.toMatchObject({ code: 'seat_unknown' });
    await expect(seat(id, 'zhangsan', ['ghost'])).rejects.toMatchObject({ code: 'role_unknown' });
    await expect(readDrill(elsewhere, id)).rejects.toMatchObject({ status: 404 });
    await expect(
      seatAccount(elsewhere, id, { loginName: 'waiwai', roles: [of('player')] }, NOW),
    ).rejects.toMatchObject({ status: 404 });
  });
});

describe('a drill that is called off', () => {
  it('cannot be started, seated or called off again', async () => {
    const id = await plan();
    const role = exampleScript().roles.find(({ group }) => group === 'director')!.id;
    await seat(id, 'lisi', [role]);
    const { runId, seats } = await readDrill(director, id);
    await expect(cancelDrill(elsewhere, id, '暴雨', NOW)).rejects.toMatchObject({ status: 404 });
    await cancelDrill(director, id, '当天有真实汛情', NOW);
    const called = (await listDrills(director)).find((one) => one.id === id);
    expect(called).toMatchObject({ state: 'cancelled', stage: 'aborted' });
    const lisi: Actor = { accountId: seats[0]!.accountId, personId: null, name: '李四', grants: [] };
    const start = { id: 'c1', role, deed: { kind: 'start' as const } };
    await expect(commandRun(lisi, runId, start, NOW)).rejects.toMatchObject({ status: 409 });
    await expect(cancelDrill(director, id, '又一次', NOW)).rejects.toMatchObject({ code: 'drill_started' });
    await expect(seat(id, 'zhangsan', [role])).rejects.toMatchObject({ code: 'drill_is_over' });
  });

  it('is no longer possible once it has begun', async () => {
    const id = await plan();
    const role = exampleScript().roles.find(({ group }) => group === 'director')!.id;
    await seat(id, 'lisi', [role]);
    const { runId, seats } = await readDrill(director, id);
    const lisi: Actor = { accountId: seats[0]!.accountId, personId: null, name: '李四', grants: [] };
    await commandRun(lisi, runId, { id: 'c1', role, deed: { kind: 'start' } }, NOW);
    await expect(cancelDrill(director, id, '临时取消', NOW)).rejects.toMatchObject({ code: 'drill_started' });
    await expect(removeSeat(director, id, seats[0]!.id, NOW)).rejects.toMatchObject({
      code: 'drill_started',
    });
  });
});

describe('the print pack', () => {
  it('is made paper by paper, each page marked, for who keeps the drill', async () => {
    const id = await plan();
    await seat(id, 'zhangsan', [exampleScript().roles.find(({ group }) => group === 'player')!.id]);
    for (const kind of PACK_KINDS) {
      const { bytes, name } = await makePackPaper(director, id, kind, NOW);
      expect(name).toMatch(/^【演练】防汛推演 .+\.docx$/);
      const { entries } = unzip(Buffer.from(bytes), 10_000_000);
      const parts = [...entries.keys()].filter((path) => /^word\/header\d\.xml$/.test(path));
      expect(parts.length).toBeGreaterThan(0);
      for (const part of parts) expect(entries.get(part)!.toString('utf8')).toContain('【演练】');
      expect(entries.get('word/document.xml')!.toString('utf8')).toContain('防汛推演');
    }
    await expect(makePackPaper(elsewhere, id, 'tasks', NOW)).rejects.toMatchObject({ status: 404 });
    await expect(makePackPaper(director, id, 'nothing', NOW)).rejects.toMatchObject({ status: 404 });
  });
});
