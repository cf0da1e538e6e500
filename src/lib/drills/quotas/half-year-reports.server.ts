import { and, asc, desc, eq, inArray, like, or } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { account, organization } from '#lib/server/db/schema/people.ts';
import { upload } from '#lib/server/db/schema/platform.ts';
import { halfYearReport } from '#lib/server/db/schema/quotas.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { CHECK_NAMES, HALF_NAMES, refuse } from './copy.ts';
import type { CheckInput, ReportInput } from './forms.ts';
import { reasonsNotToCheck, reasonsNotToReport, type HalfYear } from './half-year.ts';
import { managedOrganizations, mayRegisterFor, mayReview, registerSubtrees } from './policy.ts';
import { loadUnits } from './units.server.ts';

type ReportRow = typeof halfYearReport.$inferSelect;
const about = (id: string) => `half-year-report:${id}`;

async function findReport(actor: Actor, db: Db, id: string): Promise<ReportRow> {
  const [row] = await db.select().from(halfYearReport).where(eq(halfYearReport.id, id));
  if (!row || !mayRegisterFor(actor, { id: row.organizationId, path: row.path })) throw refuse('not_found');
  return row;
}

/**
 * Sends in an enterprise's drills of a half-year; sent again it replaces what was sent, until a spot check
 * found it in order. The sealed report, scanned, follows. Refused: 404, half_year_bad, report_checked.
 */
export async function submitHalfYear(actor: Actor, input: ReportInput, now: Date): Promise<string> {
  const { organizationId, year, half } = input;
  const mine = and(
    eq(halfYearReport.organizationId, organizationId),
    eq(halfYearReport.year, year),
    eq(halfYearReport.half, half),
  );
  const [known] = await read((db) => db.select().from(halfYearReport).where(mine));
  const id = known?.id ?? newId();
  await write([`half-year:${organizationId}`, about(id)], async (tx) => {
    const [unit] = await tx.select().from(organization).where(eq(organization.id, organizationId));
    if (!unit || unit.kind !== 'enterprise' || !mayRegisterFor(actor, unit)) throw refuse('not_found');
    const [before] = await tx.select().from(halfYearReport).where(mine);
    const [reason] = reasonsNotToReport(input, before ?? null, dayOf(now));
    if (reason) throw refuse(reason);
    const sent = { ...input, path: unit.path, submittedBy: actor.accountId ?? '', submittedAt: now };
    const unchecked = { checkedOn: null, checkResult: null, checkNote: '', checkedBy: null };
    if (before && before.id !== id) throw new Error(`half-year report ${before.id} was sent meanwhile`);
    if (before)
      await tx
        .update(halfYearReport)
        .set({ ...sent, ...unchecked })
        .where(eq(halfYearReport.id, id));
    else await tx.insert(halfYearReport).values({ id, ...sent, ...unchecked, uploadId: null });
    await record(tx, {
      ...{ stream: about(id), kind: 'half_year_reported', actor, at: now, path: unit.path },
      detail: {
        title: unit.name,
        year,
        halfYear: HALF_NAMES[half] ?? '',
        drills: input.drills,
        people: input.people,
      },
    });
  });
  return id;
}

/** Puts the scan of the sealed report onto it. Refused: 404, report_checked. */
export async function attachReportScan(actor: Actor, id: string, uploadId: string, now: Date): Promise<void> {
  await write(about(id), async (tx) => {
    const row = await findReport(actor, tx, id);
    if (row.checkResult === 'in_order') throw refuse('report_checked');
    const [stored] = await tx.select().from(upload).where(eq(upload.id, uploadId));
    if (!stored || stored.about !== about(id)) throw refuse('not_found');
    await tx.update(halfYearReport).set({ uploadId }).where(eq(halfYearReport.id, id));
    await record(tx, {
      ...{ stream: about(id), kind: 'half_year_scan_attached', actor, at: now, path: row.path },
      detail: { name: stored.name },
    });
  });
}

