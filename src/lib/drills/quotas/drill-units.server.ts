import { eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { drillUnit } from '#lib/server/db/schema/drills.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { drillDivision } from '#lib/server/db/schema/quotas.ts';
import { record } from '#lib/server/events/record.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { findDrill, type DrillRow } from '../drills.server.ts';
import { mayKeepDrills } from '../policy.ts';
import { refuse } from './copy.ts';
import { listChoices, namesOfUnits, requireUnits, type UnitChoice } from './units.server.ts';

/** Nothing may tell that a blind drill exists before its report is signed, not even a line of the log. */
function isStillBlind(row: DrillRow): boolean {
  return (row.notice === 'none' || row.notice === 'window_only') && row.reportSignedAt === null;
}

async function unitIdsOf(db: Db, drillId: string): Promise<string[]> {
  const places = await db
    .select({ id: drillDivision.divisionId })
    .from(drillDivision)
    .where(eq(drillDivision.drillId, drillId));
  const organizations = await db
    .select({ id: drillUnit.organizationId })
    .from(drillUnit)
    .where(eq(drillUnit.drillId, drillId));
  return [...places, ...organizations].map(({ id }) => id).toSorted();
}

/**
 * States the units a drill counts for: one, or several of a joint drill. Refused: not_found, forbidden,
 * drill_not_finished (cancelled), drill_blind (its report is not signed yet), unit_unknown, units_none.
 */
export async function setDrillUnits(
  actor: Actor,
  drillId: string,
  unitIds: readonly string[],
  now: Date,
): Promise<void> {
  await write(`drill:${drillId}`, async (tx) => {
    const row = await findDrill(actor, tx, drillId);
    if (!mayKeepDrills(actor, row)) throw refuse('forbidden');
    if (row.state === 'cancelled') throw refuse('drill_not_finished');
    if (isStillBlind(row)) throw refuse('drill_blind');
    if (unitIds.length === 0) throw refuse('units_none');
    const ids = await requireUnits(tx, unitIds, [row.path]);
    const before = await unitIdsOf(tx, drillId);
    const places = new Set<string>();
    for (const slice of inSlices(ids))
      for (const { id } of await tx
        .select({ id: division.id })
        .from(division)
        .where(inArray(division.id, slice)))
        places.add(id);
    await tx.delete(drillDivision).where(eq(drillDivision.drillId, drillId));
    await tx.delete(drillUnit).where(eq(drillUnit.drillId, drillId));
    for (const divisionId of places) await tx.insert(drillDivision).values({ drillId, divisionId });
    for (const organizationId of ids.filter((id) => !places.has(id)))
      await tx.insert(drillUnit).values({ drillId, organizationId });
    const names = await namesOfUnits(tx, [...ids, ...before]);
    const said = (some: readonly string[]) => some.map((id) => names.get(id)?.name ?? id);
    await record(tx, {
      ...{ stream: `drill:${drillId}`, kind: 'drill_units_set', actor, at: now, path: row.path },
      detail: { title: row.title, units: said(ids), unitsBefore: said(before) },
    });
  });
}

export type DrillUnitsPage = {
  chosen: string[];
  choices: UnitChoice[];
  /** Why it cannot be changed now; empty when it can. */
  reasons: string[];
};

/** The units of a drill and those one may state. Refused: not_found. */
export async function readDrillUnits(actor: Actor, drillId: string): Promise<DrillUnitsPage> {
  return await read(async (db) => {
    const row = await findDrill(actor, db, drillId);
    const reasons = [
      ...(mayKeepDrills(actor, row) ? [] : [refuse('forbidden').message]),
      ...(row.state === 'cancelled' ? [refuse('drill_not_finished').message] : []),
      ...(isStillBlind(row) ? [refuse('drill_blind').message] : []),
    ];
    return { chosen: await unitIdsOf(db, drillId), choices: await listChoices(db, [row.path]), reasons };
  });
}
