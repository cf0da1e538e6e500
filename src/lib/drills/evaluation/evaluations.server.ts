import { randomUUID } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { drill, drillRun, drillSeat } from '#lib/server/db/schema/drills.ts';
import { drillGrade } from '#lib/server/db/schema/findings.ts';
import { refuse } from '../copy.ts';
import { namingOf } from '../runs/fact-copy.ts';
import { logLines, type LogLine } from '../runs/log-copy.ts';
import type { Deed } from '../runs/run-command.ts';
import type { Entry } from '../runs/run-log.ts';
import { tellRun } from '../runs/run-bus.server.ts';
import { entriesBetween, loadRun, type LoadedRun } from '../runs/run-store.server.ts';
import { aboutsOf, obey } from '../runs/runs.server.ts';
import { groupsOf, type Seat } from '../runs/seat.ts';
import type { Script } from '../scripts/script.ts';
import {
  evaluatorViews,
  publishWarnings,
  sheetViews,
  type EvaluatorView,
  type PublishWarning,
  type SheetView,
} from './evaluation.ts';
import { evidenceOf, gradesOf, type Grades } from './evidence.ts';
import { mayLeadEvaluation, maySeeEvaluation, maySeeReport, type Standing } from './policy.ts';

export type SeatRow = typeof drillSeat.$inferSelect;

/** A drill's present run as somebody after the end may see it. */
export type Evaluated = {
  row: typeof drill.$inferSelect;
  loaded: LoadedRun;
  seats: SeatRow[];
  own: Seat | null;
  standing: Standing;
};

/**
 * A drill for the pages after its end. Refused: 404 without it, or for whoever must not see it (a player
 * before publication is told nothing, not even that there is something). `published` pages open at
 * publication to everybody who had a seat.
 */
export async function findEvaluated(
  actor: Actor,
  db: Db,
  drillId: string,
  openTo: 'leaders' | 'published' = 'leaders',
): Promise<Evaluated> {
  const [row] = await db.select().from(drill).where(eq(drill.id, drillId));
  const [run] = await db
    .select({ id: drillRun.id })
    .from(drillRun)
    .where(eq(drillRun.drillId, drillId))
    .orderBy(desc(drillRun.createdAt))
    .limit(1);
  if (!row || !run) throw refuse('not_found');
  const loaded = (await loadRun(db, run.id))!;
  const seats = await db.select().from(drillSeat).where(eq(drillSeat.runId, run.id));
  const mine = seats.find(({ accountId }) => accountId === actor.accountId);
  const own = mine ? { id: mine.id, roles: mine.roles, name: mine.name } : null;
  const standing: Standing = {
    path: row.path,
    groups: own ? groupsOf(loaded.script, own) : new Set(),
    isPublished: ['published', 'archived'].includes(loaded.run.snapshot.stage),
  };
  const maySee = openTo === 'published' ? maySeeReport : maySeeEvaluation;
  if (!maySee(actor, standing)) throw refuse('not_found');
  return { row, loaded, seats, own, standing };
}

/** The whole log of the run. */
export async function logOf(_actor: Actor, db: Db, { row }: LoadedRun): Promise<Entry[]> {
  return await entriesBetween(db, row.id, 0, row.seq);
}

export type EvaluationPage = {
  drill: { id: string; title: string; state: string; plannedOn: string; path: string };
  runId: string;
  stage: LoadedRun['run']['snapshot']['stage'];
  mayLead: boolean;
  grades: Grades;
  /** As published, which the figures above no longer change. */
  published: {
    version: number;
    at: Date;
    by: string;
    inputHash: string;
    logSeq: number;
    logHash: string;
  } | null;
  sheets: SheetView[];
  evaluators: EvaluatorView[];
  warnings: PublishWarning[];
  rules: Pick<Script['evaluation'], 'grades' | 'vetoGrade' | 'minCoverage' | 'dispersionAlert'>;
  /** Sentences of the log that a figure rests on, by their place in it. */
  trail: Record<number, Pick<LogLine, 'seq' | 'atMs' | 'text' | 'note' | 'who'>>;
};

