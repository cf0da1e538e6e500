import { and, eq, inArray, sql } from 'drizzle-orm';
import { insertRows } from '#lib/server/db/bulk.ts';
import type { Tx } from '#lib/server/db/open.ts';
import { counter, personYear, standing } from '#lib/server/db/schema/coverage.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { loadKept, loadPeople, loadRoots, loadRules } from './circumstances.server.ts';
import { accumulate, contributions, counterChanges, type Contribution } from './contribution.ts';
import { NO_TOTALS, type YearTotals } from './person-year.ts';
import { standingChanges, standingsOf, type Standing } from './standing.ts';

const COUNTED = {
  headcount: sql`counter.headcount + excluded.headcount`,
  covered: sql`counter.covered + excluded.covered`,
  ruled: sql`counter.ruled + excluded.ruled`,
  exempt: sql`counter.exempt + excluded.exempt`,
  met: sql`counter.met + excluded.met`,
};

const ADDED = {
  attendanceHalfDays: sql`person_year.attendance_half_days + excluded.attendance_half_days`,
  elsewhereHalfDays: sql`person_year.elsewhere_half_days + excluded.elsewhere_half_days`,
  onlineCreditHundredths: sql`person_year.online_credit_hundredths + excluded.online_credit_hundredths`,
  adjustmentHalfDays: sql`person_year.adjustment_half_days + excluded.adjustment_half_days`,
  adjustmentCreditHundredths: sql`person_year.adjustment_credit_hundredths + excluded.adjustment_credit_hundredths`,
  certificates: sql`person_year.certificates + excluded.certificates`,
  items: sql`person_year.items + excluded.items`,
};

/** Adds to the year's totals of persons, in the order of their ids. */
export async function addToYears(
  tx: Tx,
  year: number,
  changes: ReadonlyMap<string, YearTotals>,
): Promise<void> {
  const rows = [...changes]
    .map(([personId, change]) => ({ personId, year, ...change }))
    .sort((a, b) => (a.personId < b.personId ? -1 : 1));
  const target = [personYear.personId, personYear.year];
  await insertRows(tx, personYear, rows, { name: 'person_year.add', target, set: ADDED });
}

/**
 * Persons that several records were merged into. Each record may be written about by itself, so what is
 * kept for the person is locked by its row of the year before anything is read.
 */
async function lockMerged(tx: Tx, roots: ReadonlyMap<string, string>, year: number): Promise<void> {
  const merged = [...roots].filter(([id, root]) => id !== root).map(([, root]) => root);
  if (merged.length > 0) await addToYears(tx, year, new Map(merged.map((root) => [root, NO_TOTALS])));
}

const REPLACED = {
  personId: sql`excluded.person_id`,
  category: sql`excluded.category`,
  roster: sql`excluded.roster`,
  divisionId: sql`excluded.division_id`,
  path: sql`excluded.path`,
  organizationId: sql`excluded.organization_id`,
  required: sql`excluded.required`,
  done: sql`excluded.done`,
  exempt: sql`excluded.exempt`,
  met: sql`excluded.met`,
  covered: sql`excluded.covered`,
  updatedAt: sql`excluded.updated_at`,
};

async function storeStandings(tx: Tx, stored: Standing[], removed: Standing[], at: Date): Promise<void> {
  for (const [ruleId, gone] of Map.groupBy(removed, (row) => row.ruleId))
    for (const slice of inSlices(gone)) {
      const postIds = slice.map((row) => row.postId);
      const { year } = slice[0]!;
      await tx
        .delete(standing)
        .where(and(inArray(standing.postId, postIds), eq(standing.ruleId, ruleId), eq(standing.year, year)));
    }
  const rows = stored.map((row) => ({ ...row, updatedAt: at }));
  const target = [standing.postId, standing.ruleId, standing.year];
  await insertRows(tx, standing, rows, { name: 'standing.store', target, set: REPLACED });
}

/** Changes the counters in place, in the order given: deepest division first. */
export async function addToCounters(tx: Tx, year: number, changes: readonly Contribution[]): Promise<void> {
  const rows = changes.map(({ depth: _, ...change }) => ({ ...change, year }));
  const target = [counter.divisionId, counter.year, counter.grouping];
  await insertRows(tx, counter, rows, { name: 'counter.add', target, set: COUNTED });
}

/**
 * Makes the standings of some persons in a year what posts, rules, credit and exemptions say, and moves
 * the counters above them by the difference. The write must hold `person:<id>` of each.
 */
export async function keepStandings(
  tx: Tx,
  personIds: readonly string[],
  year: number,
  at: Date,
): Promise<void> {
  const roots = await loadRoots(tx, personIds);
  await lockMerged(tx, roots, year);
  const rules = await loadRules(tx, year);
  const people = await loadPeople(tx, roots, year, at);
  const right = people.flatMap((person) => standingsOf(person, year, rules));
  const kept = await loadKept(tx, [...roots.keys()], year);
  const { stored, removed } = standingChanges(kept, right);
  if (stored.length === 0 && removed.length === 0) return;
  await storeStandings(tx, stored, removed, at);
  await addToCounters(tx, year, differenceOf(kept, right));
}

/** How the counters move when `kept` becomes `right`; what stays the same cancels out. */
function differenceOf(kept: Standing[], right: Standing[]): Contribution[] {
  const before = Map.groupBy(kept, (row) => row.personId);
  const after = Map.groupBy(right, (row) => row.personId);
  const sum = new Map<string, Contribution>();
  for (const standings of before.values()) accumulate(sum, contributions(standings), -1);
  for (const standings of after.values()) accumulate(sum, contributions(standings), 1);
  return counterChanges(sum);
}