/** Enters what a spot check found. Refused: 404, forbidden, and the first of {@link reasonsNotToCheck}. */
export async function checkHalfYear(actor: Actor, id: string, check: CheckInput, now: Date): Promise<void> {
  await write(about(id), async (tx) => {
    const row = await findReport(actor, tx, id);
    if (!mayReview(actor, row.path)) throw refuse('forbidden');
    const [reason] = reasonsNotToCheck(row, check, actor, dayOf(now));
    if (reason) throw refuse(reason);
    const { result: checkResult, note: checkNote, checkedOn } = check;
    const set = { checkResult, checkNote, checkedOn, checkedBy: actor.accountId ?? '' };
    await tx.update(halfYearReport).set(set).where(eq(halfYearReport.id, id));
    await record(tx, {
      ...{ stream: about(id), kind: 'half_year_checked', actor, at: now, path: row.path },
      detail: {
        result: CHECK_NAMES[checkResult],
        checkedOn,
        ...(checkNote === '' ? {} : { reason: checkNote }),
      },
    });
  });
}

export type ListedReport = ReportRow & { organization: string };
export type ReportList = {
  rows: ListedReport[];
  /** High-risk enterprises of the scope that sent nothing for the half-year. */
  missing: { id: string; name: string }[];
};

/** Reports of a half-year in the actor's scope, and who has not sent one. Refused: forbidden. */
export async function listHalfYear(actor: Actor, asked: HalfYear): Promise<ReportList> {
  const subtrees = registerSubtrees(actor);
  const managed = managedOrganizations(actor);
  if (subtrees.length === 0 && managed.length === 0) throw refuse('forbidden');
  const scope = or(
    ...subtrees.map((path) => like(halfYearReport.path, `${path}%`)),
    inArray(halfYearReport.organizationId, ['', ...managed]),
  );
  return await read(async (db) => {
    const found = await db
      .select({ row: halfYearReport, organization: organization.name })
      .from(halfYearReport)
      .innerJoin(organization, eq(organization.id, halfYearReport.organizationId))
      .where(and(scope, eq(halfYearReport.year, asked.year), eq(halfYearReport.half, asked.half)))
      .orderBy(desc(halfYearReport.submittedAt), asc(halfYearReport.id));
    const rows = found.map((one) => ({ ...one.row, organization: one.organization }));
    const sent = new Set(rows.map(({ organizationId }) => organizationId));
    const missing: ReportList['missing'] = [];
    for (const path of subtrees)
      for (const unit of await loadUnits(db, path, false))
        if (unit.classes.includes('enterprise_risky') && !sent.has(unit.id))
          missing.push({ id: unit.id, name: unit.name });
    return { rows, missing };
  });
}

/** One report with its scan and who sent and checked it. Refused: 404. */
export async function readHalfYear(actor: Actor, id: string) {
  return await read(async (db) => {
    const row = await findReport(actor, db, id);
    const [unit] = await db.select().from(organization).where(eq(organization.id, row.organizationId));
    const people = await db
      .select({ id: account.id, name: account.name })
      .from(account)
      .where(inArray(account.id, ['', row.submittedBy, row.checkedBy ?? '']));
    const nameOf = (accountId: string | null) => people.find((one) => one.id === accountId)?.name ?? '';
    const [scan] = row.uploadId
      ? await db.select({ id: upload.id, name: upload.name }).from(upload).where(eq(upload.id, row.uploadId))
      : [];
    return {
      ...{ row, organization: unit?.name ?? '', scan: scan ?? null },
      ...{ submittedByName: nameOf(row.submittedBy), checkedByName: nameOf(row.checkedBy) },
      mayCheck: mayReview(actor, row.path),
      isOwn: row.submittedBy === actor.accountId,
    };
  });
}

/** Enterprises the actor may report for. Refused: forbidden. */
export async function listReporting(actor: Actor): Promise<{ id: string; name: string }[]> {
  const subtrees = registerSubtrees(actor);
  const managed = managedOrganizations(actor);
  if (subtrees.length === 0 && managed.length === 0) throw refuse('forbidden');
  const scope = or(
    ...subtrees.map((path) => like(organization.path, `${path}%`)),
    inArray(organization.id, ['', ...managed]),
  );
  return await read((db) =>
    db
      .select({ id: organization.id, name: organization.name })
      .from(organization)
      .where(and(scope, eq(organization.kind, 'enterprise')))
      .orderBy(asc(organization.name)),
  );
}

/** Whether files of a report (`half-year-report:<id>`) may be read. */
export async function mayReadReportFiles(actor: Actor, fileAbout: string): Promise<boolean> {
  const id = fileAbout.slice('half-year-report:'.length);
  const [row] = await read((db) => db.select().from(halfYearReport).where(eq(halfYearReport.id, id)));
  return row !== undefined && mayRegisterFor(actor, { id: row.organizationId, path: row.path });
}
