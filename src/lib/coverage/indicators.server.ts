import { asc, desc, eq, inArray, or } from 'drizzle-orm';
import { covers, type Actor } from '#lib/kernel/actor.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { indicator, indicatorPlan } from '#lib/server/db/schema/coverage.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { readIndicatorsInWorker, writeTemplateInWorker } from '#lib/server/sheets/in-worker.ts';
import { idsOf } from './contribution.ts';
import { refuse, rowRefusal } from './copy.ts';
import {
  pastedRows,
  planState,
  readIndicatorRows,
  reasonsNotToClose,
  reasonsNotToEnterPlan,
  type IndicatorInput,
  type PlanInput,
  type PlanState,
  type RowRefusal,
} from './indicator.ts';
import { indicatorSubtrees, mayKeepIndicators } from './policy.ts';
import { inSubtree } from './subtree.server.ts';

export type PlanRow = typeof indicatorPlan.$inferSelect & {
  place: string;
  state: PlanState;
  indicators: number;
  reported: number;
};
export type IndicatorRow = typeof indicator.$inferSelect;

/** Plans of the actor's places, the latest period first. Refused: forbidden. */
export async function listPlans(actor: Actor, now: Date): Promise<PlanRow[]> {
  const subtrees = indicatorSubtrees(actor);
  if (subtrees.length === 0) throw refuse('forbidden');
  return await read(async (db) => {
    const rows = await db
      .select({ plan: indicatorPlan, place: division.name })
      .from(indicatorPlan)
      .innerJoin(division, eq(division.id, indicatorPlan.divisionId))
      .where(or(...subtrees.map((path) => inSubtree(indicatorPlan.path, path))))
      .orderBy(asc(indicatorPlan.path), desc(indicatorPlan.fromYear));
    const indicators = await db
      .select({ planId: indicator.planId, finalValue: indicator.finalValue })
      .from(indicator)
      .where(
        inArray(
          indicator.planId,
          rows.map(({ plan }) => plan.id),
        ),
      );
    return rows.map(({ plan, place }) => {
      const own = indicators.filter((one) => one.planId === plan.id);
      const reported = own.filter((one) => one.finalValue !== '').length;
      return { ...plan, place, state: planState(plan, yearOf(now)), indicators: own.length, reported };
    });
  });
}

async function findPlan(db: Db, actor: Actor, planId: string) {
  const [plan] = await db.select().from(indicatorPlan).where(eq(indicatorPlan.id, planId));
  if (!plan || !mayKeepIndicators(actor, plan.path)) throw refuse('not_found');
  return plan;
}

/** A plan with its indicators. Refused: not_found. */
export async function readPlan(actor: Actor, planId: string, now: Date) {
  return await read(async (db) => {
    const plan = await findPlan(db, actor, planId);
    const [place] = await db.select().from(division).where(eq(division.id, plan.divisionId));
    const indicators = await listIndicators(db, planId);
    const year = yearOf(now);
    const reasonsNot = reasonsNotToClose(plan, indicators, year);
    return {
      ...plan,
      place: place?.name ?? '',
      state: planState(plan, year),
      indicators,
      reasonsNotToClose: reasonsNot,
    };
  });
}

async function listIndicators(db: Db, planId: string): Promise<IndicatorRow[]> {
  return await db
    .select()
    .from(indicator)
    .where(eq(indicator.planId, planId))
    .orderBy(asc(indicator.ordinal));
}

/** The division whose plans an actor keeps: the top of the bureau's own subtree. Refused: forbidden. */
export async function findPlanPlace(actor: Actor): Promise<{ id: string; name: string; path: string }> {
  const [path] = indicatorSubtrees(actor);
  if (path === undefined) throw refuse('forbidden');
  const [place] = await read((db) =>
    db
      .select()
      .from(division)
      .where(eq(division.id, idsOf(path).at(-1) ?? '')),
  );
  if (!place) throw refuse('forbidden');
  return place;
}

/** A plan as it is being entered: its facts, and its table as a file or as pasted text. */
export type PlanDraft = PlanInput & { rows: string; file?: { bytes: Uint8Array; fileName: string } };

/** What entering a draft would do. */
export type PlanPreview = {
  /** The table as text, also where it came as a file; entering takes this. */
  rows: string;
  /** The sheet of the file; null for pasted text. */
  sheetName: string | null;
  indicators: IndicatorInput[];
  refused: RowRefusal[];
  /** Sentences of everything else that speaks against entering it. */
  reasons: string[];
};

/**
 * Reads the table of a draft, a file in a worker thread, and says what entering it would do; changes nothing.
 * Refused: forbidden, indicator_heading_missing, indicators_long, and as `readWorkbook` refuses a file.
 */
