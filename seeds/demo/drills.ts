import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { addDays, instantOn, type Day } from '#lib/kernel/day.ts';
import { planDrill, seatAccount } from '#lib/drills/drills.server.ts';
import { modelScriptId } from '#lib/drills/scripts/model-scripts.server.ts';
import { copyScript } from '#lib/drills/scripts/scripts.server.ts';
import type { Role, Script } from '#lib/drills/scripts/script.ts';
import { actorByLoginName } from '#lib/people/accounts.server.ts';
import { read } from '#lib/server/db/open.ts';
import { drillScript } from '#lib/server/db/schema/drills.ts';
import { eq } from 'drizzle-orm';

const SCRIPT = 'tuohe-flood-transfer';
const PLAYERS = ['player1', 'player2', 'player3', 'player4', 'player5', 'player6'];

/** 夏邑 has made a model script its own and invites to a tabletop in three days; everybody has a seat. */
export async function playDrills(today: Day): Promise<void> {
  const director = await actorByLoginName(SYSTEM, 'director');
  const prepared = instantOn(addDays(today, -9), '09:30');
  const scriptId = await copyScript(director, modelScriptId(SCRIPT), '411426', prepared);
  const input = {
    title: '沱河险情与群众转移桌面推演',
    scriptId,
    plannedOn: addDays(today, 3),
    place: '县应急管理局三楼会商室',
    observerDelaySeconds: 0,
  };
  const drillId = await planDrill(director, input, instantOn(addDays(today, -7), '10:00'));
  const [row] = await read((db) => db.select().from(drillScript).where(eq(drillScript.id, scriptId)));
  await takeSeats(director, drillId, (row!.draft as unknown as Script).roles, instantOn(addDays(today, -6), '16:00'));
}

async function takeSeats(director: Actor, drillId: string, roles: readonly Role[], now: Date): Promise<void> {
  const seats = new Map<string, string[]>();
  const give = (loginName: string, role: Role) => seats.set(loginName, [...(seats.get(loginName) ?? []), role.id]);
  const players = roles.filter(({ group }) => group === 'player');
  for (const [at, role] of players.entries()) give(PLAYERS[at % PLAYERS.length]!, role);
  for (const role of roles)
    if (['director', 'control', 'sim', 'safety'].includes(role.group)) give('director', role);
    else if (role.group === 'evaluator') give(seats.has('evaluator') ? 'instructor' : 'evaluator', role);
    else if (role.group === 'observer') give('observer', role);
  for (const [loginName, held] of seats) await seatAccount(director, drillId, { loginName, roles: held }, now);
}
