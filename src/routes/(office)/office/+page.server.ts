import type { PageServerLoadEvent } from './$types';
import { countReviews } from '#lib/certificates/reviews.server.ts';
import { listClasses } from '#lib/classes/classes.server.ts';
import { listOutsideTrainings } from '#lib/classes/outside-trainings.server.ts';
import { listExemptions } from '#lib/coverage/exemptions.server.ts';
import { readCoverage, readOrganizationCoverage } from '#lib/coverage/figures.server.ts';
import { listExams } from '#lib/exams/exams.server.ts';
import { grantsOf, hasRole, type Actor } from '#lib/kernel/actor.ts';
import { dayOf, yearOf } from '#lib/kernel/day.ts';
import { refuse } from '#lib/people/copy.ts';
import { listRosterImports } from '#lib/people/roster-import.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';
import { mayEnterOffice } from '#lib/server/home.ts';

/** What waits for somebody in the office, by role: decisions first, then what runs today. */
export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  if (!mayEnterOffice(actor)) throw refuse('forbidden');
  const place = hasRole(actor, 'bureau', 'township_officer');
  const asked = { divisionId: null, year: yearOf(now), grouping: 'cadre' as const };
  const own = grantsOf(actor, 'enterprise_manager').find((grant) => grant.organizationId !== null);
  const [coverage, enterprise, waiting, classes, exams] = await Promise.all([
    place ? readCoverage(actor, asked, now) : null,
    own?.organizationId ? readOrganizationCoverage(actor, own.organizationId, yearOf(now), now) : null,
    countWaiting(actor, now),
    hasRole(actor, 'bureau', 'township_officer', 'instructor')
      ? listClasses(actor, { state: 'open' }, 1)
      : null,
    hasRole(actor, 'bureau', 'exam_officer', 'invigilator')
      ? listExams(actor, { state: 'published' }, 1)
      : null,
  ]);
  return {
    coverage,
    enterprise,
    waiting,
    bureau: hasRole(actor, 'bureau'),
    today: dayOf(now),
    classes: classes?.rows ?? [],
    exams: (exams?.rows ?? []).filter((exam) => exam.closesAt > now),
  };
});

/** Decisions that wait: previews and training elsewhere to confirm, exemptions and certificates to decide. */
async function countWaiting(actor: Actor, now: Date) {
  const bureau = hasRole(actor, 'bureau');
  const imports = hasRole(actor, 'bureau', 'enterprise_manager') ? await listRosterImports(actor, 1) : null;
  return {
    imports: imports?.rows.filter((row) => row.state === 'preview').length ?? 0,
    outside: bureau ? (await listOutsideTrainings(actor, { state: 'entered' }, 1)).waiting : 0,
    certificates: await countReviews(actor),
    exemptions: bureau ? (await listExemptions(actor, { year: yearOf(now), state: 'asked' }, 1)).waiting : 0,
  };
}
