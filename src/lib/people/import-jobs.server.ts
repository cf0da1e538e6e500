import { SYSTEM } from '#lib/kernel/actor.ts';
import { doJobs } from '#lib/server/jobs/jobs.ts';
import { commitRoster } from './roster-commit.server.ts';
import { readRoster } from './roster-read.server.ts';

/** The jobs of a roster import; followers.ts registers them. */
export function doRosterJobs(): void {
  doJobs('roster_read', (job, now) => readRoster(SYSTEM, job, now));
  doJobs('roster_commit', (job, now) => commitRoster(SYSTEM, job, now));
}
