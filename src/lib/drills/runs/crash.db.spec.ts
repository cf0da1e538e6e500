import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { asc, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { read } from '#lib/server/db/open.ts';
import { drillEntry } from '#lib/server/db/schema/drills.ts';
import { bigScript } from '#tests/drills/big-scripts.ts';
import { act, drillWorld, type DrillWorld } from '#tests/worlds/drills.ts';
import { durationMs } from '../scripts/duration.ts';
import { foldAll } from './run.ts';
import type { Entry } from './run-log.ts';
import { entryHash, entryOf, loadRun } from './run-store.server.ts';

const KILLS = 25;

type Table = { world: DrillWorld; journal: string };

/** Starts a worker and kills it in the middle of whatever it does. */
async function liveAndDie({ world, journal }: Table, round: number): Promise<void> {
  const { director, duty } = world.actors;
  const args = [
    'tests/drills/crash-worker.ts',
    world.runId,
    JSON.stringify({ director, duty }),
    journal,
    String(round),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  await wait(20 + Math.random() * 180);
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function logOf({ runId }: DrillWorld) {
  return await read((db) =>
    db.select().from(drillEntry).where(eq(drillEntry.runId, runId)).orderBy(asc(drillEntry.seq)),
  );
}

/** Injects that the clock released: each once, at the moment the script names. */
function expectLogicalTimes(log: readonly Entry[]): void {
  const due = new Map(
    bigScript(150).injects.flatMap(({ id, trigger }) =>
      'at' in trigger ? [[id, durationMs(trigger.at)] as const] : [],
    ),
  );
  const released = log.flatMap(({ body, atMs }) =>
    body.kind === 'fact' && body.fact.type === 'inject_released' ? [[body.fact.inject, atMs] as const] : [],
  );
  expect(new Set(released.map(([id]) => id)).size).toBe(released.length);
  expect(released.length).toBeGreaterThan(5);
  for (const [id, atMs] of released) if (due.has(id)) expect([id, atMs]).toEqual([id, due.get(id)]);
}

/** Checks the log, the journal and the fold of a run; answers how many deeds were acknowledged. */
async function expectSound({ world, journal }: Table): Promise<number> {
  const rows = await logOf(world);
  let previous = '';
  let lastMs = 0;
  for (const [at, row] of rows.entries()) {
    expect(row.seq).toBe(at + 1);
    expect(row.previousHash).toBe(previous);
    previous = entryHash(world.runId, previous, entryOf(row));
    expect(row.hash).toBe(previous);
    expect(row.exerciseMs).toBeGreaterThanOrEqual(lastMs);
    lastMs = row.exerciseMs;
  }
  const lines = readFileSync(journal, 'utf8').trim().split('\n');
  const done = lines.filter((line) => line.startsWith('done')).map((line) => line.slice(5));
  const logged = rows.flatMap(({ commandId }) => (commandId?.startsWith('deed-') ? [commandId] : []));
  expect(done.length).toBeGreaterThan(KILLS);
  expect(done.filter((id) => !logged.includes(id))).toEqual([]);
  expect(new Set(logged).size).toBe(logged.length);
  const log = rows.map(entryOf);
  expectLogicalTimes(log);
  const loaded = (await read((db) => loadRun(db, world.runId)))!;
  // Through JSON, as a snapshot is kept: an absent key and an undefined one are the same.
  expect(JSON.parse(JSON.stringify(foldAll(loaded.script, log)))).toEqual(
    JSON.parse(JSON.stringify(loaded.run)),
  );
  return done.length;
}

async function openTable(): Promise<Table> {
  const world = await drillWorld((script) => {
    Object.assign(script, bigScript(150));
    script.clock = { ...script.clock, maxRate: 60, onJump: 'fire_all' };
  });
  await act(world, 'director', { kind: 'start' }, new Date());
  const journal = join(mkdtempSync(join(tmpdir(), 'lianbing-crash-')), 'journal');
  writeFileSync(journal, '');
  return { world, journal };
}

it(`a run killed ${KILLS} times loses nothing, doubles nothing, and its clock never goes back`, async () => {
  const table = await openTable();
  for (let round = 1; round <= KILLS; round += 1) await liveAndDie(table, round);
  expect(await expectSound(table)).toBeGreaterThan(KILLS);
}, 240_000);

it.runIf(process.env.LIANBING_TEST_ENGINE === 'postgres')(
  'two processes take turns on one run',
  async () => {
    const table = await openTable();
    for (let round = 1; round <= KILLS; round += 2)
      await Promise.all([liveAndDie(table, round), liveAndDie(table, round + 1)]);
    expect(await expectSound(table)).toBeGreaterThan(KILLS);
  },
  240_000,
);
