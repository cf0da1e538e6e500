import { aliasedTable, and, asc, eq, inArray, like, lt, ne, notExists, sql, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import type { PageOf } from '#lib/kernel/page-of.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import {
  counter,
  division,
  organization,
  person,
  post,
  postCategory,
  rule,
  standing,
} from '#lib/server/db/schema/index.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { categoryGrouping, idsOf, OWN } from './contribution.ts';
import { refuse } from './copy.ts';
import { dueOf, missingOf, uncoveredOf, type Figures } from './figure.ts';
import { maySeeCoverage, maySeeOrganization } from './policy.ts';
import { missingAmount, type NameKind, type NameRow } from './name-row.ts';
import { NO_RULE, stateOf } from './standing.ts';
import { inSubtree } from './subtree.server.ts';

export type NameFilters = {
  /** A place with everything below it, or one enterprise. */
  divisionId: string | null;
  organizationId: string | null;
  /** Posts at the place itself only. */
  own: boolean;
  year: number;
  grouping: 'cadre' | 'enterprise';
  category: string | null;
  kind: NameKind;
  /** Part of a name. */
  q: string;
};

const NAMES_PAGE_SIZE = 50;
type Standings = typeof standing;

/** What the filters say about place, group and category, on the table or an alias of it. */
type Scope = { of: (table: Standings, year?: SQL) => SQL; path: string };

async function scopeOf(db: Db, actor: Actor, filters: NameFilters): Promise<Scope> {
  const common = (table: Standings, year?: SQL) =>
    and(
      year === undefined ? eq(table.year, filters.year) : eq(year, filters.year),
      eq(table.roster, filters.grouping),
      filters.category === null ? undefined : eq(table.category, filters.category),
    );
  const { divisionId, organizationId, own } = filters;
  if (organizationId !== null) {
    const [found] = await db.select().from(organization).where(eq(organization.id, organizationId));
    if (!found || !maySeeOrganization(actor, found)) throw refuse('not_found');
    return {
      path: found.path,
      of: (table, year) => and(common(table, year), eq(table.organizationId, organizationId))!,
    };
  }
  const [place] = await db
    .select()
    .from(division)
    .where(eq(division.id, divisionId ?? ''));
  if (!place || !maySeeCoverage(actor, place.path)) throw refuse('not_found');
  const where = (table: Standings) => (own ? eq(table.path, place.path) : inSubtree(table.path, place.path));
  return { path: place.path, of: (table, year) => and(common(table, year), where(table))! };
}

/** The standings by which a person belongs to a list. */
function ofKind(table: Standings, kind: NameKind): SQL | undefined {
  if (kind === 'uncovered' || kind === 'covered') return eq(table.covered, kind === 'covered');
  if (kind === 'due') return and(eq(table.exempt, false), ne(table.ruleId, NO_RULE));
  if (kind === 'missing')
    return and(eq(table.met, false), eq(table.exempt, false), ne(table.ruleId, NO_RULE));
  if (kind === 'met') return and(eq(table.met, true), eq(table.exempt, false));
  if (kind === 'exempt') return eq(table.exempt, true);
  return undefined;
}

/** The standings that speak against it: somebody met all, or is exempt from all, only without these. */
function againstKind(table: Standings, kind: NameKind): SQL | undefined {
  const due = and(ne(table.ruleId, NO_RULE), eq(table.exempt, false));
  if (kind === 'met') return and(due, eq(table.met, false));
  return kind === 'exempt' ? due : undefined;
}

/**
 * Standings of a list, one for each person: the first by place. Other standings of the person are looked up
 * by person; the year is added to, because SQLite would walk the whole year through its index otherwise.
 */
function inList(db: Db, scope: Scope, filters: NameFilters): SQL {
  const other = aliasedTable(standing, 'other') as unknown as Standings;
  const same = and(eq(other.personId, standing.personId), scope.of(other, sql`${other.year} + 0`));
  const against = againstKind(other, filters.kind);
  const nothing = (condition: SQL | undefined) =>
    notExists(
      db
        .select({ one: sql`1` })
        .from(other)
        .where(and(same, condition)),
    );
  return and(
    scope.of(standing),
    ofKind(standing, filters.kind),
    against && nothing(against),
    nothing(and(ofKind(other, filters.kind), lt(other.path, standing.path))),
  )!;
}

/** How many a list has according to the counters; null where no counter counts just that. */
async function countedTotal(db: Db, filters: NameFilters): Promise<number | null> {
  const { divisionId, own, category, year, grouping, kind } = filters;
  if (divisionId === null || filters.q !== '' || (own && category !== null)) return null;
  const name = category !== null ? categoryGrouping(category) : own ? OWN + grouping : grouping;
  const [row] = await db
    .select()
    .from(counter)
    .where(and(eq(counter.divisionId, divisionId), eq(counter.year, year), eq(counter.grouping, name)));
  if (!row) return own ? null : 0;
  const totals: Record<NameKind, (figures: Figures) => number> = {
    all: (figures) => figures.headcount,
    uncovered: uncoveredOf,
    covered: (figures) => figures.covered,
    due: dueOf,
    missing: missingOf,
    met: (figures) => figures.met,
    exempt: (figures) => figures.exempt,
  };
  return totals[kind](row);
}

