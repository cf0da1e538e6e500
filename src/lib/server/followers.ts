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
import { mayReadReportFiles } from '#lib/drills/quotas/half-year-reports.server.ts';
import { mayReadPaperFiles } from '#lib/drills/quotas/paper-drills.server.ts';
import { doSealedTurn } from '#lib/drills/sealed/commitments.server.ts';
import { mayReadRunFiles } from '#lib/drills/runs/media.server.ts';
import { mayReadEvaluationFiles } from '#lib/drills/evaluation/reports.server.ts';
import { mayReadFindingFiles } from '#lib/drills/findings/finding-scope.server.ts';
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
  doSealedTurn();
  mayReadUploads('lesson:', mayReadLessonFiles);
  mayReadUploads('session:', mayReadSessionFiles);
  mayReadUploads('outside:', mayReadOutsideFiles);
  mayReadUploads('report:', mayReadEvaluationFiles);
  mayReadUploads('finding:', mayReadFindingFiles);
  mayReadUploads('run:', mayReadRunFiles);
  mayReadUploads('paper-drill:', mayReadPaperFiles);
  mayReadUploads('half-year-report:', mayReadReportFiles);
  // What somebody sent to be imported goes back with reasons only, through the import's own page.
  mayReadUploads('import:', async () => false);
}
