import { asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { drill, drillEntry, drillRun, drillSeat } from '#lib/server/db/schema/drills.ts';
import { drillGrade, drillReport } from '#lib/server/db/schema/findings.ts';
import { drillSecrecy } from '#lib/server/db/schema/sealed.ts';
import { findDrill, listMySeats } from '../drills.server.ts';
import { readDesk, readEntries } from '../runs/feeds.server.ts';
import { entryHash, entryOf, loadRun } from '../runs/run-store.server.ts';
import { abandonedRuns, commandRun, dueRuns, signRuns, tickRun } from '../runs/runs.server.ts';
import { commitmentOf, turnSealed } from './commitments.server.ts';
import { sealedById } from './registry.server.ts';
import { unsealEarly } from './sealed-decisions.server.ts';
import { listSealed, readSealed } from './sealed-drills.server.ts';
import type { Secrecy } from './secrecy.ts';
import { startDueSealed } from './starting.server.ts';
import {
  forms,
  later,
  MINUTE,
  PREPARED,
  SECOND,
  TITLE,
  waiting,
  act,
  live,
} from '../../../../tests/worlds/sealed.ts';

// Each step writes all slots, and a story has twenty steps.
vi.setConfig({ testTimeout: 120_000 });

// The day of the specs is long past: its commitment is made as the calendar would have made it.
beforeAll(async () => {
  await turnSealed(SYSTEM, PREPARED);
});

describe('a sealed run', () => {
  it('begins by itself at the drawn minute, tells players nothing before the first inject, and its rows nothing at all', async () => {
    const world = await waiting();
    const { runId, actors } = world;
    const start = new Date(world.startMs);
    await startDueSealed(SYSTEM, later(-1, start));
    expect(await read((db) => loadRun(db, runId))).toBeNull();
    await startDueSealed(SYSTEM, start);
    expect((await read((db) => loadRun(db, runId)))!.run.snapshot.stage).toBe('running');
    expect((await readDesk(actors.director!, runId, start)).stage).toBe('running');
    for (const role of ['duty', 'leader', 'head', 'guest']) {
      await expect(readDesk(actors[role]!, runId, start)).rejects.toMatchObject({ status: 404 });
      await expect(readEntries(actors[role]!, runId, null, start)).rejects.toMatchObject({ status: 404 });
      await expect(act(world, role, { kind: 'check' }, start)).rejects.toMatchObject({ status: 404 });
      expect(await listMySeats(actors[role]!)).toEqual([]);
    }
    // The example's first inject comes after two minutes.
    expect(await dueRuns(SYSTEM, later(MINUTE, start))).not.toContain(runId);
    const alarm = later(2 * MINUTE, start);
    expect(await dueRuns(SYSTEM, alarm)).toContain(runId);
    await live(runId, start, alarm);
    expect((await listMySeats(actors.duty!)).map((line) => line.runId)).toEqual([runId]);
    const desk = await readDesk(actors.duty!, runId, alarm);
    expect(desk.shown.map(({ body }) => body.kind)).toContain('inject');
    await act(world, 'duty', { kind: 'message', to: ['sim'], text: '密报告内容', channel: 'system' }, alarm);
    const rows = await read((db) => db.select().from(drillEntry).where(eq(drillEntry.runId, runId)));
    for (const row of rows)
      expect(row).toMatchObject({
        kind: 'sealed',
        exerciseMs: 0,
        at: new Date(0),
        seatId: null,
        role: null,
        cause: null,
      });
    const [row] = await read((db) => db.select().from(drillRun).where(eq(drillRun.id, runId)));
    expect(row).toMatchObject({
      stage: 'sealed',
      scriptVersionId: 'sealed',
      scriptHash: 'sealed',
      wakeAt: null,
      snapshot: null,
    });
    const text = JSON.stringify([rows, row]);
    for (const word of ['密报告内容', 'message', 'inject', actors.duty!.accountId!])
      for (const form of forms(word)) expect(text.includes(form)).toBe(false);
  });

  it('does a command sent twice once, and survives the death of its server', async () => {
    const world = await waiting();
    const start = new Date(world.startMs);
    await startDueSealed(SYSTEM, start);
    const command = { id: 'the-same-sealed-command', role: 'director', deed: { kind: 'pause' as const } };
    const first = await commandRun(world.actors.director!, world.runId, command, later(SECOND, start));
    expect(await commandRun(world.actors.director!, world.runId, command, later(2 * SECOND, start))).toEqual(
      first,
    );
    await act(world, 'director', { kind: 'resume' }, later(3 * SECOND, start));
    await signRuns(SYSTEM, later(5 * SECOND, start));
    const lost = later(45 * MINUTE, start);
    expect(await abandonedRuns(SYSTEM, lost, 5_000)).toContain(world.runId);
    await tickRun(SYSTEM, world.runId, lost, true);
    const { run } = (await read((db) => loadRun(db, world.runId)))!;
    expect(run.clock).toMatchObject({ running: false });
    expect(run.snapshot.stage).toBe('paused');
  });

  it('waits in the lobby when the service was away at its minute, and where the director starts it', async () => {
    const late = await waiting();
    await startDueSealed(SYSTEM, later(11 * MINUTE, new Date(late.startMs)));
    expect((await read((db) => loadRun(db, late.runId)))!.run.snapshot.stage).toBe('lobby');
    const byHand = await waiting({ startsItself: false });
    await startDueSealed(SYSTEM, new Date(byHand.startMs));
    expect((await read((db) => loadRun(db, byHand.runId)))!.run.snapshot.stage).toBe('lobby');
    await act(byHand, 'director', { kind: 'start' }, later(MINUTE, new Date(byHand.startMs)));
    const events = (await read((db) => sealedById(db, byHand.id)))!.drill.events;
    expect(events.at(-1)).toMatchObject({ kind: 'stage_moved', detail: { stage: 'running' } });
  });

  it('at publication becomes a drill like any other, with its chain whole, its slot empty and the secrecy told', async () => {
    const world = await waiting();
    const { runId, id } = world;
    const start = new Date(world.startMs);
    await readSealed(world.director, id, 'part', '10.0.0.9', PREPARED);
    await startDueSealed(SYSTEM, start);
    await live(runId, start, later(2 * MINUTE, start));
    const end = later(3 * MINUTE, start);
    await live(runId, later(2 * MINUTE, start), end);
    await act(world, 'director', { kind: 'end' }, end);
    await act(world, 'director', { kind: 'open_evaluation' }, end);
    expect(await read((db) => db.select().from(drill).where(eq(drill.id, id)))).toEqual([]);
    await act(world, 'director', { kind: 'publish_evaluation' }, end);
    const [row] = await read((db) => db.select().from(drill).where(eq(drill.id, id)));
    expect(row).toMatchObject({ title: TITLE, state: 'published', notice: 'none' });
    const rows = await read((db) =>
      db.select().from(drillEntry).where(eq(drillEntry.runId, runId)).orderBy(asc(drillEntry.seq)),
    );
    let previous = '';
    for (const entry of rows) {
      expect(entry.previousHash).toBe(previous);
      expect(entryHash(runId, previous, entryOf(entry))).toBe(entry.hash);
      previous = entry.hash;
    }
    expect(rows.at(-1)!.kind).toBe('published');
    const loaded = (await read((db) => loadRun(db, runId)))!;
    expect(loaded.sealed).toBeUndefined();
    expect(loaded.row).toMatchObject({ stage: 'published', hash: previous });
    expect(await read((db) => db.select().from(drillSeat).where(eq(drillSeat.runId, runId)))).toHaveLength(7);
    expect(await read((db) => db.select().from(drillGrade).where(eq(drillGrade.runId, runId)))).toHaveLength(
      1,
    );
    expect(
      await read((db) => db.select().from(drillReport).where(eq(drillReport.runId, runId))),
    ).toHaveLength(1);
    expect(await read((db) => sealedById(db, id))).toBeNull();
    const [secrecy] = await read((db) => db.select().from(drillSecrecy).where(eq(drillSecrecy.drillId, id)));
    const told = secrecy!.body as unknown as Secrecy;
    expect(told.holders.map(({ name }) => name)).toEqual(['密总策划', '密审批人']);
    expect(told.opened).toMatchObject([{ name: '密总策划', times: 1 }]);
    expect(told.draw).toMatchObject({
      startMs: world.startMs,
      commitment: commitmentOf(told.draw!.day).hash,
    });
    expect((await listMySeats(world.actors.duty!)).map((line) => line.runId)).toEqual([runId]);
  });

  it('may be unsealed by its director when it is over, and not before', async () => {
    const world = await waiting();
    const start = new Date(world.startMs);
    await startDueSealed(SYSTEM, start);
    await expect(unsealEarly(world.director, world.id, start)).rejects.toMatchObject({
      code: 'sealed_not_over',
    });
    await act(world, 'director', { kind: 'abort', why: 'real_event', text: '' }, later(SECOND, start));
    await expect(readDesk(world.actors.duty!, world.runId, start)).rejects.toMatchObject({ status: 404 });
    await unsealEarly(world.director, world.id, later(MINUTE, start));
    expect((await read((db) => findDrill(world.director, db, world.id))).state).toBe('planned');
    expect(await listSealed(world.director, start)).toEqual([]);
  });
});
