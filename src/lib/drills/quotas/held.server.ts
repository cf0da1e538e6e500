import { and, asc, count, eq, gte, inArray, isNotNull, like, lte, notInArray, or } from 'drizzle-orm';
import { dayOf, type Day } from '#lib/kernel/day.ts';
import type { Db } from '#lib/server/db/open.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { drill, drillEntry, drillRun, drillUnit, plan, scriptVersion } from '#lib/server/db/schema/drills.ts';
import { finding } from '#lib/server/db/schema/findings.ts';
import { division, organization } from '#lib/server/db/schema/people.ts';
import { drillDivision, paperDrill, paperDrillUnit } from '#lib/server/db/schema/quotas.ts';
import type { HeldDrill } from './duty.ts';

/**
 * Drills that count for units at or below a place and were held in a span. One held here counts once its
 * evaluation is published and its report signed; before that nothing of it is read, so that a double-blind
 * drill cannot show in a figure. One on paper counts once a second person confirmed it.
 */
export async function loadHeld(
  db: Db,
  path: string,
  span: { fromOn: Day; untilOn: Day },
): Promise<HeldDrill[]> {
  const here = await heldHere(db, path);
  const inSpan = here.filter(({ heldOn }) => heldOn >= span.fromOn && heldOn <= span.untilOn);
  return [...inSpan, ...(await heldOnPaper(db, path, span))];
}

async function heldHere(db: Db, path: string): Promise<HeldDrill[]> {
  const units = await unitsOfDrills(db, path);
  const counted = and(isNotNull(drill.reportSignedAt), inArray(drill.state, ['published', 'archived']));
  const held: HeldDrill[] = [];
  for (const ids of inSlices([...units.keys()])) {
    const rows = await db
      .select({ drill, body: scriptVersion.body })
      .from(drill)
      .leftJoin(scriptVersion, eq(scriptVersion.id, drill.scriptVersionId))
      .where(and(inArray(drill.id, ids), counted))
      .orderBy(asc(drill.plannedOn), asc(drill.id));
    const signed = rows.map((row) => row.drill.id);
    const days = await startDays(db, signed);
    const findings = await openFindings(db, signed);
    const kinds = await planKindsOf(
      db,
      rows.flatMap(({ body }) => planKeys(body)),
    );
    for (const { drill: row, body } of rows)
      held.push({
        ...{
          id: row.id,
          path: row.path,
          title: row.title,
          form: row.form,
          content: row.content,
          isPaper: false,
        },
        heldOn: days.get(row.id) ?? row.plannedOn,
        planKinds: [...new Set(planKeys(body).flatMap((key) => kinds.get(key) ?? []))],
        openFindings: findings.get(row.id) ?? 0,
        unitIds: units.get(row.id) ?? [],
      });
  }
  return held;
}

/** The units at or below a place, by the drill that counts for them. */
async function unitsOfDrills(db: Db, path: string): Promise<Map<string, string[]>> {
  const places = await db
    .select({ drillId: drillDivision.drillId, unitId: drillDivision.divisionId })
    .from(drillDivision)
    .innerJoin(division, eq(division.id, drillDivision.divisionId))
    .where(like(division.path, `${path}%`));
  const organizations = await db
    .select({ drillId: drillUnit.drillId, unitId: drillUnit.organizationId })
    .from(drillUnit)
    .innerJoin(organization, eq(organization.id, drillUnit.organizationId))
    .where(like(organization.path, `${path}%`));
  const found = new Map<string, string[]>();
  for (const { drillId, unitId } of [...places, ...organizations])
    found.set(drillId, [...(found.get(drillId) ?? []), unitId]);
  return found;
}

/** The day a drill was held: when the run that was evaluated started, whatever day had been planned. */
async function startDays(db: Db, drillIds: readonly string[]): Promise<Map<string, Day>> {
  if (drillIds.length === 0) return new Map();
  const rows = await db
    .select({ drillId: drillRun.drillId, at: drillEntry.at })
    .from(drillRun)
    .innerJoin(drillEntry, and(eq(drillEntry.runId, drillRun.id), eq(drillEntry.kind, 'started')))
    .where(and(inArray(drillRun.drillId, [...drillIds]), inArray(drillRun.stage, ['published', 'archived'])))
    .orderBy(asc(drillEntry.at));
  return new Map(rows.map(({ drillId, at }) => [drillId, dayOf(at)]));
}

/** Findings of drills that are neither closed nor waived. */
async function openFindings(db: Db, drillIds: readonly string[]): Promise<Map<string, number>> {
  if (drillIds.length === 0) return new Map();
  const rows = await db
    .select({ drillId: finding.drillId, count: count() })
    .from(finding)
    .where(and(inArray(finding.drillId, [...drillIds]), notInArray(finding.state, ['closed', 'waived'])))
    .groupBy(finding.drillId);
  return new Map(rows.map((row) => [row.drillId, row.count]));
}

function planKeys(body: Record<string, unknown> | null): string[] {
  const plans = body?.plans;
  if (!Array.isArray(plans)) return [];
  return plans.flatMap((one: { key?: unknown }) => (typeof one.key === 'string' ? [one.key] : []));
}

async function planKindsOf(db: Db, keys: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const slice of inSlices([...new Set(keys)]))
    for (const { key, kind } of await db
      .selectDistinct({ key: plan.key, kind: plan.kind })
      .from(plan)
      .where(inArray(plan.key, slice)))
      found.set(key, [...(found.get(key) ?? []), kind]);
  return found;
}

async function heldOnPaper(db: Db, path: string, span: { fromOn: Day; untilOn: Day }): Promise<HeldDrill[]> {
  const rows = await db
    .select({ drill: paperDrill, unitId: paperDrillUnit.unitId })
    .from(paperDrillUnit)
    .innerJoin(paperDrill, eq(paperDrill.id, paperDrillUnit.paperDrillId))
    .leftJoin(division, eq(division.id, paperDrillUnit.unitId))
    .leftJoin(organization, eq(organization.id, paperDrillUnit.unitId))
    .where(
      and(
        eq(paperDrill.state, 'confirmed'),
        gte(paperDrill.heldOn, span.fromOn),
        lte(paperDrill.heldOn, span.untilOn),
        or(like(division.path, `${path}%`), like(organization.path, `${path}%`)),
      ),
    )
    .orderBy(asc(paperDrill.heldOn), asc(paperDrill.id), asc(paperDrillUnit.unitId));
  const found = new Map<string, HeldDrill & { unitIds: string[] }>();
  for (const { drill: row, unitId } of rows) {
    const known = found.get(row.id);
    if (known) known.unitIds.push(unitId);
    else
      found.set(row.id, {
        ...{
          id: row.id,
          path: row.path,
          title: row.title,
          heldOn: row.heldOn,
          form: row.form,
          content: row.content,
        },
        ...{ planKinds: [row.planKind], isPaper: true, openFindings: 0, unitIds: [unitId] },
      });
  }
  return [...found.values()];
}
