/**
 * Who follows whose events, and who does which job: the one file that may import every feature. It is
 * loaded by everything that writes: the server, the command line, the seeds.
 */
import { doRosterJobs } from '#lib/people/import-jobs.server.ts';

let registered = false;

export function registerFollowers(): void {
  if (registered) return;
  registered = true;
  doRosterJobs();
}
