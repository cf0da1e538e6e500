/**
 * Who follows whose events, and who does which job: the one file that may import every feature. It is
 * loaded by everything that writes: the server, the command line, the seeds.
 */
import { followCertificates } from '#lib/certificates/followers.server.ts';
import { followCredits } from '#lib/courses/ledger.server.ts';
import { doCalendar } from '#lib/coverage/calendar.server.ts';
import { doCoverageJobs, followCoverage } from '#lib/coverage/followers.server.ts';
import { doCollecting } from '#lib/exams/collecting.server.ts';
import { doQuestionJobs } from '#lib/exams/question-read.server.ts';
import { doRosterJobs } from '#lib/people/import-jobs.server.ts';
import { mayReadOutsideFiles } from '#lib/classes/outside-trainings.server.ts';
import { mayReadSessionFiles } from '#lib/classes/sessions.server.ts';
import { mayReadLessonFiles } from '#lib/courses/lessons.server.ts';
import { mayReadUploads } from '#lib/server/upload-readers.ts';

let registered = false;

export function registerFollowers(): void {
  if (registered) return;
  registered = true;
  followCredits();
  followCertificates();
  followCoverage();
  doRosterJobs();
  doQuestionJobs();
  doCollecting();
  doCoverageJobs();
  doCalendar();
  mayReadUploads('lesson:', mayReadLessonFiles);
  mayReadUploads('session:', mayReadSessionFiles);
  mayReadUploads('outside:', mayReadOutsideFiles);
  // What somebody sent to be imported goes back with reasons only, through the import's own page.
  mayReadUploads('import:', async () => false);
}
