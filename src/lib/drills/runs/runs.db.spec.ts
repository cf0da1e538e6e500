import { and, asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { SYSTEM, VISITOR } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import { drillEntry, drillRun } from '#lib/server/db/schema/drills.ts';
import { act, after, director, drillWorld, live, type DrillWorld } from '../../../../tests/worlds/drills.ts';
import { cursorOf, seqOf } from './cursor.server.ts';
import { readDesk, readEntries, streamRun } from './feeds.server.ts';
import { foldAll } from './run.ts';
import { entryHash, entryOf, loadRun } from './run-store.server.ts';
import { abandonedRuns, commandRun, dueRuns, signRuns, tickRun } from './runs.server.ts';
import { verifyRuns } from './verifying.server.ts';
import type { Shown } from './visible.ts';

async function rowsOf({ runId }: DrillWorld) {
  return await read((db) =>
    db.select().from(drillEntry).where(eq(drillEntry.runId, runId)).orderBy(asc(drillEntry.seq)),
  );
}

const kinds = (shown: readonly Shown[]) =>
  shown.map(({ body }) => (body.kind === 'entry' ? body.body.kind : body.kind));

describe('a command', () => {
  it('sent twice is done once, and answered the same', async () => {
    const world = await drillWorld();
    const first = await act(world, 'director', { kind: 'start' }, after(0), 'the-same-command-id');
    const again = await act(world, 'director', { kind: 'start' }, after(1), 'the-same-command-id');
    expect(again).toEqual(first);
    expect((await rowsOf(world)).filter(({ kind }) => kind === 'started')).toHaveLength(1);
  });

  it('from somebody without a seat finds no run; from a seat it must fit the role', async () => {
    const world = await drillWorld();
    const start = { id: 'some-command-id-0', role: 'director', deed: { kind: 'start' as const } };
    for (const stranger of [director, VISITOR])
      await expect(commandRun(stranger, world.runId, start, after(0))).rejects.toMatchObject({ status: 404 });
    await expect(commandRun(world.actors.duty!, world.runId, start, after(0))).rejects.toMatchObject({
      code: 'not_your_role',
    });
    await expect(act(world, 'duty', { kind: 'pause' }, after(0))).rejects.toMatchObject({
      code: 'not_your_task',
    });
  });

  it('leaves a log that is chained, without gaps, and folds to the state that is kept', async () => {
    const world = await drillWorld();
    await act(world, 'director', { kind: 'start' }, after(0));
    await act(
      world,
      'duty',
      { kind: 'submit', document: 'first', fields: { time: '1', place: '2' } },
      after(3),
    );
    await act(world, 'leader', { kind: 'decide', inject: 'i-ask', option: 'move', why: '' }, after(6));
    const rows = await rowsOf(world);
    let previous = '';
    for (const [at, row] of rows.entries()) {
      expect(row.seq).toBe(at + 1);
      expect(row.previousHash).toBe(previous);
      expect(entryHash(world.runId, previous, entryOf(row))).toBe(row.hash);
      previous = row.hash;
    }
    const loaded = (await read((db) => loadRun(db, world.runId)))!;
    expect(loaded.row.hash).toBe(previous);
    expect(foldAll(loaded.script, rows.map(entryOf))).toEqual(loaded.run);
  });

  it('changed in its log is found', async () => {
    const world = await drillWorld();
    await act(world, 'director', { kind: 'start' }, after(0));
    await act(
      world,
      'leader',
      { kind: 'message', to: ['head'], text: '准备转移', channel: 'phone' },
      after(1),
    );
    const mine = async () => (await verifyRuns(SYSTEM)).broken.filter(({ runId }) => runId === world.runId);
    expect(await mine()).toEqual([]);
    const [row] = (await rowsOf(world)).filter(({ kind }) => kind === 'message');
    await write(`run:${world.runId}`, (tx) =>
      tx
        .update(drillEntry)
        .set({ body: { ...row!.body, text: '不用转移' } })
        .where(and(eq(drillEntry.runId, world.runId), eq(drillEntry.seq, row!.seq)))
        .then(() => undefined),
    );
    expect(await mine()).toEqual([{ runId: world.runId, seq: row!.seq, why: 'hash' }]);
  });

  it('of many at once are all done, one after the other', async () => {
    const world = await drillWorld();
    await act(world, 'director', { kind: 'start' }, after(0));
    const deeds = Array.from({ length: 40 }, (_, index) =>
      act(
        world,
        ['duty', 'leader', 'head'][index % 3]!,
        { kind: 'message', to: ['sim'], text: `第 ${index} 条`, channel: 'system' },
        after(1),
      ),
    );
    const seqs = (await Promise.all(deeds)).map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(40);
    const messages = (await rowsOf(world)).filter(({ kind }) => kind === 'message');
    expect(messages).toHaveLength(40);
  });
});

describe('time', () => {
  it('moves a run through the loop, each thing at its own moment', async () => {
    const world = await drillWorld();
    await act(world, 'director', { kind: 'start' }, after(0));
    expect(await dueRuns(SYSTEM, after(1))).not.toContain(world.runId);
    expect(await dueRuns(SYSTEM, after(2))).toContain(world.runId);
    await live(world, after(1, 59));
    await tickRun(SYSTEM, world.runId, after(2, 5));
    const released = (await rowsOf(world)).find(({ kind }) => kind === 'inject_released')!;
    expect(released).toMatchObject({ exerciseMs: 120_000, at: after(2, 5) });
    await tickRun(SYSTEM, world.runId, after(2, 6));
    expect((await rowsOf(world)).filter(({ kind }) => kind === 'inject_released')).toHaveLength(1);
  });

  it('stood still while the service was away, however long', async () => {
    const world = await drillWorld();
    await act(world, 'director', { kind: 'start' }, after(0));
    await tickRun(SYSTEM, world.runId, after(0, 5));
    await signRuns(SYSTEM, after(0, 9));
    expect(await abandonedRuns(SYSTEM, after(45), 5_000)).toContain(world.runId);
    await tickRun(SYSTEM, world.runId, after(45), true);
    const { run } = (await read((db) => loadRun(db, world.runId)))!;
    expect(run.clock).toMatchObject({ running: false, exMs: 9_000 });
    await act(world, 'director', { kind: 'resume' }, after(50));
    await live(world, after(51));
    expect((await rowsOf(world)).some(({ kind }) => kind === 'inject_released')).toBe(false);
    await live(world, after(52));
    expect((await rowsOf(world)).find(({ kind }) => kind === 'inject_released')!.exerciseMs).toBe(120_000);
  });

  it('is taken up from the log alone when the snapshot is gone', async () => {
    const world = await drillWorld();
    await act(world, 'director', { kind: 'start' }, after(0));
    await live(world, after(2, 1));
    const before = (await read((db) => loadRun(db, world.runId)))!.run;
    await write(`run:${world.runId}`, (tx) =>
      tx
        .update(drillRun)
        .set({ snapshot: null, snapshotSeq: 0 })
        .where(eq(drillRun.id, world.runId))
        .then(() => undefined),
    );
    const rows = await rowsOf(world);
    const loaded = (await read((db) => loadRun(db, world.runId)))!;
    expect(foldAll(loaded.script, rows.map(entryOf))).toEqual(before);
  });
});

describe('what a seat sees', () => {
  it('is only its own: no expected action, no foreign inject, no other evaluator', async () => {
    const world = await drillWorld();
    await act(world, 'director', { kind: 'start' }, after(0));
    await live(world, after(2, 1));
    await act(
      world,
      'watch',
      { kind: 'observe', text: '反应迅速', about: null, observedMs: 1, media: [] },
      after(3),
    );
    const desk = async (role: string) => await readDesk(world.actors[role]!, world.runId, after(3));
    expect(kinds((await desk('duty')).shown)).toEqual(['clock', 'phase', 'variable', 'inject']);
    expect(kinds((await desk('head')).shown)).toEqual(['clock', 'phase']);
    expect(kinds((await desk('guest')).shown)).toEqual(['clock', 'phase']);
    expect(kinds((await desk('watch')).shown)).toContain('observed');
    const text = JSON.stringify([await desk('duty'), await desk('head'), await desk('guest')]);
    for (const secret of ['e-report', 'A-02', 'i-rise', '进水区', 'veto', '反应迅速'])
      expect(text).not.toContain(secret);
  });

  it('comes with a cursor that tells nothing and is only good for its run', () => {
    const cursors = [1, 2, 3].map((seq) => cursorOf('run', seq));
    expect(new Set(cursors.map((cursor) => cursor.length)).size).toBe(1);
    expect(cursors.map((cursor) => seqOf('run', cursor))).toEqual([1, 2, 3]);
    expect(seqOf('another', cursors[0]!)).toBe(0);
    for (const forged of [null, '', '7', 'AAAAAAAAAAAAAAAAAAAAAA', 'x'.repeat(500)])
      expect(seqOf('run', forged)).toBe(0);
  });

  it('goes on exactly where a stream broke off', async () => {
    const world = await drillWorld();
    const { cursor } = await readDesk(world.actors.head!, world.runId, after(0));
    const reader = await follow(world, 'head', cursor);
    await act(world, 'director', { kind: 'start' }, after(0));
    await act(
      world,
      'leader',
      { kind: 'message', to: ['head'], text: '注意水位', channel: 'phone' },
      after(1),
    );
    await act(
      world,
      'leader',
      { kind: 'message', to: ['duty'], text: '与村里无关', channel: 'phone' },
      after(1),
    );
    const frames = await reader.until(2);
    expect(frames.flatMap(({ shown }) => kinds(shown))).toEqual(['clock', 'phase', 'message']);
    await reader.stop();
    await act(
      world,
      'leader',
      { kind: 'message', to: ['head'], text: '准备转移', channel: 'phone' },
      after(2),
    );
    const later = await readEntries(world.actors.head!, world.runId, frames.at(-1)!.id, after(2));
    expect(kinds(later.shown)).toEqual(['message']);
    const resumed = await follow(world, 'head', frames.at(-1)!.id);
    expect(kinds((await resumed.until(1))[0]!.shown)).toEqual(['message']);
    await resumed.stop();
  });
});

type Frame = { id: string; shown: Shown[] };

/** Reads a seat's stream frame by frame. */
async function follow(world: DrillWorld, role: string, cursor: string) {
  const response = await streamRun(world.actors[role]!, world.runId, cursor);
  const reader = response.body!.getReader();
  const frames: Frame[] = [];
  let text = '';
  return {
    async until(count: number): Promise<Frame[]> {
      while (frames.length < count) {
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream ended');
        text += new TextDecoder().decode(value);
        const parts = text.split('\n\n');
        text = parts.pop()!;
        for (const part of parts) {
          const [, id] = /^id: (.*)$/m.exec(part) ?? [];
          const [, data] = /^data: (.*)$/m.exec(part) ?? [];
          if (id && data) frames.push({ id, shown: JSON.parse(data) as Shown[] });
        }
      }
      return frames;
    },
    stop: () => reader.cancel(),
  };
}
