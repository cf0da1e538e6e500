import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { write } from '#lib/server/db/open.ts';
import { drill } from '#lib/server/db/schema/drills.ts';
import { act, after, drillWorld, live, type DrillWorld } from '../../../../tests/worlds/drills.ts';
import { exerciseMs } from './clock.ts';
import { readDesk, readEntries, readSlips, streamRun } from './feeds.server.ts';
import type { Deed } from './run-command.ts';
import type { Shown } from './visible.ts';

const kinds = (shown: readonly Shown[]) => shown.map(({ body }) => body.kind);

async function delayed(seconds: number): Promise<DrillWorld> {
  const world = await drillWorld();
  await write(`drill:${world.drillId}`, async (tx) => {
    await tx.update(drill).set({ observerDelaySeconds: seconds }).where(eq(drill.id, world.drillId));
  });
  return world;
}

const desk = (world: DrillWorld, role: string, at: Date, from: 'seat' | 'wall' = 'seat') =>
  readDesk(world.actors[role]!, world.runId, at, from);

describe('who looks on', () => {
  it('sees the run as it was so many seconds ago, its clock and its map too', async () => {
    const world = await delayed(60);
    await act(world, 'director', { kind: 'start' }, after(0));
    const before = await desk(world, 'guest', after(0, 59));
    expect(before).toMatchObject({ shown: [], stage: 'lobby', clock: { running: false } });
    const then = await desk(world, 'guest', after(1));
    expect(kinds(then.shown)).toEqual(['clock', 'phase']);
    expect(then.stage).toBe('running');
    expect(exerciseMs(then.clock, after(1, 30).getTime())).toBe(30_000);
    await live(world, after(20, 30));
    const waters = async (at: Date) =>
      (await desk(world, 'guest', at)).face.map.features.some(({ id }) => id === 'water');
    expect([await waters(after(20, 30)), await waters(after(21, 30))]).toEqual([false, true]);
    // Who plays sees at once.
    expect(kinds((await desk(world, 'duty', after(20, 30))).shown)).toContain('feature');
  });

  it('gets the rest when it is old enough, without a gap', async () => {
    const world = await delayed(60);
    const { cursor } = await desk(world, 'guest', after(0));
    await act(world, 'director', { kind: 'start' }, after(0));
    const early = await readEntries(world.actors.guest!, world.runId, cursor, after(0, 59));
    expect(early.shown).toEqual([]);
    const later = await readEntries(world.actors.guest!, world.runId, early.cursor, after(1));
    expect(kinds(later.shown)).toEqual(['clock', 'phase']);
  });

  it('hears of a real emergency and of the end at once', async () => {
    const world = await delayed(600);
    await act(world, 'director', { kind: 'start' }, after(0));
    await act(world, 'head', { kind: 'real_event', text: '有人落水' }, after(1));
    expect(kinds((await desk(world, 'guest', after(1))).shown)).toEqual(['clock', 'phase', 'real_event']);
    await act(world, 'director', { kind: 'abort', why: 'real_event', text: '' }, after(2));
    expect((await desk(world, 'guest', after(2))).stage).toBe('aborted');
  });

  it('is told by the stream when the time has come', async () => {
    const world = await delayed(60);
    await act(world, 'director', { kind: 'start' }, new Date(Date.now() - 59_000));
    const response = await streamRun(world.actors.guest!, world.runId, null);
    const reader = response.body!.getReader();
    let text = '';
    while (!text.includes('data:')) text += new TextDecoder().decode((await reader.read()).value);
    await reader.cancel();
    expect(text).toContain('"why":"started"');
  });
});

describe('the wall', () => {
  it('shows a director no more than an observer sees', async () => {
    const world = await drillWorld();
    await act(world, 'director', { kind: 'start' }, after(0));
    await live(world, after(3));
    const wall = await desk(world, 'director', after(3), 'wall');
    expect(wall.shown).toEqual((await desk(world, 'guest', after(3))).shown);
    expect(wall.face).toMatchObject({ script: null, own: [], documents: [], expectations: [] });
    expect(JSON.stringify(wall)).not.toContain('A-01');
  });

  it('shows what was chosen with whose it is, and takes it off again', async () => {
    const world = await drillWorld();
    await act(world, 'director', { kind: 'start' }, after(0));
    const said: Deed = { kind: 'message', to: ['sim'], text: '请求增援', channel: 'phone' };
    const { seq } = await act(world, 'duty', said, after(1));
    await act(world, 'director', { kind: 'curate', entry: seq, shown: true }, after(4));
    const [item] = (await desk(world, 'guest', after(4), 'wall')).shown.slice(-1);
    expect(item).toMatchObject({ role: 'duty', atMs: 60_000, body: said });
    await act(world, 'director', { kind: 'curate', entry: seq, shown: false }, after(5));
    const [gone] = (await desk(world, 'guest', after(5), 'wall')).shown.slice(-1);
    expect(gone?.body).toEqual({ kind: 'withdrawn', was: item!.body });
  });
});

it('slips are for who runs the drill: 403 for players, 404 without a seat', async () => {
  const world = await drillWorld();
  expect((await readSlips(world.actors.director!, world.runId)).slips).toHaveLength(3);
  await expect(readSlips(world.actors.duty!, world.runId)).rejects.toMatchObject({ status: 403 });
  const other = await drillWorld();
  await expect(readSlips(other.actors.director!, world.runId)).rejects.toMatchObject({ status: 404 });
});
