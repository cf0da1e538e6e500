import { and, eq, gte, inArray, isNull, lte, or, type SQL } from 'drizzle-orm';
import { yearOf } from '#lib/kernel/day.ts';
import { inPlaces, listByIds } from '#lib/server/db/bulk.ts';
import { prepared, type Db } from '#lib/server/db/open.ts';
import {
  adoption,
  exemption,
  organization,
  person,
  personYear,
  post,
  postCategory,
  rule,
  rulePack,
  standing,
} from '#lib/server/db/schema/index.ts';
import { NO_TOTALS, sumOf, type YearTotals } from './person-year.ts';
import { evaluationDay, isInForce, type PostHeld, type RuleInForce } from './rule.ts';
import type { PersonInYear, Standing } from './standing.ts';

/** The rules in force anywhere in a year: packs that somebody adopted. */
export async function loadRules(db: Db, year: number): Promise<RuleInForce[]> {
  const day = evaluationDay(year);
  const rows = await prepared(db, 'coverage.rules', (db) =>
    db
      .select({ rule, pack: rulePack, adopted: adoption })
      .from(adoption)
      .innerJoin(rulePack, eq(rulePack.id, adoption.packId))
      .innerJoin(rule, eq(rule.packId, adoption.packId))
      .orderBy(rule.ordinal, rule.id),
  ).execute();
  return rows
    .filter(({ pack, adopted }) => isInForce(adopted, day) && isInForce(pack, day))
    .map(({ rule, pack, adopted }) => ({
      ...rule,
      hoursPerDay: pack.hoursPerDay,
      onlineShareMax: pack.onlineShareMax,
      path: adopted.path,
    }));
}

/**
 * Who each record belongs to: records merged into another are one person with it. Answers the surviving
 * record for every id that was asked for or was found on the way.
 */
export async function loadRoots(db: Db, personIds: readonly string[]): Promise<Map<string, string>> {
  const parents = new Map<string, string | null>();
  let asked = [...new Set(personIds)];
  while (asked.length > 0) {
    const rows = await listByIds(db, asked, (db, size) =>
      prepared(db, `coverage.parents.${size}`, (db) =>
        db
          .select({ id: person.id, mergedInto: person.mergedInto })
          .from(person)
          .where(inPlaces(person.id, size)),
      ),
    );
    for (const id of asked) parents.set(id, null);
    for (const row of rows) parents.set(row.id, row.mergedInto);
    asked = [...new Set(rows.flatMap((row) => row.mergedInto ?? []))].filter((id) => !parents.has(id));
  }
  asked = [...parents].filter(([, mergedInto]) => mergedInto === null).map(([id]) => id);
  while (asked.length > 0) {
    const rows = await listByIds(db, asked, (db, size) =>
      prepared(db, `coverage.merged.${size}`, (db) =>
        db
          .select({ id: person.id, mergedInto: person.mergedInto })
          .from(person)
          .where(inPlaces(person.mergedInto, size)),
      ),
    );
    for (const row of rows) parents.set(row.id, row.mergedInto);
    asked = rows.map((row) => row.id);
  }
  const rootOf = (id: string): string => {
    const parent = parents.get(id) ?? null;
    return parent === null ? id : rootOf(parent);
  };
  return new Map([...parents.keys()].map((id) => [id, rootOf(id)]));
}

/**
 * The posts that count in a year: those held now, or for a year that is over those held on its last day.
 */
export function countedPosts(year: number, at: Date): SQL {
  const lastDay = evaluationDay(year);
  if (year >= yearOf(at)) return isNull(post.heldUntil);
  return and(lte(post.heldFrom, lastDay), or(isNull(post.heldUntil), gte(post.heldUntil, lastDay)))!;
}

