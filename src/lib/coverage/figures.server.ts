import { and, asc, eq, inArray } from 'drizzle-orm';
import { isWithin, type Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import {
  adoption,
  counter,
  division,
  frozenFigure,
  organization,
  postCategory,
  rule,
  rulePack,
  standing,
} from '#lib/server/db/schema/index.ts';
import {
  accumulate,
  categoryGrouping,
  contributions,
  idsOf,
  OWN,
  type Contribution,
} from './contribution.ts';
import { refuse } from './copy.ts';
import { monthBefore, NO_FIGURES, type Figures } from './figure.ts';
import { coverageOrganizations, coverageSubtrees, maySeeCoverage, maySeeOrganization } from './policy.ts';
import { isInForce } from './rule.ts';
import { inSubtree } from './subtree.server.ts';

export type Grouping = 'cadre' | 'enterprise';
export type Place = { id: string; name: string; level: string; path: string };
export type PlaceFigures = { place: Place; figures: Figures; lastMonth: Figures | null };
export type CategoryFigures = { code: string; name: string; figures: Figures };
export type Holding = { title: string; documentNumber: string; fromOn: string };

export type Coverage = {
  place: Place;
  /** The way here from the top of what the actor may see. */
  above: Place[];
  year: number;
  grouping: Grouping;
  figures: Figures;
  lastMonth: Figures | null;
  /** Persons whose posts are at the place itself; null where nobody is. */
  own: Figures | null;
  children: PlaceFigures[];
  categories: CategoryFigures[];
  /** The packs by which standings are measured here. */
  holding: Holding[];
  at: Date;
};

/** The place asked for, or the top of what the actor sees. Refused: not_found, forbidden. */
async function findPlace(db: Db, actor: Actor, divisionId: string | null): Promise<Place> {
  const [own] = coverageSubtrees(actor);
  if (own === undefined) throw refuse('forbidden');
  const id = divisionId ?? idsOf(own).at(-1) ?? '';
  const [place] = await db.select().from(division).where(eq(division.id, id));
  if (!place || !maySeeCoverage(actor, place.path)) throw refuse('not_found');
  const { name, level, path } = place;
  return { id: place.id, name, level, path };
}

/** Where an actor's figures begin: the own place, or the enterprise managed. Refused: forbidden. */
export async function findCoverageHome(
  actor: Actor,
): Promise<{ kind: 'place' | 'organization'; id: string }> {
  const [path] = coverageSubtrees(actor);
  if (path !== undefined) return { kind: 'place', id: idsOf(path).at(-1) ?? '' };
  const [organizationId] = coverageOrganizations(actor);
  if (organizationId === undefined) throw refuse('forbidden');
  return { kind: 'organization', id: organizationId };
}

/** The places from the top of what the actor sees down to a path, itself included. */
export async function listPlacesAbove(actor: Actor, path: string): Promise<Place[]> {
  const roots = coverageSubtrees(actor);
  const rows = await read((db) =>
    db
      .select()
      .from(division)
      .where(inArray(division.id, idsOf(path)))
      .orderBy(asc(division.path)),
  );
  return rows
    .filter((row) => roots.some((root) => isWithin(row.path, root)))
    .map(({ id, name, level, path }) => ({ id, name, level, path }));
}

function figuresOf(row: (Figures & Record<string, unknown>) | null | undefined): Figures {
  if (!row) return NO_FIGURES;
  const { headcount, covered, ruled, exempt, met } = row;
  return { headcount, covered, ruled, exempt, met };
}

function frozenOf(row: { figures: Record<string, number> } | null | undefined): Figures | null {
  return row ? { ...NO_FIGURES, ...row.figures } : null;
}

/**
 * The figures of a place, of the places below it and of the categories in it, from counters only.
 * Refused: not_found, forbidden.
 */
export async function readCoverage(
  actor: Actor,
  asked: { divisionId: string | null; year: number; grouping: Grouping },
  now: Date,
): Promise<Coverage> {
  const { year, grouping } = asked;
  const frozenMonth = monthBefore(dayOf(now));
  const month = frozenMonth.startsWith(String(year)) ? frozenMonth : '';
  return await read(async (db) => {
    const place = await findPlace(db, actor, asked.divisionId);
    const counted = await db
      .select()
      .from(counter)
      .where(and(eq(counter.divisionId, place.id), eq(counter.year, year)));
    const [frozen] = await db
      .select({ figures: frozenFigure.figures })
      .from(frozenFigure)
      .where(
        and(
          eq(frozenFigure.divisionId, place.id),
          eq(frozenFigure.month, month),
          eq(frozenFigure.grouping, grouping),
        ),
      );
    const byGrouping = new Map(counted.map((row) => [row.grouping, row]));
    const own = figuresOf(byGrouping.get(OWN + grouping));
    return {
      place,
      above: await listPlacesAbove(actor, place.path),
      ...{ year, grouping, at: now },
      figures: figuresOf(byGrouping.get(grouping)),
      lastMonth: frozenOf(frozen),
      own: own.headcount === 0 ? null : own,
      children: await listChildren(db, place, { year, grouping, month }),
      categories: await listCategories(db, grouping, byGrouping),
      holding: await listHolding(db, place.path, grouping, now),
    };
  });
}

async function listChildren(
  db: Db,
  place: Place,
  of: { year: number; grouping: string; month: string },
): Promise<PlaceFigures[]> {
  const rows = await db
    .select({ place: division, figures: counter, frozen: frozenFigure })
    .from(division)
    .leftJoin(
      counter,
      and(eq(counter.divisionId, division.id), eq(counter.year, of.year), eq(counter.grouping, of.grouping)),
    )
    .leftJoin(
      frozenFigure,
      and(
        eq(frozenFigure.divisionId, division.id),
        eq(frozenFigure.month, of.month),
        eq(frozenFigure.grouping, of.grouping),
      ),
    )
    .where(eq(division.parentId, place.id))
    .orderBy(asc(division.path));
  return rows.map((row) => ({
    place: { id: row.place.id, name: row.place.name, level: row.place.level, path: row.place.path },
    figures: figuresOf(row.figures),
    lastMonth: frozenOf(row.frozen),
  }));
}

async function listCategories(
  db: Db,
  grouping: string,
  counted: ReadonlyMap<string, Figures & Record<string, unknown>>,
): Promise<CategoryFigures[]> {
  const rows = await db.select().from(postCategory).orderBy(asc(postCategory.ordinal));
  return rows
    .filter((row) => row.roster === grouping)
    .map(({ code, name }) => ({ code, name, figures: figuresOf(counted.get(categoryGrouping(code))) }));
}

/** The packs in force at a place or above it that say anything about a group. */
async function listHolding(db: Db, path: string, grouping: Grouping, now: Date): Promise<Holding[]> {
  const rows = await db
    .select({ adopted: adoption, title: rulePack.title, categories: rule.categories })
    .from(adoption)
    .innerJoin(rulePack, eq(rulePack.id, adoption.packId))
    .innerJoin(rule, eq(rule.packId, adoption.packId))
    .where(inArray(adoption.divisionId, idsOf(path)))
    .orderBy(asc(adoption.path), asc(rule.ordinal));
  const rosters = await db
    .select({ code: postCategory.code, roster: postCategory.roster })
    .from(postCategory);
  const own = new Set(rosters.filter((one) => one.roster === grouping).map((one) => one.code));
  const holding = new Map<string, Holding>();
  for (const { adopted, title, categories } of rows)
    if (isInForce(adopted, dayOf(now)) && categories.some((code) => own.has(code)))
      holding.set(adopted.id, { title, documentNumber: adopted.documentNumber, fromOn: adopted.fromOn });
  return [...holding.values()];
}

export type OrganizationCoverage = {
  organization: { id: string; name: string; highRisk: boolean; path: string };
  year: number;
  figures: Figures;
  categories: CategoryFigures[];
  at: Date;
};

/** The figures of one enterprise, for its manager and for the bureaus above. Refused: not_found. */
export async function readOrganizationCoverage(
  actor: Actor,
  organizationId: string,
  year: number,
  now: Date,
): Promise<OrganizationCoverage> {
  return await read(async (db) => {
    const [found] = await db.select().from(organization).where(eq(organization.id, organizationId));
    if (!found || !maySeeOrganization(actor, found)) throw refuse('not_found');
    const rows = await db
      .select()
      .from(standing)
      .where(and(eq(standing.organizationId, organizationId), eq(standing.year, year)));
    const sum = new Map<string, Contribution>();
    for (const standings of Map.groupBy(rows, (row) => row.personId).values())
      accumulate(sum, contributions(standings), 1);
    const here = [...sum.values()].filter((one) => one.divisionId === found.divisionId);
    const counted = new Map(here.map((one) => [one.grouping, one]));
    const { id, name, highRisk, path } = found;
    return {
      organization: { id, name, highRisk, path },
      ...{ year, at: now },
      figures: figuresOf(counted.get('enterprise')),
      categories: await listCategories(db, 'enterprise', counted),
    };
  });
}

/** The enterprises below a place, for the way from its figures to each of them. Refused: not_found, forbidden. */
export async function listOrganizations(
  actor: Actor,
  divisionId: string | null,
): Promise<{ id: string; name: string }[]> {
  return await read(async (db) => {
    const place = await findPlace(db, actor, divisionId);
    return await db
      .select({ id: organization.id, name: organization.name })
      .from(organization)
      .where(and(eq(organization.kind, 'enterprise'), inSubtree(organization.path, place.path)))
      .orderBy(asc(organization.name))
      .limit(500);
  });
}
