import { and, asc, eq, inArray, isNotNull, isNull, like, or } from 'drizzle-orm';
import { isWithin, type Actor } from '#lib/kernel/actor.ts';
import { write, type Db } from '#lib/server/db/open.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { plan, planVersion } from '#lib/server/db/schema/drills.ts';
import { division, organization } from '#lib/server/db/schema/people.ts';
import { unitTrait } from '#lib/server/db/schema/quotas.ts';
import { record } from '#lib/server/events/record.ts';
import { refuse, TRAIT_NAMES } from './copy.ts';
import { mayKeepQuotas, maySeeQuotas } from './policy.ts';
import { classesOfDivision, classesOfOrganization, type Trait, type Unit } from './unit.ts';

/** A unit with where it stands: the stream of its events is `drill-unit:<id>`. */
export type LoadedUnit = Unit & {
  isDivision: boolean;
  /** Whether the register or the tree calls it an enterprise. */
  isEnterprise: boolean;
  traits: Trait[];
};

export const unitStream = (unitId: string) => `drill-unit:${unitId}`;

type DivisionRow = Pick<typeof division.$inferSelect, 'id' | 'name' | 'path' | 'level'>;
type OrganizationRow = Pick<typeof organization.$inferSelect, 'id' | 'name' | 'path' | 'kind' | 'highRisk'>;

const DIVISION_FIELDS = { id: division.id, name: division.name, path: division.path, level: division.level };
const ORGANIZATION_FIELDS = {
  id: organization.id,
  name: organization.name,
  path: organization.path,
  kind: organization.kind,
  highRisk: organization.highRisk,
};

/**
 * The units at or below a place, places before organizations. Villages are many, so they come only where
 * `villages` asks for them; those that keep a plan of their own always come.
 */
export async function loadUnits(db: Db, path: string, villages: boolean): Promise<LoadedUnit[]> {
  const below = like(division.path, `${path}%`);
  const levels = villages ? (['county', 'township', 'village'] as const) : (['county', 'township'] as const);
  const owners = await planOwners(db, path);
  const places = await db
    .select(DIVISION_FIELDS)
    .from(division)
    .where(and(below, inArray(division.level, [...levels])))
    .orderBy(asc(division.path));
  const known = new Set(places.map(({ id }) => id));
  for (const ids of inSlices([...owners].filter((id) => !known.has(id))))
    places.push(
      ...(await db
        .select(DIVISION_FIELDS)
        .from(division)
        .where(and(below, eq(division.level, 'village'), inArray(division.id, ids)))),
    );
  const organizations = await db
    .select(ORGANIZATION_FIELDS)
    .from(organization)
    .where(like(organization.path, `${path}%`))
    .orderBy(asc(organization.path), asc(organization.name));
  const traits = await traitsBelow(db, path);
  return [
    ...places.map((row) => divisionUnit(row, traits, owners)),
    ...organizations.map((row) => organizationUnit(row, traits, owners)),
  ];
}

function traitsOf(id: string, traits: ReadonlyMap<string, Trait[]>, owners: ReadonlySet<string>): Trait[] {
  const own = traits.get(id) ?? [];
  return owners.has(id) && !own.includes('plan_owner') ? [...own, 'plan_owner'] : own;
}

function divisionUnit(
  { id, name, path, level }: DivisionRow,
  traits: ReadonlyMap<string, Trait[]>,
  owners: ReadonlySet<string>,
): LoadedUnit {
  const classes = classesOfDivision(level, traitsOf(id, traits, owners));
  return { id, name, path, classes, isDivision: true, isEnterprise: false, traits: traits.get(id) ?? [] };
}

function organizationUnit(
  { id, name, path, kind, highRisk }: OrganizationRow,
  traits: ReadonlyMap<string, Trait[]>,
  owners: ReadonlySet<string>,
): LoadedUnit {
  const classes = classesOfOrganization({ kind, highRisk }, traitsOf(id, traits, owners));
  const isEnterprise = kind === 'enterprise';
  return { id, name, path, classes, isDivision: false, isEnterprise, traits: traits.get(id) ?? [] };
}

/** Units that answer for a plan in force: the organization it names, else the place whose plan it is. */
async function planOwners(db: Db, path: string): Promise<Set<string>> {
  const rows = await db
    .selectDistinct({ divisionId: plan.divisionId, organizationId: plan.organizationId })
    .from(plan)
    .innerJoin(planVersion, eq(planVersion.planId, plan.id))
    .where(
      and(
        like(plan.path, `${path}%`),
        eq(plan.isModel, false),
        isNull(plan.archivedAt),
        isNotNull(planVersion.inForceAt),
      ),
    );
  return new Set(rows.map(({ divisionId, organizationId }) => organizationId ?? divisionId));
}

async function traitsBelow(db: Db, path: string): Promise<Map<string, Trait[]>> {
  const rows = await db
    .select({ unitId: unitTrait.unitId, trait: unitTrait.trait })
    .from(unitTrait)
    .leftJoin(division, eq(division.id, unitTrait.unitId))
    .leftJoin(organization, eq(organization.id, unitTrait.unitId))
    .where(or(like(division.path, `${path}%`), like(organization.path, `${path}%`)))
    .orderBy(asc(unitTrait.unitId), asc(unitTrait.trait));
  const found = new Map<string, Trait[]>();
  for (const { unitId, trait } of rows) found.set(unitId, [...(found.get(unitId) ?? []), trait]);
  return found;
}

