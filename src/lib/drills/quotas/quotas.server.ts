import { and, asc, eq, inArray, like } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf, type Day } from '#lib/kernel/day.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { plannedDrill } from '#lib/server/db/schema/quotas.ts';
import { dutiesOf, type Duty } from './duty.ts';
import {
  bySlowness,
  dutiesByUnit,
  dutiesIn,
  figuresOf,
  isOfKind,
  ownDuties,
  type Figures,
  type UnitKind,
} from './figure.ts';
import { loadHeld } from './held.server.ts';
import { findPlace, placesAbove, type Place } from './places.server.ts';
import { maySeeDrill } from '../policy.ts';
import { mayKeepQuotas, mayPlanYear, mayRegisterFor } from './policy.ts';
import { windowsOf } from './rule.ts';
import { listHolding, loadRules } from './rules.server.ts';
import { UNIT_CLASSES, type UnitClass } from './unit.ts';
import { findUnit, loadUnits, type LoadedUnit } from './units.server.ts';

export type PlaceFigures = { place: Place; figures: Figures };
/** A unit with all it owes; `within` names the county and township it lies in, below the place asked for. */
export type UnitRow = { unit: LoadedUnit; within: string; duties: Duty[] };

export type Quotas = {
  place: Place;
  above: Place[];
  year: number;
  figures: Figures;
  /** Units at the place itself; null where it has none that owe anything, or where all units are listed. */
  own: Figures | null;
  /** The places below, the slowest first; of a township its units are listed instead. */
  children: PlaceFigures[];
  units: UnitRow[];
  classes: { unitClass: UnitClass; figures: Figures }[];
  holding: { title: string; documentNumber: string }[];
  at: Date;
};

type Loaded = { units: LoadedUnit[]; duties: Duty[] };

/** The earliest day any rule of a year may look back to. */
function firstDay(year: number): Day {
  return windowsOf('three_years', year)[0]!.fromOn;
}

/** All duties of the units at or below a place: the one computation behind page, list, export and unit. */
async function loadDuties(db: Db, path: string, year: number, now: Date): Promise<Loaded> {
  const rules = await loadRules(db, path);
  const units = await loadUnits(
    db,
    path,
    rules.some((rule) => rule.unitClass === 'village'),
  );
  const held = await loadHeld(db, path, { fromOn: firstDay(year), untilOn: `${year}-12-31` });
  const planned = await db
    .select()
    .from(plannedDrill)
    .where(and(like(plannedDrill.path, `${path}%`), eq(plannedDrill.year, year)))
    .orderBy(asc(plannedDrill.month), asc(plannedDrill.id));
  return { units, duties: dutiesOf({ units, rules, held, planned }, year, dayOf(now)) };
}

/**
 * How far the units at or below a place are with the drills of a year, by place, by class and, of a
 * township, unit by unit. Refused: not_found, forbidden.
 */
export async function readQuotas(
  actor: Actor,
  asked: { divisionId: string | null; year: number },
  now: Date,
): Promise<Quotas> {
  return await read(async (db) => {
    const place = await findPlace(db, actor, asked.divisionId);
    const loaded = await loadDuties(db, place.path, asked.year, now);
    const { duties } = loaded;
    const isLowest = place.level === 'township' || place.level === 'village';
    const own = isLowest ? [] : ownDuties(duties, place.path);
    return {
      place,
      above: await placesAbove(db, actor, place.path),
      year: asked.year,
      figures: figuresOf(duties),
      own: own.length === 0 ? null : figuresOf(own),
      children: isLowest ? [] : await childFigures(db, place, duties),
      units: isLowest ? await unitRows(db, place.path, loaded) : [],
      classes: UNIT_CLASSES.flatMap((unitClass) => {
        const some = duties.filter((duty) => duty.rule.unitClass === unitClass);
        return some.length === 0 ? [] : [{ unitClass, figures: figuresOf(some) }];
      }),
      holding: await listHolding(db, place.path, dayOf(now)),
      at: now,
    };
  });
}

