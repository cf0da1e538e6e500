import type { Actor } from '#lib/kernel/actor.ts';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/id.ts';
import type { Deed } from '#lib/drills/runs/run-command.ts';
import { commandRun, signRuns, tickRun } from '#lib/drills/runs/runs.server.ts';
import type { SealedInput } from '#lib/drills/sealed/forms.ts';
import { sealedById } from '#lib/drills/sealed/registry.server.ts';
import { approveSealed, drawSealed } from '#lib/drills/sealed/sealed-decisions.server.ts';
import { createSealed } from '#lib/drills/sealed/sealed-drills.server.ts';
import { addHolder, seatSealed, signUndertaking } from '#lib/drills/sealed/sealed-people.server.ts';
import { exampleScript } from '../drills/example-script.ts';
import { actorWith, addAccount, COUNTY } from './exams.ts';

export const PREPARED = new Date('2026-05-20T01:00:00Z');
export const later = (ms: number, at: Date = PREPARED) => new Date(at.getTime() + ms);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

export const WINDOW: Pick<
  SealedInput,
  | 'fromOn'
  | 'untilOn'
  | 'weekdays'
  | 'exceptOn'
  | 'from'
  | 'until'
  | 'quiet'
  | 'units'
  | 'places'
  | 'nearMinutes'
> = {
  ...{ fromOn: '2026-05-25', untilOn: '2026-05-29', weekdays: [1, 2, 3, 4, 5], exceptOn: ['2026-05-27'] },
  ...{ from: '08:00', until: '18:00', quiet: [{ from: '12:00', until: '14:00' }] },
  ...{ units: ['密会亭镇', '密马头镇'], places: ['密李集闸口'], nearMinutes: 60 },
};

/** Words that stand nowhere but in the sealed drill. */
export const TITLE = '暗夜拉动演练';
export const OUTLINE = '密稿情景概要';

function scriptFile(): File {
  const script = exampleScript();
  script.meta.title = '密稿情景标题';
  script.meta.brief.outline = OUTLINE;
  return new File([JSON.stringify(script)], 'script.json', { type: 'application/json' });
}

export const input = (more: Partial<SealedInput> = {}): SealedInput => ({
  ...{ title: TITLE, divisionId: COUNTY.divisionId, scriptId: '', file: scriptFile(), notice: 'none' },
  ...{ startsItself: true, needsStart: true, scoresLive: false, reason: '密理由词', undertaking: 'yes' },
  ...WINDOW,
  ...more,
});

export type World = {
  id: string;
  director: Actor;
  actors: Record<string, Actor>;
  logins: Record<string, string>;
};

/** Somebody with an account; his login is in `logins` under the role. */
export async function person(world: World, role: string, name = role): Promise<Actor> {
  const actor = actorWith('trainee', COUNTY.path, { name });
  const login = `${role}-${newId()}`;
  await addAccount(actor, login);
  world.actors[role] = actor;
  world.logins[role] = login;
  return actor;
}

export async function prepared(more: Partial<SealedInput> = {}): Promise<World> {
  const director = actorWith('drill_director', COUNTY.path, { name: '密总策划' });
  await addAccount(director, `director-${newId()}`);
  const world: World = { id: '', director, actors: {}, logins: {} };
  world.id = await createSealed(director, input(more), PREPARED);
  for (const role of exampleScript().roles) await person(world, role.id, role.name);
  return world;
}

export async function seated(more: Partial<SealedInput> = {}): Promise<World> {
  const world = await prepared(more);
  for (const { id } of exampleScript().roles)
    await seatSealed(world.director, world.id, { loginName: world.logins[id]!, roles: [id] }, PREPARED);
  return world;
}

export const holder = (loginName: string, part: 'approver' | 'trusted' | 'evaluator' | 'host') => ({
  ...{ loginName, part, reason: '工作需要', needsStart: false, needsScenario: false },
});

export async function waiting(
  more: Partial<SealedInput> = {},
): Promise<World & { startMs: number; runId: string }> {
  const world = await seated(more);
  const approver = await person(world, 'approver', '密审批人');
  await addHolder(world.director, world.id, holder(world.logins.approver!, 'approver'), PREPARED);
  await signUndertaking(approver, world.id, PREPARED);
  await approveSealed(approver, world.id, PREPARED);
  await drawSealed(world.director, world.id, PREPARED);
  const { drill: sealed } = (await read((db) => sealedById(db, world.id)))!;
  return { ...world, startMs: sealed.drawn!.startMs, runId: sealed.runId };
}

/** A sealed drill of a director and nobody else. */
export async function small(): Promise<World> {
  const director = actorWith('drill_director', COUNTY.path, { name: '密总策划' });
  await addAccount(director, `director-${newId()}`);
  return { id: await createSealed(director, input(), PREPARED), director, actors: {}, logins: {} };
}

/** A text as it might stand in a column: plain, escaped, Base64 at each offset. */
export function forms(text: string): string[] {
  const bases = [0, 1, 2].map((pad) => {
    const base = Buffer.concat([Buffer.alloc(pad), Buffer.from(text)]).toString('base64');
    return base.slice(pad === 0 ? 0 : 4, -4);
  });
  // Shorter ones turn up in any text of some megabytes by chance.
  return [text, Buffer.from(text).toString('hex'), ...bases.filter(({ length }) => length >= 10)];
}

let commands = 0;
/** A deed of the actor who holds the role. */
export const act = async (
  world: { actors: Record<string, Actor>; runId: string },
  role: string,
  deed: Deed,
  now: Date,
) =>
  await commandRun(
    world.actors[role]!,
    world.runId,
    { id: `sealed-command-${(commands += 1)}`.padEnd(20, '0'), role, deed },
    now,
  );

/** The server lives until a moment, and time does its work. */
export async function live(runId: string, from: Date, until: Date): Promise<void> {
  for (let at = from.getTime(); at < until.getTime(); at += 8_000) await signRuns(SYSTEM, new Date(at));
  await signRuns(SYSTEM, until);
  await tickRun(SYSTEM, runId, until);
}
