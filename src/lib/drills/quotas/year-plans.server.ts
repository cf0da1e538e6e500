import { and, asc, eq, like } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { read, write } from '#lib/server/db/open.ts';
import { plannedDrill } from '#lib/server/db/schema/quotas.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { FORM_WORDS } from '../copy.ts';
import { refuse } from './copy.ts';
import type { PlannedInput } from './forms.ts';
import { findPlace, type Place } from './places.server.ts';
import { mayPlanYear } from './policy.ts';
import type { PlannedRow } from './quotas.server.ts';
import { findUnit, namesOfUnits, unitStream } from './units.server.ts';

/** Puts a drill into the year's plan of a unit. Refused: not_found, forbidden, month_over. */
export async function planUnitDrill(
  actor: Actor,
  unitId: string,
  input: PlannedInput,
  now: Date,
): Promise<string> {
  const id = newId();
  await write(unitStream(unitId), async (tx) => {
    const unit = await findUnit(actor, tx, unitId);
    if (!mayPlanYear(actor, unit.path)) throw refuse('forbidden');
    const month = `${input.year}-${String(input.month).padStart(2, '0')}`;
    if (month < dayOf(now).slice(0, 7)) throw refuse('month_over');
    const row = { ...input, id, unitId, path: unit.path, createdBy: actor.accountId ?? '', createdAt: now };
    await tx.insert(plannedDrill).values(row);
    await record(tx, {
      ...{ stream: unitStream(unitId), kind: 'unit_drill_planned', actor, at: now, path: unit.path },
      detail: { name: unit.name, month, drillForm: FORM_WORDS[input.form], planName: input.plan },
    });
  });
  return id;
}

/** Takes a drill out of the plan again. Refused: not_found, forbidden. */
export async function dropUnitDrill(
  actor: Actor,
  unitId: string,
  plannedId: string,
  now: Date,
): Promise<void> {
  await write(unitStream(unitId), async (tx) => {
    const unit = await findUnit(actor, tx, unitId);
    if (!mayPlanYear(actor, unit.path)) throw refuse('forbidden');
    const mine = and(eq(plannedDrill.id, plannedId), eq(plannedDrill.unitId, unitId));
    const [row] = await tx.select().from(plannedDrill).where(mine);
    if (!row) throw refuse('not_found');
    await tx.delete(plannedDrill).where(mine);
    const month = `${row.year}-${String(row.month).padStart(2, '0')}`;
    await record(tx, {
      ...{ stream: unitStream(unitId), kind: 'unit_drill_dropped', actor, at: now, path: unit.path },
      detail: { name: unit.name, month, drillForm: FORM_WORDS[row.form], planName: row.plan },
    });
  });
}

/** The year's plan of all units at or below a place, month by month. Refused: not_found, forbidden. */
export async function readYearPlan(
  actor: Actor,
  asked: { divisionId: string | null; year: number },
): Promise<{ place: Place; rows: (PlannedRow & { unit: string })[] }> {
  return await read(async (db) => {
    const place = await findPlace(db, actor, asked.divisionId);
    const rows = await db
      .select()
      .from(plannedDrill)
      .where(and(like(plannedDrill.path, `${place.path}%`), eq(plannedDrill.year, asked.year)))
      .orderBy(asc(plannedDrill.month), asc(plannedDrill.path), asc(plannedDrill.id))
      .limit(LINES_MAX);
    const names = await namesOfUnits(
      db,
      rows.map(({ unitId }) => unitId),
    );
    return { place, rows: rows.map((row) => ({ ...row, unit: names.get(row.unitId)?.name ?? '' })) };
  });
}

const LINES_MAX = 2_000;