/** The evaluation of a drill. Refused: 404. */
export async function readEvaluation(actor: Actor, drillId: string): Promise<EvaluationPage> {
  return await read(async (db) => {
    const { row, loaded, seats, standing } = await findEvaluated(actor, db, drillId);
    const { script, run } = loaded;
    const entries = await logOf(actor, db, loaded);
    const evidence = evidenceOf(run.snapshot.state, entries);
    const frozen = await frozenGrade(actor, db, loaded.row.id);
    const grades = frozen ? (frozen.result as unknown as Grades) : gradesOf(script, evidence);
    const sheets = sheetViews(script, evidence, grades, seats);
    const evaluators = evaluatorViews(script, entries, seats);
    const { id, title, state, plannedOn, path } = row;
    return {
      drill: { id, title, state, plannedOn, path },
      runId: loaded.row.id,
      stage: run.snapshot.stage,
      mayLead: mayLeadEvaluation(actor, standing),
      grades,
      published: frozen
        ? {
            ...{ version: frozen.version, at: frozen.at, by: frozen.publishedBy },
            ...{ inputHash: frozen.inputHash, logSeq: frozen.logSeq, logHash: frozen.logHash },
          }
        : null,
      sheets,
      evaluators,
      warnings: publishWarnings(script, grades, evaluators),
      rules: script.evaluation,
      trail: trailOf(loaded, entries, sheets),
    };
  });
}

/** The last published grade of a run. */
export async function frozenGrade(_actor: Actor, db: Db, runId: string) {
  const [row] = await db
    .select()
    .from(drillGrade)
    .where(eq(drillGrade.runId, runId))
    .orderBy(desc(drillGrade.version))
    .limit(1);
  return row ?? null;
}

function trailOf(
  { script, run }: LoadedRun,
  entries: readonly Entry[],
  sheets: readonly SheetView[],
): EvaluationPage['trail'] {
  const items = sheets.flatMap(({ categories }) => categories.flatMap((category) => category.items));
  const named = new Set(
    items.flatMap(({ grade, actions }) => [
      ...(grade?.trail ?? []),
      ...actions.flatMap((action) => action.trail),
    ]),
  );
  const lines = logLines(entries, namingOf(script, run.snapshot.state.added));
  return Object.fromEntries(
    lines
      .filter(({ seq }) => named.has(seq))
      .map(({ seq, atMs, text, note, who }) => [seq, { seq, atMs, text, note, who }]),
  );
}

/**
 * A deed of whoever leads the evaluation: from the director's seat, or without one by who keeps drills, so
 * that a drill can be archived when its director has moved on. Refused: 404, 403, and as {@link obey}.
 */
export async function leadEvaluation(
  actor: Actor,
  drillId: string,
  deed: Extract<
    Deed,
    { kind: 'open_evaluation' | 'publish_evaluation' | 'archive' | 'moderate' | 'open_hot_wash' }
  >,
  now: Date,
): Promise<void> {
  const runId = (await read((db) => findEvaluated(actor, db, drillId))).loaded.row.id;
  const told = await write(await aboutsOf(actor, runId, deed), async (tx) => {
    const { own, loaded, standing } = await findEvaluated(actor, tx, drillId);
    if (!mayLeadEvaluation(actor, standing)) throw refuse('forbidden');
    const role = directorRole(loaded.script, own);
    const seat = own ?? { id: null, name: actor.name, roles: [role] };
    return await obey(actor, tx, runId, seat, { id: randomUUID(), role, deed }, now);
  });
  if (told.told) tellRun(runId, told.told);
}

function directorRole(script: Script, own: Seat | null): string {
  const directors = script.roles.filter(({ group }) => group === 'director').map(({ id }) => id);
  const role = own ? own.roles.find((id) => directors.includes(id)) : directors[0];
  if (!role) throw refuse('forbidden');
  return role;
}

/** The day a run was held: when it was started. */
export function heldOnOf(entries: readonly Entry[], fallback: string): string {
  const started = entries.find(({ body }) => body.kind === 'started');
  return started ? dayOf(new Date(started.wallMs)) : fallback;
}
