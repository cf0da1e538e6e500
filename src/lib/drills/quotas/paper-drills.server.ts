import { and, asc, desc, eq, inArray, like, or, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { account, division, organization } from '#lib/server/db/schema/people.ts';
import { upload } from '#lib/server/db/schema/platform.ts';
import { paperDrill, paperDrillUnit } from '#lib/server/db/schema/quotas.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { refuse } from './copy.ts';
import type { Decision, PaperInput } from './forms.ts';
import { paperFaults, reasonsNotToDecide, type PaperState } from './paper-drill.ts';
import { managedOrganizations, mayRegisterFor, mayReview, registerSubtrees } from './policy.ts';
import { listChoices, loadUnit, namesOfUnits, requireUnits, type UnitChoice } from './units.server.ts';

export type PaperRow = typeof paperDrill.$inferSelect;
const about = (id: string) => `paper-drill:${id}`;

/** A joint drill is seen by the keepers of every unit it counts for. Refused: 404. */
async function findPaper(actor: Actor, db: Db, id: string): Promise<PaperRow> {
  const [row] = await db.select().from(paperDrill).where(eq(paperDrill.id, id));
  if (!row || !(await maySeePaper(actor, db, id))) throw refuse('not_found');
  return row;
}

async function maySeePaper(actor: Actor, db: Db, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: paperDrillUnit.unitId })
    .from(paperDrillUnit)
    .where(eq(paperDrillUnit.paperDrillId, id));
  const units = await namesOfUnits(
    db,
    rows.map((row) => row.id),
  );
  return [...units].some(([unitId, { path }]) => mayRegisterFor(actor, { id: unitId, path }));
}

async function tell(
  actor: Actor,
  tx: Tx,
  row: PaperRow,
  kind: string,
  now: Date,
  detail = {},
): Promise<void> {
  const { path, title } = row;
  await record(tx, { stream: about(row.id), kind, actor, at: now, path, detail: { title, ...detail } });
}

/**
 * Registers a drill that a unit held without this system; the scans follow. A joint drill names the other
 * units. Refused: 404 the unit, unit_unknown, and the first of {@link paperFaults}.
 */
export async function enterPaperDrill(actor: Actor, input: PaperInput, now: Date): Promise<string> {
  const id = newId();
  await write(about(id), async (tx) => {
    const unit = await loadUnit(tx, input.unitId);
    if (!unit || !mayRegisterFor(actor, unit)) throw refuse('not_found');
    const { units: others, ...facts } = input;
    const joint = await requireUnits(
      tx,
      others.filter((other) => other !== unit.id),
      registerSubtrees(actor),
    );
    const [fault] = paperFaults({ ...facts, units: joint.length + 1 }, dayOf(now));
    if (fault) throw refuse(fault);
    const row: PaperRow = {
      ...facts,
      ...{ id, path: unit.path, sheetId: null, reportId: null, state: 'entered', reason: '' },
      ...{ enteredBy: actor.accountId ?? '', enteredAt: now, decidedBy: null, decidedAt: null },
    };
    await tx.insert(paperDrill).values(row);
    for (const unitId of [unit.id, ...joint])
      await tx.insert(paperDrillUnit).values({ paperDrillId: id, unitId });
    await tell(actor, tx, row, 'paper_drill_entered', now, { heldOn: input.heldOn, unit: unit.name });
  });
  return id;
}

/** Puts the scan of the sheet or of the report onto an entry of one's own. Refused: 404, 409. */
export async function attachPaperScan(
  actor: Actor,
  id: string,
  scan: { what: 'sheet' | 'report'; uploadId: string },
  now: Date,
): Promise<void> {
  await write(about(id), async (tx) => {
    const row = await findPaper(actor, tx, id);
    if (row.enteredBy !== actor.accountId) throw refuse('paper_of_another');
    if (row.state !== 'entered') throw refuse('paper_decided');
    const [stored] = await tx.select().from(upload).where(eq(upload.id, scan.uploadId));
    if (!stored || stored.about !== about(id)) throw refuse('not_found');
    const set = scan.what === 'sheet' ? { sheetId: stored.id } : { reportId: stored.id };
    await tx.update(paperDrill).set(set).where(eq(paperDrill.id, id));
    await tell(actor, tx, row, 'paper_drill_scan_attached', now, { name: stored.name });
  });
}

async function decideFacts(db: Db, row: PaperRow) {
  const [enterer] = await db
    .select({ personId: account.personId })
    .from(account)
    .where(eq(account.id, row.enteredBy));
  const { state, enteredBy, sheetId, reportId } = row;
  return {
    ...{ state, enteredBy, enteredByPerson: enterer?.personId ?? null },
    ...{ hasSheet: sheetId !== null, hasReport: reportId !== null },
  };
}

/**
 * Confirms or refuses, by the bureau and another than who entered it. Refused: 404, forbidden, with the
 * first of {@link reasonsNotToDecide}.
 */
export async function decidePaperDrill(
  actor: Actor,
  id: string,
  decision: Decision,
  now: Date,
): Promise<void> {
  await write(about(id), async (tx) => {
    const row = await findPaper(actor, tx, id);
    if (!mayReview(actor, row.path)) throw refuse('forbidden');
    const [fault] = reasonsNotToDecide(await decideFacts(tx, row), actor, decision);
    if (fault) throw refuse(fault);
    const { verdict, reason } = decision;
    await tx
      .update(paperDrill)
      .set({ state: verdict, reason, decidedBy: actor.accountId, decidedAt: now })
      .where(and(eq(paperDrill.id, id), eq(paperDrill.state, 'entered')));
    const kind = verdict === 'confirmed' ? 'paper_drill_confirmed' : 'paper_drill_refused';
    await tell(actor, tx, row, kind, now, reason === '' ? {} : { reason });
  });
}

