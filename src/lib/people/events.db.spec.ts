import exceljs from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { and, eq } from 'drizzle-orm';
import { read, write } from '#lib/server/db/open.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { record } from '#lib/server/events/record.ts';
import { actorOf, CITY, HUITING, LUSHI, MATOU, NOW, PROVINCE, XIAYI } from '#tests/worlds/people.ts';
import { askedEvents, eventFilter } from './event-filter.ts';
import { exportEvents, listEvents } from './events.server.ts';

const happened: [stream: string, kind: string, path: string, at: string][] = [
  ['person:1', 'post_begun', HUITING, '2026-03-04T15:59:59.999Z'],
  ['person:2', 'post_ended', MATOU, '2026-03-04T16:00:00.000Z'],
  ['class:1', 'class_opened', XIAYI, '2026-03-05T01:00:00.000Z'],
  ['person:3', 'post_begun', LUSHI, '2026-03-05T02:00:00.000Z'],
  ['account:1', 'role_granted', XIAYI, '2026-03-05T15:59:59.999Z'],
  ['attempt:1', 'answer_saved', HUITING, '2026-03-05T16:00:00.000Z'],
  ['division:411224', 'division_added', LUSHI, '2026-03-06T02:00:00.000Z'],
];

beforeAll(async () => {
  for (const [stream, kind, path, at] of happened)
    await write(stream, (tx) =>
      record(tx, { stream, kind, actor: SYSTEM, at: new Date(at), path, detail: {} }),
    );
});

const bureau = actorOf('bureau', XIAYI);
const kinds = async (actor: Actor, query: string) =>
  (await listEvents(actor, eventFilter(askedEvents(new URLSearchParams(query))), 1)).rows.map(
    (row) => row.kind,
  );

describe('listEvents', () => {
  it('shows a bureau what happened in its places, latest first, without what goes on by the thousand', async () => {
    expect(await kinds(bureau, '')).toEqual(['role_granted', 'class_opened', 'post_ended', 'post_begun']);
    expect(await kinds(actorOf('bureau', CITY), '')).toHaveLength(4);
    expect(await kinds(actorOf('bureau', LUSHI), '')).toEqual(['division_added', 'post_begun']);
    expect(await kinds(bureau, 'kind=answer_saved')).toEqual(['answer_saved']);
    expect(await kinds(bureau, 'stream=attempt:1')).toEqual(['answer_saved']);
  });

  it('shows the administrator accounts and divisions only', async () => {
    expect(await kinds(actorOf('administrator', PROVINCE), '')).toEqual(['division_added', 'role_granted']);
    expect(await kinds(actorOf('administrator', PROVINCE), 'stream=person:1')).toEqual([]);
  });

  it('shows nothing to others', async () => {
    for (const role of ['township_officer', 'trainee', 'instructor'] as const)
      await expect(kinds(actorOf(role, XIAYI), '')).rejects.toMatchObject({ code: 'forbidden', status: 403 });
  });

  it('takes whole days of Shanghai, and ignores what cannot be read', async () => {
    expect(await kinds(bureau, 'from=2026-03-05&until=2026-03-05')).toEqual([
      'role_granted',
      'class_opened',
      'post_ended',
    ]);
    expect(await kinds(bureau, 'until=2026-03-04')).toEqual(['post_begun']);
    expect(await kinds(bureau, 'from=2026-13-01&until=yesterday')).toHaveLength(4);
    expect(await kinds(bureau, 'stream=person:3')).toEqual([]);
  });
});

describe('exportEvents', () => {
  const exported = async (actor: Actor, query: string) => {
    const asked = eventFilter(askedEvents(new URLSearchParams(query)));
    const { name, bytes } = await exportEvents(actor, asked, NOW);
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load(bytes as never);
    const cells: string[][] = [];
    workbook.worksheets[0]!.eachRow((row) => cells.push((row.values as unknown[]).slice(1).map(String)));
    return { name, cells };
  };

  it('has the rows of the page in Chinese, and is an event of who took it', async () => {
    const taker = actorOf('bureau', XIAYI);
    const { name, cells } = await exported(taker, 'from=2026-03-05&until=2026-03-05');
    expect(name).toBe('操作记录-2026-11-22.xlsx');
    const at = cells.findIndex(([first]) => first === '时间');
    expect(cells[at]).toEqual(['时间', '操作', '操作人', '对象', '内容', '校验码（前10位）']);
    expect(cells.slice(at + 1, at + 4).map((row) => row[1])).toEqual(['授予角色', '开班', '结束任职']);
    expect(cells[at + 3]?.[0]).toBe('2026年3月5日 00:00');
    const told = await read((db) =>
      db
        .select()
        .from(event)
        .where(and(eq(event.stream, `account:${taker.accountId}`), eq(event.kind, 'events_exported'))),
    );
    expect(told.map(({ detail }) => detail)).toEqual([
      { rows: 3, wanted: { from: '2026-03-05', until: '2026-03-05' } },
    ]);
  });

  it('holds what the list holds, and nothing for others', async () => {
    const { cells } = await exported(actorOf('administrator', PROVINCE), 'stream=person:1');
    expect(cells.flat().join('')).not.toContain('开始任职');
    for (const role of ['township_officer', 'trainee'] as const)
      await expect(exported(actorOf(role, XIAYI), '')).rejects.toMatchObject({ code: 'forbidden' });
  });
});
