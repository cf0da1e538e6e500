import { desc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { drill, drillRun } from '#lib/server/db/schema/drills.ts';
import { drillReport } from '#lib/server/db/schema/findings.ts';
import { upload } from '#lib/server/db/schema/platform.ts';
import { record } from '#lib/server/events/record.ts';
import { refuse as refuseDrill } from '../copy.ts';
import { secrecyOfDrill } from '../sealed/secrecies.server.ts';
import type { Secrecy } from '../sealed/secrecy.ts';
import { refuseReport } from './copy.ts';
import { evidenceOf, gradesOf } from './evidence.ts';
import { findEvaluated, heldOnOf, logOf, type Evaluated } from './evaluations.server.ts';
import type { ReportTexts } from './forms.ts';
import { reportFacts } from './freezing.server.ts';
import { mayLeadEvaluation } from './policy.ts';
import { draftTexts } from './report-copy.ts';
import type { ReportFacts } from './report.ts';

export type ReportPage = {
  drill: { id: string; title: string; path: string };
  runId: string;
  /** Frozen: the evaluation is published. Before that everything may still change. */
  isFrozen: boolean;
  mayWrite: boolean;
  facts: ReportFacts;
  texts: ReportTexts;
  updatedBy: string;
  updatedAt: Date | null;
  signedBy: string | null;
  signedOn: string | null;
  scan: { id: string; name: string } | null;
  /** 保密情况, where the drill was sealed. */
  secrecy: Secrecy | null;
};

/** What the uploads of a report are about, and its lock. */
export const reportAbout = (runId: string) => `report:${runId}`;

/**
 * A drill for its report: as {@link findEvaluated}, and once published everybody who had a seat. Refused: 404.
 */
async function findReported(actor: Actor, db: Db, drillId: string): Promise<Evaluated> {
  return await findEvaluated(actor, db, drillId, 'published');
}

/** The report of a drill; a draft from the log before publication. Refused: 404. */
export async function readReport(actor: Actor, drillId: string): Promise<ReportPage> {
  return await read(async (db) => {
    const evaluated = await findReported(actor, db, drillId);
    const { row, loaded, standing } = evaluated;
    const [stored] = await db.select().from(drillReport).where(eq(drillReport.runId, loaded.row.id));
    const facts = stored
      ? (stored.facts as unknown as ReportFacts)
      : await currentFacts(actor, db, evaluated);
    const { analysis, advice, conclusion } = stored ?? draftTexts(facts);
    const [scan] = stored?.scanId ? await db.select().from(upload).where(eq(upload.id, stored.scanId)) : [];
    return {
      drill: { id: row.id, title: row.title, path: row.path },
      runId: loaded.row.id,
      secrecy: await secrecyOfDrill(db, row.id),
      isFrozen: stored !== undefined,
      mayWrite: stored !== undefined && mayLeadEvaluation(actor, standing),
      facts,
      texts: { analysis, advice, conclusion },
      updatedBy: stored?.updatedBy ?? '',
      updatedAt: stored?.updatedAt ?? null,
      signedBy: stored?.signedBy ?? null,
      signedOn: stored?.signedOn ?? null,
      scan: scan ? { id: scan.id, name: scan.name } : null,
    };
  });
}

async function currentFacts(actor: Actor, db: Db, { row, loaded }: Evaluated): Promise<ReportFacts> {
  const entries = await logOf(actor, db, loaded);
  const { script, run } = loaded;
  const { state } = run.snapshot;
  const grades = gradesOf(script, evidenceOf(state, entries));
  const heldOn = heldOnOf(entries, row.plannedOn);
  return await reportFacts(actor, db, { row, run: loaded.row, script, state, entries, grades, heldOn });
}

type Change = {
  set: Partial<typeof drillReport.$inferInsert>;
  kind: string;
  detail?: Record<string, unknown>;
};

/** Changes a frozen report, by whoever leads the evaluation. Refused: 404, 403, report_not_frozen. */
async function changeReport(
  actor: Actor,
  drillId: string,
  now: Date,
  decide: (report: typeof drillReport.$inferSelect, evaluated: Evaluated) => Change,
): Promise<void> {
  await write(`drill:${drillId}`, async (tx) => {
    const evaluated = await findReported(actor, tx, drillId);
    const { row, loaded, standing } = evaluated;
    if (!mayLeadEvaluation(actor, standing)) throw refuseDrill('forbidden');
    const [report] = await tx.select().from(drillReport).where(eq(drillReport.runId, loaded.row.id));
    if (!report) throw refuseReport('report_not_frozen');
    const { set, kind, detail = {} } = decide(report, evaluated);
    await tx.update(drillReport).set(set).where(eq(drillReport.runId, loaded.row.id));
    if (set.signedBy)
      await tx
        .update(drill)
        .set({ reportSignedBy: set.signedBy, reportSignedAt: now })
        .where(eq(drill.id, drillId));
    const happening = { stream: `drill:${drillId}`, kind, actor, at: now, path: row.path };
    await record(tx, { ...happening, detail: { title: row.title, ...detail } });
  });
}

/** Saves the three texts. Refused: 404, 403, report_not_frozen, report_signed. */
export async function writeReport(
  actor: Actor,
  drillId: string,
  texts: ReportTexts,
  now: Date,
): Promise<void> {
  await changeReport(actor, drillId, now, (report) => {
    if (report.signedBy !== null) throw refuseReport('report_signed');
    return { set: { ...texts, updatedBy: actor.name, updatedAt: now }, kind: 'drill_report_written' };
  });
}

/**
 * Records that the report was signed: from then on the drill counts. Refused: 404, 403, report_not_frozen,
 * report_signed, signed_ahead (a day to come), signed_before (earlier than the drill).
 */
export async function signReport(
  actor: Actor,
  drillId: string,
  { signedBy, signedOn }: { signedBy: string; signedOn: string },
  now: Date,
): Promise<void> {
  await changeReport(actor, drillId, now, (report) => {
    if (report.signedBy !== null) throw refuseReport('report_signed');
    if (signedOn > dayOf(now)) throw refuseReport('signed_ahead');
    if (signedOn < (report.facts as unknown as ReportFacts).heldOn) throw refuseReport('signed_before');
    return { set: { signedBy, signedOn }, kind: 'drill_report_signed', detail: { signedBy, signedOn } };
  });
}

/** Puts the scanned signed page onto the report. Refused: 404, 403, report_not_frozen, report_unsigned. */
export async function attachScan(
  actor: Actor,
  drillId: string,
  scan: { id: string; about: string; name: string },
  now: Date,
): Promise<void> {
  await changeReport(actor, drillId, now, (report) => {
    if (report.signedBy === null) throw refuseReport('report_unsigned');
    if (scan.about !== reportAbout(report.runId)) throw refuseDrill('not_found');
    return { set: { scanId: scan.id }, kind: 'drill_report_scanned', detail: { name: scan.name } };
  });
}

/** Who may read a scanned report page: whoever reads the report. */
export async function mayReadEvaluationFiles(actor: Actor, about: string): Promise<boolean> {
  const runId = about.slice(about.indexOf(':') + 1);
  return await read(async (db) => {
    const [run] = await db
      .select({ drillId: drillRun.drillId })
      .from(drillRun)
      .where(eq(drillRun.id, runId))
      .orderBy(desc(drillRun.createdAt));
    if (!run) return false;
    return await findReported(actor, db, run.drillId).then(
      ({ loaded }) => loaded.row.id === runId,
      () => false,
    );
  });
}