async function loadPosts(db: Db, personIds: string[], year: number, at: Date) {
  const current = year >= yearOf(at);
  const rows = await listByIds(db, personIds, (db, size) =>
    prepared(db, `coverage.posts.${current ? 'now' : year}.${size}`, (db) =>
      db
        .select({
          id: post.id,
          personId: post.personId,
          category: post.category,
          divisionId: post.divisionId,
          path: post.path,
          organizationId: post.organizationId,
        })
        .from(post)
        .where(and(inPlaces(post.personId, size), countedPosts(year, at))),
    ),
  );
  const organizationIds = [...new Set(rows.flatMap((row) => row.organizationId ?? []))];
  const risky = new Set<string>();
  if (organizationIds.length > 0) {
    const found = await db
      .select({ id: organization.id, highRisk: organization.highRisk })
      .from(organization)
      .where(inArray(organization.id, organizationIds));
    for (const { id, highRisk } of found) if (highRisk) risky.add(id);
  }
  const categories = await prepared(db, 'coverage.categories', (db) =>
    db.select({ code: postCategory.code, roster: postCategory.roster }).from(postCategory),
  ).execute();
  const rosters = new Map(categories.map(({ code, roster }) => [code, roster]));
  return rows.map((row) => ({
    ...row,
    roster: rosters.get(row.category) ?? 'cadre',
    highRisk: row.organizationId !== null && risky.has(row.organizationId),
  }));
}

async function loadTotals(db: Db, personIds: string[], year: number): Promise<Map<string, YearTotals>> {
  const rows = await listByIds(db, personIds, (db, size) =>
    prepared(db, `coverage.years.${year}.${size}`, (db) =>
      db
        .select()
        .from(personYear)
        .where(and(inPlaces(personYear.personId, size), eq(personYear.year, year))),
    ),
  );
  return new Map(rows.map(({ personId, year: _, ...totals }) => [personId, totals]));
}

async function loadExemptions(db: Db, personIds: string[], year: number) {
  return await listByIds(db, personIds, (db, size) =>
    prepared(db, `coverage.exemptions.${year}.${size}`, (db) =>
      db
        .select({ personId: exemption.personId, ruleId: exemption.ruleId })
        .from(exemption)
        .where(
          and(inPlaces(exemption.personId, size), eq(exemption.year, year), eq(exemption.state, 'approved')),
        ),
    ),
  );
}

/** What is kept now for some persons. */
export async function loadKept(db: Db, personIds: readonly string[], year: number): Promise<Standing[]> {
  if (personIds.length === 0) return [];
  const rows = await listByIds(db, personIds, (db, size) =>
    prepared(db, `coverage.kept.${year}.${size}`, (db) =>
      db
        .select()
        .from(standing)
        .where(and(inPlaces(standing.personId, size), eq(standing.year, year))),
    ),
  );
  return rows.map(({ updatedAt: _, ...kept }) => kept);
}

/** What the standings of some persons follow from; `roots` as {@link loadRoots} gives them. */
export async function loadPeople(
  db: Db,
  roots: ReadonlyMap<string, string>,
  year: number,
  at: Date,
  totalsOf: (db: Db, personIds: string[], year: number) => Promise<Map<string, YearTotals>> = loadTotals,
): Promise<PersonInYear[]> {
  const members = [...roots.keys()];
  if (members.length === 0) return [];
  const posts = await loadPosts(db, members, year, at);
  const totals = await totalsOf(db, members, year);
  const exemptions = await loadExemptions(db, members, year);
  const people = new Map<string, { posts: PostHeld[]; totals: YearTotals[]; exemptFrom: Set<string> }>();
  for (const root of new Set(roots.values()))
    people.set(root, { posts: [], totals: [], exemptFrom: new Set() });
  for (const { personId, ...held } of posts) people.get(roots.get(personId)!)!.posts.push(held);
  for (const [personId, some] of totals) people.get(roots.get(personId)!)!.totals.push(some);
  for (const { personId, ruleId } of exemptions) people.get(roots.get(personId)!)!.exemptFrom.add(ruleId);
  return [...people].map(([personId, { totals, ...rest }]) => ({
    personId,
    ...rest,
    totals: totals.length === 0 ? NO_TOTALS : totals.length === 1 ? totals[0]! : sumOf(totals),
  }));
}
