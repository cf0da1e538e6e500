import { and, asc, desc, eq, inArray, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { containing } from '#lib/server/db/containing.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import { clauseTrial, plan, planClause, planVersion } from '#lib/server/db/schema/drills.ts';
import { division, organization } from '#lib/server/db/schema/people.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { inSubtree, startsWithAny } from './places.server.ts';
import { refuse } from './copy.ts';
import { citable, trialsByClause, type ClauseText, type ClauseTrials, type PlanText } from './plan.ts';
import type { PlanFilter, PLAN_SORTS } from './plan-filter.ts';
import { parametersOf, withParameters } from './plan-parameter.ts';
import { mayEnterPlans, mayKeepPlan, planScope } from './policy.ts';
import { clausesOf, findPlan, textOf, versionsOf, type PlanRow, type VersionRow } from './versions.server.ts';

/** A plan in a list. */
export type PlanItem = Pick<PlanRow, 'id' | 'title' | 'kind' | 'eventType' | 'isModel'> & {
  place: string;
  /** The unit that answers for it; the place's name where none is named. */
  owner: string;
  inForce: Pick<VersionRow, 'number' | 'documentNumber' | 'issuedOn' | 'inForceAt'> | null;
  hasDraft: boolean;
  clauses: number;
  drilled: number;
  failed: number;
};

export type PlanSort = { by: (typeof PLAN_SORTS)[number]; descending: boolean } | null;

/** Plans the actor may see, by place and name or as sorted. Refused: forbidden. */
export async function listPlans(
  actor: Actor,
  filter: PlanFilter,
  { page, sort, limit = PAGE_SIZE }: { page: number; sort: PlanSort; limit?: number },
): Promise<PageOf<PlanItem>> {
  return await read(async (db) => {
    const wanted = and(seenBy(actor), ...conditions(filter));
    const rows = await db
      .select({ plan, place: division.name, organization: organization.name })
      .from(plan)
      .innerJoin(division, eq(division.id, plan.divisionId))
      .leftJoin(organization, eq(organization.id, plan.organizationId))
      .where(wanted)
      .orderBy(...orderOf(sort))
      .limit(limit)
      .offset((page - 1) * limit);
    return { rows: await withFigures(db, rows), total: await db.$count(plan, wanted), page, pageSize: limit };
  });
}

const lastIssued = sql`(select max(v.issued_on) from plan_version as v where v.plan_id = ${plan.id} and v.in_force_at is not null)`;

function orderOf(sort: PlanSort): SQL[] {
  const usual = [asc(plan.path), asc(plan.title), asc(plan.id)];
  if (!sort) return usual;
  const column = {
    title: sql`${plan.title}`,
    kind: sql`${plan.kind}`,
    issued: sql`coalesce(${lastIssued}, '')`,
  }[sort.by];
  return [sort.descending ? desc(column) : asc(column), ...usual];
}

function seenBy(actor: Actor): SQL | undefined {
  if (!mayEnterPlans(actor)) throw refuse('forbidden');
  const { kept, read: readers, above } = planScope(actor);
  const inForce = sql`exists (select 1 from plan_version as v where v.plan_id = ${plan.id} and v.in_force_at is not null)`;
  const places = or(
    startsWithAny(plan.path, readers),
    above.length > 0 ? inArray(plan.path, above) : undefined,
  );
  return or(
    eq(plan.isModel, true),
    startsWithAny(plan.path, kept),
    and(isNull(plan.archivedAt), inForce, places),
  );
}

function conditions({ scope, kind, eventType, place, words }: PlanFilter): (SQL | undefined)[] {
  return [
    eq(plan.isModel, scope === 'model'),
    scope === 'archived' ? isNotNull(plan.archivedAt) : isNull(plan.archivedAt),
    kind ? eq(plan.kind, kind) : undefined,
    eventType ? eq(plan.eventType, eventType) : undefined,
    place ? eq(plan.divisionId, place) : undefined,
    words ? containing(plan.title, words) : undefined,
  ];
}

async function withFigures(
  db: Db,
  rows: { plan: PlanRow; place: string; organization: string | null }[],
): Promise<PlanItem[]> {
  const ids = rows.map((row) => row.plan.id);
  const versions =
    ids.length === 0 ? [] : await db.select().from(planVersion).where(inArray(planVersion.planId, ids));
  const shown = new Map<string, VersionRow>();
  for (const version of versions.toSorted((a, b) => a.number - b.number))
    if (version.inForceAt !== null || !shown.has(version.planId)) shown.set(version.planId, version);
  const clauses = await clausesOfMany(
    db,
    [...shown.values()].map(({ id }) => id),
  );
  const trials = await trialsOfMany(
    db,
    rows.map((row) => row.plan),
  );
  return rows.map((row) => {
    const { id, title, kind, eventType, isModel } = row.plan;
    const version = shown.get(id);
    const own = citable(clauses.get(version?.id ?? '') ?? []);
    const figures = own.flatMap(({ no }) => trials.get(id)?.get(no) ?? []);
    return {
      ...{ id, title, kind, eventType, isModel, place: row.place, owner: row.organization ?? row.place },
      inForce: version && version.inForceAt !== null ? version : null,
      hasDraft: versions.some((one) => one.planId === id && one.inForceAt === null),
      clauses: own.length,
      drilled: figures.filter((one) => one.drilled > 0).length,
      failed: figures.filter((one) => one.failed > 0).length,
    };
  });
}

/** Clauses as far as they are counted: of the text only whether there is any. */
async function clausesOfMany(db: Db, versionIds: string[]): Promise<Map<string, ClauseText[]>> {
  const found = new Map<string, ClauseText[]>(versionIds.map((id) => [id, []]));
  const { versionId, no, title, depth, position } = planClause;
  const body = sql<string>`substr(${planClause.body}, 1, 1)`;
  for (const slice of inSlices(versionIds)) {
    const rows = await db
      .select({ versionId, no, title, depth, body })
      .from(planClause)
      .where(inArray(versionId, slice))
      .orderBy(asc(versionId), asc(position));
    for (const { versionId: id, ...clause } of rows) found.get(id)?.push(clause);
  }
  return found;
}

/** How drills in the place of each plan came out for its clauses, by plan and clause number. */
async function trialsOfMany(
  db: Db,
  plans: readonly Pick<PlanRow, 'id' | 'key' | 'path' | 'isModel'>[],
): Promise<Map<string, Map<string, ClauseTrials>>> {
  const local = plans.filter((one) => !one.isModel);
  const keys = [...new Set(local.map(({ key }) => key))];
  const rows =
    keys.length === 0 ? [] : await db.select().from(clauseTrial).where(inArray(clauseTrial.planKey, keys));
  return new Map(
    local.map(({ id, key, path }) => [
      id,
      trialsByClause(rows.filter((row) => row.planKey === key && row.path.startsWith(path))),
    ]),
  );
}

/** How drills in a plan's place came out for its clauses, by clause number. A model was drilled nowhere. */
export async function trialsOf(
  db: Db,
  { key, path, isModel }: Pick<PlanRow, 'key' | 'path' | 'isModel'>,
): Promise<Map<string, ClauseTrials>> {
  if (isModel) return new Map();
  const rows = await db
    .select()
    .from(clauseTrial)
    .where(and(eq(clauseTrial.planKey, key), inSubtree(clauseTrial.path, path)));
  return trialsByClause(rows);
}

/** Places that have plans the actor may see, for the filter. Refused: forbidden. */
export async function listPlanPlaces(actor: Actor): Promise<{ id: string; name: string }[]> {
  return await read((db) =>
    db
      .selectDistinct({ id: division.id, name: division.name, path: division.path })
      .from(plan)
      .innerJoin(division, eq(division.id, plan.divisionId))
      .where(and(seenBy(actor), eq(plan.isModel, false)))
      .orderBy(asc(division.path)),
  );
}

/** What a plan's page shows; of a model the texts with the defaults in place. */
export type PlanView = {
  plan: PlanRow & { place: string; owner: string };
  mayKeep: boolean;
  version: VersionRow | null;
  text: PlanText;
  trials: Map<string, ClauseTrials>;
  versions: Pick<
    VersionRow,
    'id' | 'number' | 'documentNumber' | 'issuedOn' | 'inForceAt' | 'reason' | 'createdAt'
  >[];
};

/**
 * A plan with the version asked for by its number, else the one in force. A draft is shown to those who
 * keep the plan. Refused: not_found.
 */
export async function readPlan(actor: Actor, id: string, number: number | null = null): Promise<PlanView> {
  return await read(async (db) => {
    const row = await findPlan(db, actor, id);
    const mayKeep = mayKeepPlan(actor, row);
    const versions = (await versionsOf(db, id)).filter((one) => mayKeep || one.inForceAt !== null);
    const asked = number === null ? undefined : versions.find((one) => one.number === number);
    if (number !== null && !asked) throw refuse('not_found');
    const version = asked ?? versions.find((one) => one.inForceAt !== null) ?? null;
    const raw = version ? await textOf(db, version) : EMPTY_TEXT;
    const text = row.isModel ? withParameters(raw, parametersOf(raw)) : raw;
    const [place] = await db.select().from(division).where(eq(division.id, row.divisionId));
    const owner = await ownerOf(db, row, place?.name ?? '');
    return {
      plan: { ...row, place: place?.name ?? '', owner },
      ...{ mayKeep, version, text, trials: await trialsOf(db, row), versions },
    };
  });
}

const EMPTY_TEXT: PlanText = { clauses: [], responses: [], duties: [], contacts: [], cards: [], basis: [] };

async function ownerOf(db: Db, { organizationId }: PlanRow, place: string): Promise<string> {
  if (organizationId === null) return place;
  const [found] = await db.select().from(organization).where(eq(organization.id, organizationId));
  return found?.name ?? place;
}

/** Two versions of a plan by number, the earlier first. Refused: not_found. */
export async function readVersions(
  actor: Actor,
  id: string,
  numbers: readonly [number, number],
): Promise<{ plan: PlanRow; before: VersionRow; after: VersionRow; clauses: [ClauseText[], ClauseText[]] }> {
  return await read(async (db) => {
    const row = await findPlan(db, actor, id);
    const mayKeep = mayKeepPlan(actor, row);
    const versions = (await versionsOf(db, id)).filter((one) => mayKeep || one.inForceAt !== null);
    const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
    const before = versions.find((one) => one.number === from);
    const after = versions.find((one) => one.number === to);
    if (!before || !after) throw refuse('not_found');
    return {
      plan: row,
      before,
      after,
      clauses: [await clausesOf(db, before.id), await clausesOf(db, after.id)],
    };
  });
}
