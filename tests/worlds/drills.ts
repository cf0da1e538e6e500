import type { Actor } from '#lib/kernel/actor.ts';
import { planDrill, readDrill, seatAccount } from '#lib/drills/drills.server.ts';
import type { Deed } from '#lib/drills/runs/run-command.ts';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { commandRun, signRuns, tickRun } from '#lib/drills/runs/runs.server.ts';
import type { Script } from '#lib/drills/scripts/script.ts';
import { createScript } from '#lib/drills/scripts/scripts.server.ts';
import { newId } from '#lib/server/id.ts';
import { exampleScript } from '../drills/example-script.ts';
import { actorWith, addAccount, COUNTY } from './exams.ts';

/** Somebody of 夏邑 who keeps its drills. */
export const director = actorWith('drill_director', COUNTY.path, { name: '总导调' });

export type DrillWorld = { drillId: string; runId: string; actors: Record<string, Actor> };

/** When its run is played, unless a spec says otherwise. */
export const DRILL_DAY = new Date('2026-03-02T01:00:00Z');
export const after = (minutes: number, seconds = 0) =>
  new Date(DRILL_DAY.getTime() + minutes * 60_000 + seconds * 1000);

/** A drill of the example (changed as asked) with an account in every seat, named by its role. */
export async function drillWorld(change: (script: Script) => void = () => {}): Promise<DrillWorld> {
  const script = exampleScript();
  change(script);
  const scriptId = await createScript(
    director,
    COUNTY.divisionId,
    script as unknown as Record<string, unknown>,
    DRILL_DAY,
  );
  const input = {
    title: '沱河涨水推演',
    scriptId,
    plannedOn: '2026-03-02',
    place: '会亭镇',
    observerDelaySeconds: 0,
  };
  const drillId = await planDrill(director, input, DRILL_DAY);
  const actors: Record<string, Actor> = {};
  for (const role of script.roles) {
    const actor = actorWith('trainee', COUNTY.path, { name: role.name });
    const loginName = `${role.id}-${newId()}`;
    await addAccount(actor, loginName);
    await seatAccount(director, drillId, { loginName, roles: [role.id] }, DRILL_DAY);
    actors[role.id] = actor;
  }
  const { runId } = await readDrill(director, drillId);
  return { drillId, runId, actors };
}

/** Lets the server live until a moment: it signs, as its loop does, and lets time do its work. */
export async function live({ runId }: DrillWorld, until: Date): Promise<void> {
  const from = signed.get(runId) ?? DRILL_DAY;
  for (let at = from.getTime(); at < until.getTime(); at += 8_000) await signRuns(SYSTEM, new Date(at));
  await signRuns(SYSTEM, until);
  signed.set(runId, until);
  await tickRun(SYSTEM, runId, until);
}
const signed = new Map<string, Date>();

let commands = 0;

/** A deed of the actor who holds the role. */
export async function act(
  world: DrillWorld,
  role: string,
  deed: Deed,
  now: Date,
  id?: string,
): Promise<{ seq: number }> {
  const command = { id: id ?? `command-${String((commands += 1)).padStart(12, '0')}`, role, deed };
  if (deed.kind !== 'start') await live(world, now);
  return await commandRun(world.actors[role]!, world.runId, command, now);
}