/** One unit, whoever may see it; null when there is none of that id. */
export async function loadUnit(db: Db, id: string): Promise<LoadedUnit | null> {
  const traits = await db
    .select()
    .from(unitTrait)
    .where(eq(unitTrait.unitId, id))
    .orderBy(asc(unitTrait.trait));
  const known = new Map([[id, traits.map(({ trait }) => trait)]]);
  const [place] = await db.select(DIVISION_FIELDS).from(division).where(eq(division.id, id));
  if (place) return divisionUnit(place, known, await planOwners(db, place.path));
  const [row] = await db.select(ORGANIZATION_FIELDS).from(organization).where(eq(organization.id, id));
  return row ? organizationUnit(row, known, await planOwners(db, row.path)) : null;
}

/** Names and paths of units, of whatever ids exist. */
export async function namesOfUnits(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, { name: string; path: string }>> {
  const found = new Map<string, { name: string; path: string }>();
  for (const slice of inSlices([...new Set(ids)]))
    for (const from of [division, organization])
      for (const { id, name, path } of await db
        .select({ id: from.id, name: from.name, path: from.path })
        .from(from)
        .where(inArray(from.id, slice)))
        found.set(id, { name, path });
  return found;
}

/** Of these ids, the units within some subtrees; refused with `unit_unknown` when one is not. */
export async function requireUnits(
  db: Db,
  ids: readonly string[],
  subtrees: readonly string[],
): Promise<string[]> {
  const names = await namesOfUnits(db, ids);
  for (const id of ids) {
    const unit = names.get(id);
    if (!unit || !subtrees.some((root) => isWithin(unit.path, root))) throw refuse('unit_unknown');
  }
  return [...new Set(ids)];
}

/** A unit the actor may see. Refused: not_found. */
export async function findUnit(actor: Actor, db: Db, id: string): Promise<LoadedUnit> {
  const unit = await loadUnit(db, id);
  if (!unit || !maySeeQuotas(actor, unit.path)) throw refuse('not_found');
  return unit;
}

/**
 * Says what a unit is besides what register and tree say. Refused: not_found, forbidden, trait_bad (only an
 * enterprise can be a high-risk one).
 */
export async function setTraits(
  actor: Actor,
  unitId: string,
  traits: readonly Trait[],
  now: Date,
): Promise<void> {
  await write(unitStream(unitId), async (tx) => {
    const unit = await findUnit(actor, tx, unitId);
    if (!mayKeepQuotas(actor, unit.path)) throw refuse('forbidden');
    if (traits.includes('enterprise_risky') && !unit.isEnterprise) throw refuse('trait_bad');
    await tx.delete(unitTrait).where(eq(unitTrait.unitId, unitId));
    const rows = [...new Set(traits)].map((trait) => ({
      unitId,
      trait,
      setBy: actor.accountId ?? '',
      setAt: now,
    }));
    if (rows.length > 0) await tx.insert(unitTrait).values(rows);
    await record(tx, {
      ...{ stream: unitStream(unitId), kind: 'drill_unit_traits_set', actor, at: now, path: unit.path },
      detail: {
        name: unit.name,
        before: said(unit.traits),
        after: said(rows.map(({ trait }) => trait)),
      },
    });
  });
}

const said = (traits: readonly Trait[]) => traits.map((trait) => TRAIT_NAMES[trait]);

/** A unit one may choose: `group` is the word of the list it stands in. */
export type UnitChoice = {
  id: string;
  name: string;
  kind: 'place' | 'village' | 'organization';
  parent: string;
};

/** Units one may state for a drill, at or below some places. */
export async function listChoices(db: Db, subtrees: readonly string[]): Promise<UnitChoice[]> {
  const choices: UnitChoice[] = [];
  for (const path of subtrees) {
    const rows = await db
      .select(DIVISION_FIELDS)
      .from(division)
      .where(and(like(division.path, `${path}%`), inArray(division.level, ['county', 'township', 'village'])))
      .orderBy(asc(division.path))
      .limit(CHOICES_MAX);
    const names = new Map(rows.map((row) => [row.id, row.name]));
    choices.push(
      ...rows.map(({ id, name, level, path: own }) => ({
        ...{ id, name, parent: names.get(own.split('/').at(-3) ?? '') ?? '' },
        kind: level === 'village' ? ('village' as const) : ('place' as const),
      })),
    );
    const organizations = await db
      .select({ id: organization.id, name: organization.name })
      .from(organization)
      .where(like(organization.path, `${path}%`))
      .orderBy(asc(organization.name))
      .limit(CHOICES_MAX);
    choices.push(...organizations.map((row) => ({ ...row, kind: 'organization' as const, parent: '' })));
  }
  return choices;
}

/** More than a county has; a bureau above counties chooses within one of them. */
const CHOICES_MAX = 2_000;
