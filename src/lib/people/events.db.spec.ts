import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { write } from '#lib/server/db/open.ts';
import { record } from '#lib/server/events/record.ts';
import { actorOf, CITY, HUITING, LUSHI, MATOU, PROVINCE, XIAYI } from '#tests/worlds/people.ts';
import { askedEvents, eventFilter } from './event-filter.ts';
import { listEvents } from './events.server.ts';

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