export async function previewPlan(actor: Actor, draft: PlanDraft): Promise<PlanPreview> {
  const place = await findPlanPlace(actor);
  const copied = draft.file
    ? await readIndicatorsInWorker(draft.file)
    : { text: draft.rows, sheetName: null };
  const { indicators, refused, headingFound } = readIndicatorRows(pastedRows(copied.text));
  if (!headingFound) throw refuse('indicator_heading_missing');
  const others = await read((db) =>
    db.select().from(indicatorPlan).where(eq(indicatorPlan.divisionId, place.id)),
  );
  const reasons = reasonsNotToEnterPlan(draft, [...indicators, ...refused], others).map(
    (reason) => refuse(reason).message,
  );
  return { rows: copied.text, sheetName: copied.sheetName, indicators, refused, reasons };
}

/** The empty table of indicators to fill in. Refused: forbidden. */
export async function blankIndicatorSheet(actor: Actor): Promise<Uint8Array> {
  if (indicatorSubtrees(actor).length === 0) throw refuse('forbidden');
  return await writeTemplateInWorker({ kind: 'indicators' });
}

/** Reads rows of a sheet, refusing the whole when a row cannot be read. Refused: indicator_heading_missing, indicator_rows_refused. */
export function indicatorsFrom(_actor: Actor, rows: readonly (readonly string[])[]): IndicatorInput[] {
  const { indicators, refused, headingFound } = readIndicatorRows(rows);
  if (!headingFound) throw refuse('indicator_heading_missing');
  if (refused.length > 0) {
    const sentences = refused.map(({ row, code }) => rowRefusal(row, code));
    throw refuse('indicator_rows_refused', { rows: sentences });
  }
  return indicators;
}

/**
 * Enters the plan of a period with its indicators. Refused: not_found, forbidden, plan_title_missing,
 * source_missing, plan_period_bad, plan_overlaps, indicators_missing.
 */
export async function enterPlan(
  actor: Actor,
  divisionId: string,
  input: PlanInput & { indicators: readonly IndicatorInput[] },
  now: Date,
): Promise<{ planId: string }> {
  const planId = newId();
  return await write([`division:${divisionId}`, `plan:${planId}`], async (tx) => {
    const [place] = await tx.select().from(division).where(eq(division.id, divisionId));
    if (!place || !covers(actor, place.path, 'bureau', 'township_officer')) throw refuse('not_found');
    if (!mayKeepIndicators(actor, place.path)) throw refuse('forbidden');
    const others = await tx.select().from(indicatorPlan).where(eq(indicatorPlan.divisionId, divisionId));
    const [reason] = reasonsNotToEnterPlan(input, input.indicators, others);
    if (reason) throw refuse(reason);
    const { indicators, fromYear, untilYear } = input;
    const plan = { title: input.title.trim(), source: input.source.trim(), fromYear, untilYear };
    await tx
      .insert(indicatorPlan)
      .values({ id: planId, divisionId, path: place.path, closedAt: null, ...plan });
    await tx
      .insert(indicator)
      .values(indicators.map((one) => ({ ...one, id: newId(), planId, source: plan.source })));
    const detail = { ...plan, indicators: indicators.length };
    await record(tx, {
      stream: `plan:${planId}`,
      kind: 'plan_entered',
      actor,
      at: now,
      path: place.path,
      detail,
    });
    return { planId };
  });
}

async function findOpenPlan(tx: Tx, actor: Actor, planId: string) {
  const plan = await findPlan(tx, actor, planId);
  if (plan.closedAt !== null) throw refuse('plan_closed');
  return plan;
}

/** Enters final values by the indicator's number; an empty one takes it back. Refused: not_found, plan_closed. */
export async function enterFinalValues(
  actor: Actor,
  planId: string,
  values: Readonly<Record<string, string>>,
  now: Date,
): Promise<void> {
  await write(`plan:${planId}`, async (tx) => {
    const plan = await findOpenPlan(tx, actor, planId);
    const changed: Record<string, string> = {};
    for (const one of await listIndicators(tx, planId)) {
      const value = values[String(one.ordinal)]?.trim();
      if (value === undefined || value === one.finalValue) continue;
      changed[String(one.ordinal)] = value;
      await tx.update(indicator).set({ finalValue: value }).where(eq(indicator.id, one.id));
    }
    if (Object.keys(changed).length === 0) return;
    const about = { stream: `plan:${planId}`, actor, at: now, path: plan.path };
    await record(tx, { ...about, kind: 'final_values_entered', detail: { values: changed } });
  });
}

/** Closes a plan whose period is over; nothing in it changes any more. Refused: not_found, plan_closed, plan_running, final_values_missing. */
export async function closePlan(actor: Actor, planId: string, now: Date): Promise<void> {
  await write(`plan:${planId}`, async (tx) => {
    const plan = await findOpenPlan(tx, actor, planId);
    const [reason] = reasonsNotToClose(plan, await listIndicators(tx, planId), yearOf(now));
    if (reason) throw refuse(reason);
    await tx.update(indicatorPlan).set({ closedAt: now }).where(eq(indicatorPlan.id, planId));
    await record(tx, {
      stream: `plan:${planId}`,
      kind: 'plan_closed',
      actor,
      at: now,
      path: plan.path,
      detail: {},
    });
  });
}