/** The list face of {@link maySeePaper}. */
function inScope(actor: Actor, db: Db) {
  const below = registerSubtrees(actor).flatMap((path) => [
    like(division.path, `${path}%`),
    like(organization.path, `${path}%`),
  ]);
  const seen = db
    .select({ id: paperDrillUnit.paperDrillId })
    .from(paperDrillUnit)
    .leftJoin(division, eq(division.id, paperDrillUnit.unitId))
    .leftJoin(organization, eq(organization.id, paperDrillUnit.unitId))
    .where(or(...below, inArray(paperDrillUnit.unitId, ['', ...managedOrganizations(actor)])));
  return inArray(paperDrill.id, seen);
}

/** Whether the pages of paper drills are for the actor at all. */
export function mayEnterPaper(actor: Actor): boolean {
  return registerSubtrees(actor).length > 0 || managedOrganizations(actor).length > 0;
}

export type ListedPaper = PaperRow & { unit: string; units: number; enteredByName: string };

/** Paper drills in an actor's scope: what waits for a decision first, then the latest. Refused: forbidden. */
export async function listPaperDrills(
  actor: Actor,
  filters: { state: PaperState | '' },
  page: number,
): Promise<PageOf<ListedPaper> & { waiting: number }> {
  if (!mayEnterPaper(actor)) throw refuse('forbidden');
  return await read(async (db) => {
    const scope = inScope(actor, db);
    const where = and(scope, filters.state === '' ? undefined : eq(paperDrill.state, filters.state));
    const total = await db.$count(paperDrill, where);
    const waiting = await db.$count(paperDrill, and(scope, eq(paperDrill.state, 'entered')));
    const rows = await db
      .select({ row: paperDrill, enteredByName: account.name })
      .from(paperDrill)
      .leftJoin(account, eq(account.id, paperDrill.enteredBy))
      .where(where)
      .orderBy(
        sql`case when ${paperDrill.state} = 'entered' then 0 else 1 end`,
        desc(paperDrill.heldOn),
        asc(paperDrill.id),
      )
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    const names = await namesOfUnits(
      db,
      rows.map(({ row }) => row.unitId),
    );
    const counts = await db
      .select({ id: paperDrillUnit.paperDrillId, count: sql<number>`count(*)`.mapWith(Number) })
      .from(paperDrillUnit)
      .where(inArray(paperDrillUnit.paperDrillId, ['', ...rows.map(({ row }) => row.id)]))
      .groupBy(paperDrillUnit.paperDrillId);
    const unitsOf = new Map(counts.map(({ id, count }) => [id, count]));
    const listed = rows.map(({ row, enteredByName }) => ({
      ...row,
      unit: names.get(row.unitId)?.name ?? '',
      units: unitsOf.get(row.id) ?? 1,
      enteredByName: enteredByName ?? '',
    }));
    return { rows: listed, total, waiting, page, pageSize: PAGE_SIZE };
  });
}

/** One paper drill with its scans, and why the actor cannot confirm it. Refused: 404. */
export async function readPaperDrill(actor: Actor, id: string) {
  return await read(async (db) => {
    const row = await findPaper(actor, db, id);
    const unitIds = await db
      .select({ id: paperDrillUnit.unitId })
      .from(paperDrillUnit)
      .where(eq(paperDrillUnit.paperDrillId, id));
    const names = await namesOfUnits(
      db,
      unitIds.map((unit) => unit.id),
    );
    const people = await db
      .select({ id: account.id, name: account.name })
      .from(account)
      .where(inArray(account.id, ['', row.enteredBy, row.decidedBy ?? '']));
    const nameOf = (accountId: string | null) => people.find((one) => one.id === accountId)?.name ?? '';
    const faults = reasonsNotToDecide(await decideFacts(db, row), actor, {
      verdict: 'confirmed',
      reason: '',
    });
    const scans = await db
      .select({ id: upload.id, name: upload.name })
      .from(upload)
      .where(inArray(upload.id, ['', row.sheetId ?? '', row.reportId ?? '']));
    const scanOf = (uploadId: string | null) => scans.find((scan) => scan.id === uploadId) ?? null;
    return {
      row,
      unit: names.get(row.unitId)?.name ?? '',
      others: unitIds.filter((unit) => unit.id !== row.unitId).map((unit) => names.get(unit.id)?.name ?? ''),
      ...{ sheet: scanOf(row.sheetId), report: scanOf(row.reportId) },
      ...{ enteredByName: nameOf(row.enteredBy), decidedByName: nameOf(row.decidedBy) },
      isOwn: row.enteredBy === actor.accountId,
      mayReview: mayReview(actor, row.path),
      reasons: faults.map((fault) => refuse(fault).message),
    };
  });
}

/** Units the actor may register a drill for, and those a joint one may name. Refused: forbidden. */
export async function listPaperUnits(actor: Actor): Promise<UnitChoice[]> {
  if (!mayEnterPaper(actor)) throw refuse('forbidden');
  return await read(async (db) => {
    const choices = await listChoices(db, registerSubtrees(actor));
    for (const id of managedOrganizations(actor)) {
      if (choices.some((choice) => choice.id === id)) continue;
      const names = await namesOfUnits(db, [id]);
      choices.push({ id, name: names.get(id)?.name ?? '', kind: 'organization', parent: '' });
    }
    return choices;
  });
}

/** Whether files of a paper drill (`paper-drill:<id>`) may be read. */
export async function mayReadPaperFiles(actor: Actor, fileAbout: string): Promise<boolean> {
  const id = fileAbout.slice('paper-drill:'.length);
  return await read((db) => maySeePaper(actor, db, id));
}
