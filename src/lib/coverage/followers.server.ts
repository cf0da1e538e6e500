import { inArray } from 'drizzle-orm';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { yearOf } from '#lib/kernel/day.ts';
import type { FollowedDetails, Happening } from '#lib/kernel/happening.ts';
import type { Tx } from '#lib/server/db/open.ts';
import { standing } from '#lib/server/db/schema/coverage.ts';
import { follow } from '#lib/server/events/record.ts';
import { doJobs } from '#lib/server/jobs/jobs.ts';
import { RECOMPUTE_JOB, recomputeJob } from './adoptions.server.ts';
import { CERTIFICATE_CHANGE, REVOCATION_CHANGE, changeOf, sumOf, type YearTotals } from './person-year.ts';
import { addToYears, keepStandings } from './standings.server.ts';

/** Standings and counters follow posts, credit and certificates, in the same transaction. */
export function followCoverage(): void {
  follow('posts_changed', async (tx, happenings) => {
    for (const [year, some] of Map.groupBy(happenings, ({ at }) => yearOf(at)))
      await keepStandings(tx, [...new Set(some.map(({ detail }) => detail.personId))], year, some[0]!.at);
  });
  // The year of the merge follows its change of posts; earlier years have to be looked at too.
  follow('person_merged', async (tx, happenings) => {
    // A merge is told in both streams and done once.
    for (const { detail, at } of happenings.filter(
      ({ stream, detail }) => stream === `person:${detail.into}`,
    )) {
      const records = [detail.from, detail.into];
      for (const year of await yearsKept(tx, records))
        if (year !== yearOf(at)) await keepStandings(tx, records, year, at);
    }
  });
  follow('credit_entered', (tx, happenings) =>
    settle(tx, happenings, ({ personId, year, ...line }) => ({ personId, year, change: changeOf(line) })),
  );
  follow('certificate_issued', (tx, happenings) =>
    settle(tx, happenings, (detail) => ({ ...detail, change: CERTIFICATE_CHANGE })),
  );
  follow('certificate_revoked', (tx, happenings) =>
    settle(tx, happenings, (detail) => ({ ...detail, change: REVOCATION_CHANGE })),
  );
}

/** Recomputing a subtree after a pack was adopted or withdrawn, a slice at a time. */
export function doCoverageJobs(): void {
  doJobs(RECOMPUTE_JOB, (job, now) => recomputeJob(SYSTEM, job, now));
}

/** The years in which anything is kept for some records, in order. */
async function yearsKept(tx: Tx, records: string[]): Promise<number[]> {
  const rows = await tx
    .selectDistinct({ year: standing.year })
    .from(standing)
    .where(inArray(standing.personId, records))
    .orderBy(standing.year);
  return rows.map(({ year }) => year);
}

type Change = { personId: string; year: number; change: YearTotals };

async function settle<
  Detail extends FollowedDetails['credit_entered' | 'certificate_issued' | 'certificate_revoked'],
>(tx: Tx, happenings: Happening<Detail>[], changeFrom: (detail: Detail) => Change): Promise<void> {
  const changes = happenings.map(({ detail }) => changeFrom(detail));
  for (const [year, ofYear] of Map.groupBy(changes, (one) => one.year)) {
    const byPerson = Map.groupBy(ofYear, (one) => one.personId);
    const sums = [...byPerson].map(
      ([personId, some]) => [personId, sumOf(some.map(({ change }) => change))] as const,
    );
    await addToYears(tx, year, new Map(sums));
    await keepStandings(tx, [...byPerson.keys()], year, happenings[0]!.at);
  }
}
