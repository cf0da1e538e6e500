import { planDrill, readDrill, seatAccount } from '#lib/drills/drills.server.ts';
import { commandRun } from '#lib/drills/runs/runs.server.ts';
import { createScript } from '#lib/drills/scripts/scripts.server.ts';
import type { Actor } from '#lib/kernel/actor.ts';
import { openSession } from '#lib/server/auth/sessions.ts';
import { closeDatabase, migrateDatabase } from '#lib/server/db/open.ts';
import { registerFollowers } from '#lib/server/followers.ts';
import { newId } from '#lib/server/id.ts';
import { loadReference } from '#seeds/reference/load.ts';
import { actorWith, addAccount, COUNTY } from '#tests/worlds/exams.ts';
import { answerPlan } from '../harness/child.ts';
import { PER_SECOND, QUIET_RUNS, ROOMS, SECONDS, VIEWERS, type Room, type World } from './plan.ts';
import { hallScript } from '#tests/drills/big-scripts.ts';

/** A script holds 600 injects at most; the example brings five. */
const HALL_INJECTS_MAX = 595;

const keeper = actorWith('drill_director', COUNTY.path, { name: '导调' });

async function seat(drillId: string, roles: string[], now: Date): Promise<{ actor: Actor; cookie: string }> {
  const actor = actorWith('trainee', COUNTY.path, { name: '席位' });
  const loginName = newId();
  await addAccount(actor, loginName);
  await seatAccount(keeper, drillId, { loginName, roles }, now);
  const { name, value } = await openSession(actor.accountId!, { address: '127.0.0.1', agent: 'bench' }, now);
  return { actor, cookie: `${name}=${value}` };
}

async function openRoom(viewers: number, now: Date): Promise<Room & { actor: Actor }> {
  const injects = viewers === 0 ? 0 : Math.min(PER_SECOND * SECONDS, HALL_INJECTS_MAX);
  const draft = hallScript(injects) as unknown as Record<string, unknown>;
  const scriptId = await createScript(keeper, COUNTY.divisionId, draft, now);
  const plan = { title: '千人推演', scriptId, plannedOn: '2026-03-02', place: '', observerDelaySeconds: 0 };
  const drillId = await planDrill(keeper, plan, now);
  const director = await seat(drillId, ['director'], now);
  const seats: string[] = [];
  for (let index = 0; index < viewers; index += 1)
    seats.push((await seat(drillId, [['duty', 'leader', 'head'][index % 3]!], now)).cookie);
  const { runId } = await readDrill(keeper, drillId);
  const ids = Array.from({ length: injects }, (_, index) => `hall-${index}`);
  return { runId, director: director.cookie, actor: director.actor, viewers: seats, injects: ids };
}

async function buildWorld(): Promise<World> {
  const now = new Date();
  const started = performance.now();
  registerFollowers();
  await migrateDatabase();
  await loadReference(now);
  const rooms = [];
  for (let index = 0; index < ROOMS; index += 1) {
    const { actor: _actor, ...room } = await openRoom(VIEWERS, now);
    rooms.push(room);
  }
  const quiet = [];
  for (let index = 0; index < QUIET_RUNS; index += 1) {
    const { runId, director, actor } = await openRoom(0, now);
    const start = { id: `start-${newId()}`, role: 'director', deed: { kind: 'start' as const } };
    await commandRun(actor, runId, start, new Date());
    quiet.push({ runId, director });
  }
  await closeDatabase();
  return { rooms, quiet, seconds: Math.round((performance.now() - started) / 1_000) };
}

await answerPlan(buildWorld);
