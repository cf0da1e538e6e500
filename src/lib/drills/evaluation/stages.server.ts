import { createHash } from 'node:crypto';
import { and, count, desc, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import type { Tx } from '#lib/server/db/open.ts';
import { insertRows } from '#lib/server/db/bulk.ts';
import { clauseTrial, drill, drillSeat } from '#lib/server/db/schema/drills.ts';
import { drillGrade, drillParticipation, finding } from '#lib/server/db/schema/findings.ts';
import { recordMany } from '#lib/server/events/record.ts';
import { refuseDeed } from '../runs/copy.ts';
import type { Deed } from '../runs/run-command.ts';
import type { Stage } from '../runs/run.machine.ts';
import type { Run } from '../runs/run.ts';
import { entriesBetween, type LoadedRun } from '../runs/run-store.server.ts';
import { noteStage, unseal } from '../sealed/unsealing.server.ts';
import { indexOf } from '../scripts/script-index.ts';
import { clauseVerdicts } from './clause-trial.ts';
import { drillStateOf } from './drill-state.ts';
import { evidenceOf, gradesOf } from './evidence.ts';
import { freezeReport } from './freezing.server.ts';

type DrillRow = typeof drill.$inferSelect;

const MOVING: readonly Deed['kind'][] = [
  'start',
  'end',
  'abort',
  'open_hot_wash',
  'open_evaluation',
  'publish_evaluation',
  'archive',
];

/** Whether a deed may move the stage of a run: its write then holds the drill too. */
export function movesStage(kind: Deed['kind']): boolean {
  return MOVING.includes(kind);
}

const TOLD: Partial<Record<Stage, string>> = {
  running: 'drill_started',
  ended: 'drill_ended',
  aborted: 'drill_aborted',
  evaluating: 'drill_evaluation_opened',
  published: 'drill_evaluation_published',
  archived: 'drill_archived',
};

/**
 * What follows for a drill when the stage of its run moved: its state, and at publication the frozen grade
 * and report, the verdicts on clauses and the lines in personal files. All in the write of the deed, which
 * holds the drill. Refused: `revision_open` when it is to be archived too early.
 */
export async function followStage(
  actor: Actor,
  tx: Tx,
  before: LoadedRun,
  after: Run,
  now: Date,
): Promise<void> {
  const { stage } = after.snapshot;
  if (before.sealed && stage !== 'published') return await noteStage(actor, tx, before.sealed, stage, now);
  const loaded = before.sealed ? await unseal(actor, tx, before, before.sealed, stage, now) : before;
  const [row] = await tx.select().from(drill).where(eq(drill.id, loaded.row.drillId));
  if (!row) throw new Error(`run ${loaded.row.id} has no drill`);
  if (stage === 'archived') await mustBeSettled(tx, row);
  await tx
    .update(drill)
    .set({ state: drillStateOf(stage) })
    .where(eq(drill.id, row.id));
  const detail = stage === 'published' ? await publishGrade(actor, tx, loaded, row, now) : {};
  const kind = TOLD[stage];
  const happening = { stream: `drill:${row.id}`, actor, at: now, path: row.path };
  if (kind) await recordMany(tx, [{ ...happening, kind, detail: { title: row.title, ...detail } }]);
}

/** A problem that asks for another plan must lead to one, or somebody signs that it does not. */
async function mustBeSettled(tx: Tx, { id }: DrillRow): Promise<void> {
  const [open] = await tx
    .select({ count: count() })
    .from(finding)
    .where(
      and(
        eq(finding.drillId, id),
        eq(finding.needsPlanRevision, true),
        isNull(finding.planVersionId),
        isNull(finding.revisionWaivedBy),
      ),
    );
  if (open!.count > 0) throw refuseDeed('revision_open', { count: open!.count });
}

async function publishGrade(
  actor: Actor,
  tx: Tx,
  { row: run, script, run: before }: LoadedRun,
  row: DrillRow,
  now: Date,
): Promise<Record<string, unknown>> {
  const entries = await entriesBetween(tx, run.id, 0, run.seq);
  const { state } = before.snapshot;
  const evidence = evidenceOf(state, entries);
  const grades = gradesOf(script, evidence);
  const [last] = await tx
    .select({ version: drillGrade.version })
    .from(drillGrade)
    .where(eq(drillGrade.runId, run.id))
    .orderBy(desc(drillGrade.version))
    .limit(1);
  const version = (last?.version ?? 0) + 1;
  await tx.insert(drillGrade).values({
    runId: run.id,
    version,
    result: grades as unknown as Record<string, unknown>,
    inputHash: hashOf([run.scriptHash, run.engine, evidence]),
    logSeq: run.seq,
    logHash: run.hash,
    publishedBy: actor.name,
    at: now,
  });
  const started = entries.find(({ body }) => body.kind === 'started');
  const heldOn = dayOf(new Date(started?.wallMs ?? now.getTime()));
  await storeVerdicts(tx, row, clauseVerdicts(script, evidence, grades.unit), heldOn);
  await storeParticipations(actor, tx, { row, runId: run.id, script, heldOn }, now);
  await freezeReport(actor, tx, { row, run, script, state, entries, grades, heldOn }, now);
  return { version, grade: grades.unit.grade, total: grades.unit.total };
}

function hashOf(input: unknown): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('base64url');
}

/** A drill that is held again says anew what it found: its earlier verdicts give way. */
async function storeVerdicts(
  tx: Tx,
  { id, path }: DrillRow,
  verdicts: ReturnType<typeof clauseVerdicts>,
  heldOn: string,
): Promise<void> {
  await tx.delete(clauseTrial).where(eq(clauseTrial.drillId, id));
  await insertRows(
    tx,
    clauseTrial,
    verdicts.map((verdict) => ({ ...verdict, drillId: id, path, heldOn })),
  );
}

type Held = { row: DrillRow; runId: string; script: LoadedRun['script']; heldOn: string };

/** Everybody who had a seat and is on the roster gets a line in the personal file. */
async function storeParticipations(
  actor: Actor,
  tx: Tx,
  { row, runId, script, heldOn }: Held,
  now: Date,
): Promise<void> {
  const seats = await tx.select().from(drillSeat).where(eq(drillSeat.runId, runId));
  const { roles } = indexOf(script);
  const byPerson = new Map<string, string[]>();
  for (const { personId, roles: held } of seats)
    if (personId !== null)
      byPerson.set(personId, [
        ...(byPerson.get(personId) ?? []),
        ...held.flatMap((id) => roles.get(id)?.name ?? []),
      ]);
  const lines = [...byPerson].map(([personId, names]) => ({
    drillId: row.id,
    personId,
    title: row.title,
    form: row.form,
    role: [...new Set(names)].join('、'),
    heldOn,
  }));
  await tx.delete(drillParticipation).where(eq(drillParticipation.drillId, row.id));
  await insertRows(tx, drillParticipation, lines);
  const happening = { stream: `drill:${row.id}`, kind: 'drill_participated', actor, at: now, path: row.path };
  await recordMany(
    tx,
    lines.map(({ personId, role, title }) => ({ ...happening, detail: { title, personId, role, heldOn } })),
  );
}