async function listPersons(db: Db, scope: Scope, filters: NameFilters, limit: number, offset: number) {
  const pattern = `%${filters.q.replaceAll(/[%_]/g, '')}%`;
  const named =
    filters.q === ''
      ? undefined
      : inArray(
          standing.personId,
          db.select({ id: person.id }).from(person).where(like(person.name, pattern)),
        );
  return await db
    .selectDistinct({ path: standing.path, personId: standing.personId })
    .from(standing)
    .where(and(inList(db, scope, filters), named))
    .orderBy(asc(standing.path), asc(standing.personId))
    .limit(limit)
    .offset(offset);
}

/**
 * The names behind a figure, by place: who is missing (or trained, exempt, everybody) and why.
 * Refused: not_found.
 */
export async function listMissing(
  actor: Actor,
  filters: NameFilters,
  page: number,
  pageSize = NAMES_PAGE_SIZE,
): Promise<PageOf<NameRow>> {
  return await read(async (db) => {
    const scope = await scopeOf(db, actor, filters);
    const persons = await listPersons(db, scope, filters, pageSize, (page - 1) * pageSize);
    const total =
      (await countedTotal(db, filters)) ?? (await listPersons(db, scope, filters, TOTAL_MAX, 0)).length;
    return { rows: await rowsOf(db, scope, persons), total, page, pageSize };
  });
}

/** Lists without a counter are short: one enterprise, a search, the staff of one office. */
const TOTAL_MAX = 20_000;

async function rowsOf(
  db: Db,
  scope: Scope,
  persons: { personId: string; path: string }[],
): Promise<NameRow[]> {
  const rows: NameRow[] = [];
  for (const ids of inSlices(persons.map((one) => one.personId))) {
    const found = await db
      .select({
        standing,
        name: person.name,
        idMasked: person.idMasked,
        unit: post.unit,
        title: post.title,
        rule,
        category: postCategory.name,
      })
      .from(standing)
      .innerJoin(person, eq(person.id, standing.personId))
      .innerJoin(post, eq(post.id, standing.postId))
      .innerJoin(postCategory, eq(postCategory.code, standing.category))
      .leftJoin(rule, eq(rule.id, standing.ruleId))
      // By person, as in inList: the year's index would be walked for the whole county.
      .where(and(scope.of(standing, sql`${standing.year} + 0`), inArray(standing.personId, ids)))
      .orderBy(asc(standing.path), asc(standing.postId), asc(standing.ruleId));
    const places = await placeNames(
      db,
      found.map((row) => row.standing.path),
    );
    const byPerson = Map.groupBy(found, (row) => row.standing.personId);
    for (const id of ids) {
      const own = byPerson.get(id);
      if (own) rows.push(nameRow(own, places));
    }
  }
  return rows;
}

type FoundRow = {
  standing: typeof standing.$inferSelect;
  name: string;
  idMasked: string;
  unit: string;
  title: string;
  rule: typeof rule.$inferSelect | null;
  category: string;
};

const TOWNSHIP_DEPTH = 4;

function nameRow(own: FoundRow[], places: ReadonlyMap<string, string>): NameRow {
  const [first] = own;
  const ids = idsOf(first!.standing.path);
  return {
    personId: first!.standing.personId,
    name: first!.name,
    idMasked: first!.idMasked,
    county: places.get(ids[TOWNSHIP_DEPTH - 2] ?? '') ?? '',
    township: places.get(ids[TOWNSHIP_DEPTH - 1] ?? '') ?? '',
    village: places.get(ids[TOWNSHIP_DEPTH] ?? '') ?? '',
    unit: first!.unit,
    posts: [...new Set(own.map((row) => row.category))],
    state: stateOf(own.map((row) => row.standing)),
    covered: first!.standing.covered,
    gaps: own.flatMap(({ standing, rule }) =>
      rule === null || standing.exempt || standing.met
        ? []
        : [
            {
              missing: missingAmount(standing),
              metric: rule.metric,
              title: rule.title,
              ruleId: rule.id,
              soft: rule.strength === 'soft',
            },
          ],
    ),
  };
}

async function placeNames(db: Db, paths: string[]): Promise<Map<string, string>> {
  const ids = [...new Set(paths.flatMap(idsOf))];
  const names = new Map<string, string>();
  for (const slice of inSlices(ids))
    for (const row of await db
      .select({ id: division.id, name: division.name })
      .from(division)
      .where(inArray(division.id, slice)))
      names.set(row.id, row.name);
  return names;
}

/** Everybody on a list, for a sheet or a message. Refused: not_found. */
export async function listAllNames(actor: Actor, filters: NameFilters, limit: number): Promise<NameRow[]> {
  return await read(async (db) => {
    const scope = await scopeOf(db, actor, filters);
    return await rowsOf(db, scope, await listPersons(db, scope, filters, limit, 0));
  });
}
