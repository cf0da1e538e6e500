import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { addDays, instantOn, type Day } from '#lib/kernel/day.ts';
import { planDrill, readDrill, seatAccount } from '#lib/drills/drills.server.ts';
import { signReport } from '#lib/drills/evaluation/reports.server.ts';
import { addMissed } from '#lib/drills/findings/adding.server.ts';
import { modelScriptId } from '#lib/drills/scripts/model-scripts.server.ts';
import { copyScript } from '#lib/drills/scripts/scripts.server.ts';
import type { Role, Script } from '#lib/drills/scripts/script.ts';
import { actorByLoginName } from '#lib/people/accounts.server.ts';
import { read } from '#lib/server/db/open.ts';
import { drillScript } from '#lib/server/db/schema/drills.ts';
import { eq } from 'drizzle-orm';
import { PlayedDrill } from './played-drill.ts';
import { chanceFrom } from './random.ts';

const SCRIPT = 'tuohe-flood-transfer';
const PLAYERS = ['player1', 'player2', 'player3', 'player4', 'player5', 'player6'];

const PLAYED = 'village-onsite';

/**
 * Seven weeks ago 会亭镇 played the village script: it was judged, signed, and its findings are being put
 * right. It is what the report, the replay and the ledger of findings have to show.
 */
async function playedDrill(today: Day): Promise<void> {
  const director = await actorByLoginName(SYSTEM, 'director');
  const day = addDays(today, -49);
  const prepared = instantOn(addDays(day, -6), '09:30');
  const scriptId = await copyScript(director, modelScriptId(PLAYED), '411426', prepared);
  const input = { title: '村级现场处置推演', scriptId, plannedOn: day, place: '会亭镇政府会议室', observerDelaySeconds: 0 };
  const drillId = await planDrill(director, input, prepared);
  const { runId, script } = await readDrill(director, drillId);
  const holders = await takeSeats(director, drillId, script.roles, instantOn(addDays(day, -3), '16:00'));
  const table = new PlayedDrill(runId, holders, instantOn(day, '09:00'), chanceFrom('played drill'));
  const lead = script.roles.find(({ group }) => group === 'director')!.id;
  await table.play(lead, script.clock.maxRate);
  await table.evaluate(lead, script.roles.filter(({ group }) => group === 'evaluator').map(({ id }) => id));
  await addMissed(director, drillId, instantOn(addDays(day, 1), '10:00'));
  const signed = { signedBy: director.name, signedOn: addDays(day, 3) };
  await signReport(director, drillId, signed, instantOn(addDays(day, 3), '15:00'));
}

/** 夏邑 has made a model script its own and invites to a tabletop in three days; everybody has a seat. */
export async function playDrills(today: Day): Promise<void> {
  await playedDrill(today);
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

async function takeSeats(director: Actor, drillId: string, roles: readonly Role[], now: Date): Promise<Map<string, Actor>> {
  const seats = new Map<string, string[]>();
  const give = (loginName: string, role: Role) => seats.set(loginName, [...(seats.get(loginName) ?? []), role.id]);
  const players = roles.filter(({ group }) => group === 'player');
  for (const [at, role] of players.entries()) give(PLAYERS[at % PLAYERS.length]!, role);
  for (const role of roles)
    if (['director', 'control', 'sim', 'safety'].includes(role.group)) give('director', role);
    else if (role.group === 'evaluator') give(seats.has('evaluator') ? 'instructor' : 'evaluator', role);
    else if (role.group === 'observer') give('observer', role);
  const holders = new Map<string, Actor>();
  for (const [loginName, held] of seats) {
    await seatAccount(director, drillId, { loginName, roles: held }, now);
    for (const role of held) holders.set(role, await actorByLoginName(SYSTEM, loginName));
  }
  return holders;
}
