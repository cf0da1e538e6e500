import { describe, expect, it } from 'vitest';
import { actorOf, LUSHI, XIAYI } from '#tests/worlds/people.ts';
import { act, after, drillWorld } from '#tests/worlds/drills.ts';
import { registerFollowers } from '#lib/server/followers.ts';
import { findReadableUpload } from '#lib/server/upload-readers.ts';
import type { Deed } from './run-command.ts';
import { storeRunMedia } from './media.server.ts';

registerFollowers();

const answer = (item: string): Deed => ({
  kind: 'answer',
  sheet: 'tabletop',
  item,
  answer: item === 'q2' ? 'fit' : 'yes',
  reason: '',
  observedMs: 0,
});

describe('a sheet', () => {
  it('is changed until its evaluator locks it, and not after', async () => {
    const world = await drillWorld();
    await act(world, 'director', { kind: 'start' }, after(0));
    await act(world, 'watch', answer('q1'), after(1));
    await act(world, 'watch', answer('q2'), after(2));
    await act(world, 'watch', { kind: 'lock', sheet: 'tabletop' }, after(3));
    await expect(act(world, 'watch', answer('q2'), after(4))).rejects.toMatchObject({
      code: 'sheet_locked',
      status: 409,
    });
    await act(
      world,
      'director',
      { kind: 'moderate', sheet: 'tabletop', item: 'q2', answer: 'partly', reason: '两人商定' },
      after(5),
    );
  });
});

describe('a photo of a run', () => {
  const photo = async () => new File([new Uint8Array([0xff, 0xd8, 0xff, 1, 2])], '现场.jpg');

  it('is taken by who watches, while there is something to watch', async () => {
    const world = await drillWorld();
    const send = (role: string, minutes: number, take: () => Promise<File | null> = photo) =>
      storeRunMedia(world.actors[role]!, world.runId, take, after(minutes));
    await expect(send('watch', 0)).rejects.toMatchObject({ code: 'not_running' });
    await act(world, 'director', { kind: 'start' }, after(0));
    await expect(send('duty', 1)).rejects.toMatchObject({ code: 'not_your_task' });
    await expect(send('watch', 1, async () => null)).rejects.toMatchObject({ code: 'unreadable' });
    await expect(storeRunMedia(actorOf('bureau', XIAYI), world.runId, photo, after(1))).rejects.toMatchObject(
      { status: 404 },
    );
    expect((await send('watch', 1)).id).not.toBe('');
  });

  it('is read by who made it, by control and by who keeps the drill, and by nobody else', async () => {
    const world = await drillWorld();
    await act(world, 'director', { kind: 'start' }, after(0));
    const { id } = await storeRunMedia(world.actors.watch!, world.runId, photo, after(1));
    const readers = [world.actors.watch!, world.actors.director!, actorOf('bureau', XIAYI)];
    for (const reader of readers)
      expect(await findReadableUpload(reader, id)).toMatchObject({ type: 'image/jpeg' });
    const strangers = [world.actors.duty!, world.actors.guest!, actorOf('bureau', LUSHI)];
    for (const stranger of strangers)
      await expect(findReadableUpload(stranger, id)).rejects.toMatchObject({ code: 'upload_not_found' });
  });
});
