import { join } from 'node:path';
import { turnCalendar } from '#lib/coverage/calendar.server.ts';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { closeDatabase, migrateDatabase } from '#lib/server/db/open.ts';
import { registerFollowers } from '#lib/server/followers.ts';
import { runDueJobs } from '#lib/server/jobs/jobs.ts';
import { settings } from '#lib/server/settings.ts';
import { loadReference } from '#seeds/reference/load.ts';
import { TOWN } from '#tests/worlds/coverage-world.ts';
import { answerPlan } from '../harness/child.ts';
import { say } from '../harness/figure.ts';
import { fillCounty } from './county.ts';
import { openAccount, openExamHall } from './exam-hall.ts';
import { COUNTY_PATH, type World } from './plan.ts';
import { writeRosterFile } from './roster-file.ts';

/** Makes the world of the bench in DATA_DIR, in a process that is gone before the server starts. */
async function buildWorld(): Promise<World> {
  const now = new Date();
  const started = performance.now();
  registerFollowers();
  await migrateDatabase();
  await loadReference(now);
  // As at New Year: the year is opened while nobody is there yet, so that no recount runs under the load.
  await turnCalendar(SYSTEM, now);
  await runDueJobs(now);
  const villageId = await fillCounty(now);
  say('  考场和账号 / exam and accounts');
  const hall = await openExamHall(now);
  const bureau = await openAccount('bureau', COUNTY_PATH, null, now);
  const townshipOfficer = await openAccount('township_officer', TOWN, null, now);
  const rosterFile = join(settings().dataDir, 'roster-20k.xlsx');
  await writeRosterFile(rosterFile);
  await closeDatabase();
  const seconds = Math.round((performance.now() - started) / 1_000);
  return { ...hall, bureau, townshipOfficer, villageId, rosterFile, seconds };
}

await answerPlan(buildWorld);
