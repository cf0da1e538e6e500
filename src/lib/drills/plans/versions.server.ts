import { and, asc, desc, eq, isNotNull } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import type { Db, Tx } from '#lib/server/db/open.ts';
import { plan, planClause, planVersion } from '#lib/server/db/schema/drills.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import type { StoredClause } from './clause-edit.ts';
import { refuse } from './copy.ts';
import type { PlanParameter, PlanText } from './plan.ts';
import { mayKeepPlan, maySeePlan } from './policy.ts';

export type PlanRow = typeof plan.$inferSelect;
export type VersionRow = typeof planVersion.$inferSelect;

/** The stream of a plan's events, and its lock. */
export const planStream = (id: string) => `drill-plan:${id}`;

/** Clauses stored in one statement. */
const CLAUSES_A_STATEMENT = 100;

/** A plan the actor may see. Refused: not_found. */
export async function findPlan(db: Db, actor: Actor, id: string): Promise<PlanRow> {
  const [row] = await db.select().from(plan).where(eq(plan.id, id));
  if (!row) throw refuse('not_found');
  const inForce = await db.$count(
    planVersion,
    and(eq(planVersion.planId, id), isNotNull(planVersion.inForceAt)),
  );
  if (!maySeePlan(actor, { ...row, inForce: inForce > 0 && row.archivedAt === null }))
    throw refuse('not_found');
  return row;
}

/** A plan the actor may change. Refused: not_found, model_fixed, forbidden. */
export async function findKeptPlan(db: Db, actor: Actor, id: string): Promise<PlanRow> {
  const row = await findPlan(db, actor, id);
  if (row.isModel) throw refuse('model_fixed');
  if (!mayKeepPlan(actor, row)) throw refuse('forbidden');
  return row;
}

/** The draft of a plan, if it has one. */
export async function draftOf(db: Db, planId: string): Promise<VersionRow | null> {
  const [latest] = await versionsOf(db, planId);
  return latest && latest.inForceAt === null ? latest : null;
}

/** The version that holds now: the last one put in force. */
export async function versionInForce(db: Db, planId: string): Promise<VersionRow | null> {
  return (await versionsOf(db, planId)).find((version) => version.inForceAt !== null) ?? null;
}

/** All versions, the newest first. */
export async function versionsOf(db: Db, planId: string): Promise<VersionRow[]> {
  return await db
    .select()
    .from(planVersion)
    .where(eq(planVersion.planId, planId))
    .orderBy(desc(planVersion.number));
}

export async function clausesOf(db: Db, versionId: string): Promise<StoredClause[]> {
  const rows = await db
    .select()
    .from(planClause)
    .where(eq(planClause.versionId, versionId))
    .orderBy(asc(planClause.position));
  return rows.map(({ id, no, title, body, depth }) => ({ id, no, title, body, depth }));
}

/** Everything a version says. */
export async function textOf(db: Db, version: VersionRow): Promise<PlanText> {
  const { responses, duties, contacts, cards, basis } = version;
  const clauses = (await clausesOf(db, version.id)).map(({ no, title, body, depth }) => ({
    no,
    title,
    body,
    depth,
  }));
  return { clauses, responses, duties, contacts, cards, basis };
}

/** Puts the clauses of a draft in place of those it has. */
export async function storeClauses(
  tx: Tx,
  versionId: string,
  clauses: readonly StoredClause[],
): Promise<void> {
  await tx.delete(planClause).where(eq(planClause.versionId, versionId));
  const rows = clauses.map((clause, position) => ({ ...clause, versionId, position }));
  for (let from = 0; from < rows.length; from += CLAUSES_A_STATEMENT)
    await tx.insert(planClause).values(rows.slice(from, from + CLAUSES_A_STATEMENT));
}

/** Writes a new draft of a plan. Refused: draft_exists. */
export async function insertDraft(
  tx: Tx,
  planId: string,
  text: PlanText,
  { reason, parameters, now }: { reason: string; parameters: PlanParameter[]; now: Date },
): Promise<string> {
  const [latest] = await versionsOf(tx, planId);
  if (latest && latest.inForceAt === null) throw refuse('draft_exists');
  const id = newId();
  const { clauses, ...annexes } = text;
  await tx.insert(planVersion).values({
    ...{ id, planId, number: (latest?.number ?? 0) + 1, documentNumber: '', issuedOn: null, inForceAt: null },
    ...annexes,
    ...{ parameters, reason, createdAt: now },
  });
  await storeClauses(
    tx,
    id,
    clauses.map((clause) => ({ ...clause, id: newId() })),
  );
  return id;
}

/** Tells what happened to a plan, in the write that holds {@link planStream}. */
export async function tell(
  tx: Tx,
  actor: Actor,
  { id, path }: Pick<PlanRow, 'id' | 'path'>,
  kind: string,
  detail: Record<string, unknown>,
  now: Date,
): Promise<void> {
  await record(tx, { stream: planStream(id), kind, actor, at: now, path, detail });
}
