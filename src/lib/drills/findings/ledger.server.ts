import { and, asc, count, eq, inArray, lt, notInArray, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { containing } from '#lib/server/db/containing.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import { drill, drillRun } from '#lib/server/db/schema/drills.ts';
import { finding } from '#lib/server/db/schema/findings.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { tablesWorkbook } from '#lib/server/sheets/write-table.ts';
import { inSubtree } from '../plans/places.server.ts';
import { SETTLED } from './finding.ts';
import { seenFindings, type FindingRow } from './finding-scope.server.ts';
import { LEDGER_VIEWS, type LedgerFilter, type LedgerView } from './ledger.ts';
import { ledgerTable } from './ledger-copy.ts';
import { mayKeepDrills } from '../policy.ts';

export type LedgerRow = FindingRow & { drillTitle: string; placeName: string };

export type Ledger = PageOf<LedgerRow> & {
  counts: Record<LedgerView, number>;
  places: { id: string; name: string }[];
  /** The drill asked for, if one was. */
  drill: { id: string; title: string; mayKeep: boolean } | null;
};

const ROWS_EXPORTED_MAX = 5_000;

/** What a view means in the table; overdue is as {@link isOverdue} says. */
function inView(view: LedgerView, today: string): SQL | undefined {
  switch (view) {
    case 'unsettled':
      return notInArray(finding.state, [...SETTLED]);
    case 'settled':
      return inArray(finding.state, [...SETTLED]);
    case 'overdue':
      return and(lt(finding.dueOn, today), notInArray(finding.state, [...SETTLED, 'submitted', 'verified']));
    case 'submitted':
      return eq(finding.state, 'submitted');
    case 'deficiency':
      return and(eq(finding.severity, 'deficiency'), notInArray(finding.state, [...SETTLED]));
    case 'all':
      return undefined;
  }
}

async function filtered(
  db: Db,
  { state, place, unit, drill: drillId }: LedgerFilter,
): Promise<SQL | undefined> {
  const [at] = place === '' ? [] : await db.select().from(division).where(eq(division.id, place));
  return and(
    state === '' ? undefined : eq(finding.state, state),
    place === '' ? undefined : at ? inSubtree(finding.path, at.path) : eq(finding.id, ''),
    unit === '' ? undefined : containing(finding.unit, unit),
    drillId === '' ? undefined : eq(finding.drillId, drillId),
  );
}

function rowsOf(db: Db, where: SQL | undefined) {
  return db
    .select({ finding, drillTitle: drill.title, placeName: division.name })
    .from(finding)
    .innerJoin(drill, eq(drill.id, finding.drillId))
    .innerJoin(drillRun, eq(drillRun.id, finding.runId))
    .innerJoin(division, eq(division.path, finding.path))
    .where(where)
    .orderBy(asc(finding.dueOn), asc(finding.id));
}

async function countOf(db: Db, where: SQL | undefined): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(finding)
    .innerJoin(drill, eq(drill.id, finding.drillId))
    .innerJoin(drillRun, eq(drillRun.id, finding.runId))
    .where(where);
  return row!.count;
}

/** A page of the ledger, what is due first; every count opens the rows behind it. Refused: 403 without a place. */
export async function listFindings(
  actor: Actor,
  filter: LedgerFilter,
  page: number,
  now: Date,
): Promise<Ledger> {
  const today = dayOf(now);
  return await read(async (db) => {
    const seen = await seenFindings(actor, db);
    const asked = await filtered(db, filter);
    const where = and(seen, asked, inView(filter.view, today));
    const rows = await rowsOf(db, where)
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    const counts = {} as Ledger['counts'];
    for (const view of LEDGER_VIEWS) counts[view] = await countOf(db, and(seen, asked, inView(view, today)));
    const places = await db
      .selectDistinct({ id: division.id, name: division.name, path: division.path })
      .from(finding)
      .innerJoin(drill, eq(drill.id, finding.drillId))
      .innerJoin(drillRun, eq(drillRun.id, finding.runId))
      .innerJoin(division, eq(division.path, finding.path))
      .where(seen)
      .orderBy(asc(division.path));
    return {
      rows: rows.map(({ finding: row, ...rest }) => ({ ...row, ...rest })),
      ...{ total: counts[filter.view], page, pageSize: PAGE_SIZE, counts },
      places: places.map(({ id, name }) => ({ id, name })),
      drill: await askedDrill(actor, db, filter.drill),
    };
  });
}

async function askedDrill(actor: Actor, db: Db, id: string): Promise<Ledger['drill']> {
  const [row] = id === '' ? [] : await db.select().from(drill).where(eq(drill.id, id));
  return row && mayKeepDrills(actor, row) ? { id, title: row.title, mayKeep: true } : null;
}

/** The ledger as a workbook, as filtered. Refused: 403 without a place. */
export async function exportFindings(
  actor: Actor,
  filter: LedgerFilter,
  now: Date,
): Promise<{ bytes: Uint8Array; name: string }> {
  const today = dayOf(now);
  const rows = await read(async (db) => {
    const where = and(await seenFindings(actor, db), await filtered(db, filter), inView(filter.view, today));
    return await rowsOf(db, where).limit(ROWS_EXPORTED_MAX);
  });
  const table = ledgerTable(
    rows.map(({ finding: row, ...rest }) => ({ ...row, ...rest })),
    now,
  );
  return { bytes: await tablesWorkbook([table]), name: `${table.title} ${today}.xlsx` };
}