async function childFigures(db: Db, place: Place, duties: readonly Duty[]): Promise<PlaceFigures[]> {
  const rows = await db
    .select({ id: division.id, name: division.name, level: division.level, path: division.path })
    .from(division)
    .where(eq(division.parentId, place.id))
    .orderBy(asc(division.path));
  return rows
    .map((row) => ({ place: row, figures: figuresOf(dutiesIn(duties, row.path)) }))
    .filter(({ figures }) => figures.units > 0)
    .sort((a, b) => bySlowness(a.figures, b.figures));
}

async function unitRows(db: Db, root: string, { units, duties }: Loaded): Promise<UnitRow[]> {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const names = await placeNames(db, units);
  return dutiesByUnit(duties).map((own) => {
    const unit = byId.get(own[0]!.unit.id)!;
    return { unit, within: withinOf(unit, root, names), duties: own };
  });
}

/** Names of the townships and counties units lie in. */
async function placeNames(db: Db, units: readonly LoadedUnit[]): Promise<Map<string, string>> {
  const ids = new Set(units.flatMap(({ path }) => path.split('/').filter(Boolean)));
  const levels = inArray(division.level, ['county', 'township']);
  const rows = await db.select({ id: division.id, name: division.name }).from(division).where(levels);
  return new Map(rows.filter(({ id }) => ids.has(id)).map(({ id, name }) => [id, name]));
}

/** Where a unit lies below the place that is listed: its county and township, as far as they say something. */
function withinOf({ id, path }: LoadedUnit, root: string, names: ReadonlyMap<string, string>): string {
  return path
    .slice(root.length)
    .split('/')
    .filter((step) => step !== id && names.has(step))
    .map((step) => names.get(step)!)
    .join('');
}

export type UnitFilters = {
  divisionId: string | null;
  year: number;
  kind: UnitKind;
  unitClass: UnitClass | null;
  /** Only units at the place itself. */
  own: boolean;
};

/** The units behind a number of the page, with what each owes. Refused: not_found, forbidden. */
export async function listUnits(
  actor: Actor,
  filters: UnitFilters,
  now: Date,
): Promise<{ place: Place; above: Place[]; rows: UnitRow[] }> {
  return await read(async (db) => {
    const place = await findPlace(db, actor, filters.divisionId);
    const loaded = await loadDuties(db, place.path, filters.year, now);
    const rows = (await unitRows(db, place.path, loaded))
      .map((row) => ({ ...row, duties: ofClass(row.duties, filters.unitClass) }))
      .filter((row) => isOfKind(row.duties, filters.kind) && (!filters.own || row.unit.path === place.path));
    return { place, above: await placesAbove(db, actor, place.path), rows };
  });
}

function ofClass(duties: Duty[], unitClass: UnitClass | null): Duty[] {
  return unitClass === null ? duties : duties.filter(({ rule }) => rule.unitClass === unitClass);
}

export type PlannedRow = typeof plannedDrill.$inferSelect;
export type UnitPage = {
  unit: LoadedUnit;
  above: Place[];
  year: number;
  duties: Duty[];
  figures: Figures;
  planned: PlannedRow[];
  /** Ids of the drills whose page the actor may open. */
  openable: string[];
  mayPlan: boolean;
  mayKeep: boolean;
  at: Date;
};

/** One unit: what it owes, what was held, what it plans. Refused: not_found. */
export async function readUnit(actor: Actor, unitId: string, year: number, now: Date): Promise<UnitPage> {
  return await read(async (db) => {
    const unit = await findUnit(actor, db, unitId);
    const { duties } = await loadDuties(db, unit.path, year, now);
    const own = duties.filter((duty) => duty.unit.id === unit.id);
    const planned = await db
      .select()
      .from(plannedDrill)
      .where(and(eq(plannedDrill.unitId, unit.id), eq(plannedDrill.year, year)))
      .orderBy(asc(plannedDrill.month), asc(plannedDrill.id));
    return {
      ...{ unit, year, duties: own, figures: figuresOf(own), planned, at: now },
      openable: own.flatMap(({ drills }) =>
        drills
          .filter((drill) => (drill.isPaper ? mayRegisterFor(actor, unit) : maySeeDrill(actor, drill)))
          .map(({ id }) => id),
      ),
      above: await placesAbove(db, actor, unit.path),
      mayPlan: mayPlanYear(actor, unit.path),
      mayKeep: mayKeepQuotas(actor, unit.path),
    };
  });
}
