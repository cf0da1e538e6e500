import { and, asc, count, desc, eq, gt, inArray, isNull, like, or, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import type { ImportTab, OutcomeCounts } from '#lib/kernel/sheet-import.ts';
import { inIdLists, inPlaces, insertRows } from '#lib/server/db/bulk.ts';
import { prepared, read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { account } from '#lib/server/db/schema/people.ts';
import { columnMemory, sheetImport, sheetRow } from '#lib/server/db/schema/platform.ts';
import { inSlices } from '#lib/server/db/slices.ts';

/**
 * What rosters and question files have in common on their way from an upload to committed rows. The
 * features decide what a row means and who may; this only keeps the decided rows.
 */
export type SheetImport = typeof sheetImport.$inferSelect;
export type SheetRow = typeof sheetRow.$inferSelect;
/** A row as a feature decides it. */
export type DecidedRow = Omit<SheetRow, 'importId' | 'turn'>;
export type Outcome = ImportTab;
export type { OutcomeCounts } from '#lib/kernel/sheet-import.ts';

export async function insertImport(tx: Tx, row: typeof sheetImport.$inferInsert): Promise<void> {
  await tx.insert(sheetImport).values(row);
}

export async function loadImport(db: Db, id: string): Promise<SheetImport | null> {
  const [row] = await db.select().from(sheetImport).where(eq(sheetImport.id, id));
  return row ?? null;
}

/** Whoever uploaded a file: the events of its rows name them, not the job that commits. */
export async function importerOf(db: Db, found: SheetImport | null): Promise<Actor> {
  const accountId = found?.accountId || null;
  const [row] = accountId
    ? await db.select({ name: account.name }).from(account).where(eq(account.id, accountId))
    : [];
  return { accountId, personId: null, name: row?.name ?? '', grants: [] };
}

export async function changeImport(tx: Tx, id: string, change: Partial<SheetImport>): Promise<void> {
  await tx.update(sheetImport).set(change).where(eq(sheetImport.id, id));
}

/** Imports of a kind in places or organizations, latest first. */
export async function listImportsIn(
  kind: SheetImport['kind'],
  scope: { paths: string[]; organizationIds: string[] },
  page: number,
): Promise<PageOf<SheetImport>> {
  const visible = [
    ...scope.paths.map((path) => like(sheetImport.path, `${path}%`)),
    ...(scope.organizationIds.length > 0 ? [inArray(sheetImport.organizationId, scope.organizationIds)] : []),
  ];
  const wanted = and(
    eq(sheetImport.kind, kind),
    visible.length > 0 ? or(...visible) : eq(sheetImport.id, ''),
  );
  return await read(async (db) => {
    const total = await db.$count(sheetImport, wanted);
    const rows = await db
      .select()
      .from(sheetImport)
      .where(wanted)
      .orderBy(desc(sheetImport.createdAt))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    return { rows, total, page, pageSize: PAGE_SIZE };
  });
}

/**
 * Replaces the decided rows of an import, in slices that let other requests through. They are committed
 * in the order given here, whatever their order in the file.
 */
export async function storeRows(importId: string, rows: DecidedRow[]): Promise<void> {
  const about = `import:${importId}`;
  await write(about, (tx) => tx.delete(sheetRow).where(eq(sheetRow.importId, importId)));
  const inTurn = rows.map((row, index) => ({ importId, turn: index + 1, ...row }));
  for (const slice of inSlices(inTurn, 128)) await write(about, (tx) => insertRows(tx, sheetRow, slice));
}

export async function countOutcomes(db: Db, importId: string): Promise<OutcomeCounts> {
  const rows = await db
    .select({ outcome: sheetRow.outcome, rows: count() })
    .from(sheetRow)
    .where(eq(sheetRow.importId, importId))
    .groupBy(sheetRow.outcome);
  const counts: OutcomeCounts = { create: 0, update: 0, unchanged: 0, confirm: 0, refused: 0 };
  for (const row of rows) counts[row.outcome] = row.rows;
  return counts;
}

/** Rows of some outcomes in file order. */
export async function listRows(
  db: Db,
  importId: string,
  outcomes: Outcome[],
  page: number,
): Promise<PageOf<SheetRow>> {
  const wanted = and(eq(sheetRow.importId, importId), inArray(sheetRow.outcome, outcomes));
  const total = await db.$count(sheetRow, wanted);
  const rows = await db
    .select()
    .from(sheetRow)
    .where(wanted)
    .orderBy(asc(sheetRow.row))
    .limit(PAGE_SIZE)
    .offset((page - 1) * PAGE_SIZE);
  return { rows, total, page, pageSize: PAGE_SIZE };
}

export async function allRows(db: Db, importId: string, outcome: Outcome): Promise<SheetRow[]> {
  const wanted = and(eq(sheetRow.importId, importId), eq(sheetRow.outcome, outcome));
  return await db.select().from(sheetRow).where(wanted).orderBy(asc(sheetRow.row));
}

function toApply(importId: string) {
  const decided = or(
    inArray(sheetRow.outcome, ['create', 'update']),
    and(eq(sheetRow.outcome, 'confirm'), eq(sheetRow.confirmed, true)),
  );
  return and(eq(sheetRow.importId, importId), isNull(sheetRow.appliedAt), decided);
}

/** The next rows to apply after a turn, in turn. */
export async function nextRows(db: Db, importId: string, after: number, limit: number): Promise<SheetRow[]> {
  const next = and(toApply(importId), gt(sheetRow.turn, after));
  return await db.select().from(sheetRow).where(next).orderBy(asc(sheetRow.turn)).limit(limit);
}

export async function countLeft(db: Db, importId: string): Promise<number> {
  return await db.$count(sheetRow, toApply(importId));
}

export async function markApplied(tx: Tx, importId: string, rows: number[], now: Date): Promise<void> {
  for (const { size, values } of inIdLists(rows))
    await prepared(tx, `sheet_row.applied.${size}`, (db) =>
      db
        .update(sheetRow)
        .set({ appliedAt: sql`${sql.placeholder('now')}` })
        .where(and(eq(sheetRow.importId, sql.placeholder('importId')), inPlaces(sheetRow.row, size))),
    ).execute({ ...values, importId, now: now.getTime() });
}

function toConfirm(importId: string) {
  return and(eq(sheetRow.importId, importId), eq(sheetRow.outcome, 'confirm'));
}

/** Keeps a yes or a no to the change of one row, or of all that wait for one; answers how many rows that is. */
export async function confirmRows(
  tx: Tx,
  importId: string,
  row: number | 'all',
  confirmed: boolean,
): Promise<number> {
  const meant = and(toConfirm(importId), row === 'all' ? undefined : eq(sheetRow.row, row));
  await tx.update(sheetRow).set({ confirmed }).where(meant);
  return await tx.$count(sheetRow, meant);
}

/** Rows whose change somebody said yes to. */
export async function countConfirmed(db: Db, importId: string): Promise<number> {
  return await db.$count(sheetRow, and(toConfirm(importId), eq(sheetRow.confirmed, true)));
}

/** What a bureau's headings mean, as somebody corrected them once: heading → field. */
export async function readColumnMemory(
  db: Db,
  divisionId: string,
  kind: string,
): Promise<Record<string, string>> {
  const rows = await db
    .select()
    .from(columnMemory)
    .where(and(eq(columnMemory.divisionId, divisionId), eq(columnMemory.kind, kind)));
  return Object.fromEntries(rows.map((row) => [row.heading, row.field]));
}

export async function rememberColumns(
  tx: Tx,
  divisionId: string,
  kind: string,
  headings: Record<string, string>,
): Promise<void> {
  for (const [heading, field] of Object.entries(headings))
    await tx
      .insert(columnMemory)
      .values({ divisionId, kind, heading, field })
      .onConflictDoUpdate({
        target: [columnMemory.divisionId, columnMemory.kind, columnMemory.heading],
        set: { field },
      });
}
