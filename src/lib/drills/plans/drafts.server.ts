import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf, isDay } from '#lib/kernel/day.ts';
import { read, write, type Tx } from '#lib/server/db/open.ts';
import { plan, planClause, planVersion } from '#lib/server/db/schema/drills.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { newId } from '#lib/server/id.ts';
import { adoptedReason, importedReason, refuse, UNNAMED_PLAN } from './copy.ts';
import { readPlanFile, type PlanFile } from './plan-files.server.ts';
import { parametersOf, placesOfParameters, withParameters, type ParameterPlace } from './plan-parameter.ts';
import { reasonsNotToPublish, type PlanKind, type PlanParameter } from './plan.ts';
import { mayKeepPlan, mayWritePlans } from './policy.ts';
import {
  clausesOf,
  draftOf,
  findKeptPlan,
  findPlan,
  insertDraft,
  planStream,
  tell,
  textOf,
  versionInForce,
  type PlanRow,
  type VersionRow,
} from './versions.server.ts';

/** A model as the form asks for it. */
export type ModelToAdopt = {
  plan: PlanRow;
  parameters: (PlanParameter & ParameterPlace)[];
};

/** A model calls its place XX县: that is the place's own name, unless another was given. */
function ownName(value: string, place: string): string {
  return value.startsWith('XX') ? place : value;
}

/** A model with its parameters, for adopting it. Refused: not_found, forbidden, not_a_model. */
export async function readModel(actor: Actor, id: string): Promise<ModelToAdopt> {
  return await read(async (db) => {
    const row = await findPlan(db, actor, id);
    if (!mayWritePlans(actor)) throw refuse('forbidden');
    if (!row.isModel) throw refuse('not_a_model');
    const version = await versionInForce(db, id);
    if (!version) throw refuse('version_none');
    const text = await textOf(db, version);
    const places = placesOfParameters(text);
    const parameters = parametersOf(text).map((one) => ({
      ...one,
      ...(places.get(one.name) ?? { no: '', words: '', before: '', after: '' }),
    }));
    return { plan: row, parameters };
  });
}

/** The place a plan is written for. Refused: not_found (also when it is not the actor's to keep), forbidden. */
async function findPlace(tx: Tx, actor: Actor, divisionId: string) {
  if (!mayWritePlans(actor)) throw refuse('forbidden');
  const [place] = await tx.select().from(division).where(eq(division.id, divisionId));
  if (!place || !mayKeepPlan(actor, { path: place.path, isModel: false })) throw refuse('not_found');
  return place;
}

async function demandFreeKey(tx: Tx, divisionId: string, key: string): Promise<void> {
  const same = await tx.select().from(plan).where(eq(plan.divisionId, divisionId));
  if (same.some((one) => one.key === key)) throw refuse('plan_key_taken');
}

/**
 * Adopts a model as a plan of a place: a draft with the values in place of the parameters; a value that
 * was not given stays a line to write on. Refused: not_found, forbidden, not_a_model, plan_key_taken.
 */
export async function adoptModel(
  actor: Actor,
  modelId: string,
  input: { title: string; divisionId: string; values: Readonly<Record<string, string>> },
  now: Date,
): Promise<string> {
  const id = newId();
  return await write([planStream(id), `plans-of:${input.divisionId}`], async (tx) => {
    const model = await findPlan(tx, actor, modelId);
    if (!model.isModel) throw refuse('not_a_model');
    const place = await findPlace(tx, actor, input.divisionId);
    await demandFreeKey(tx, place.id, model.key);
    const version = await versionInForce(tx, modelId);
    if (!version) throw refuse('version_none');
    const text = await textOf(tx, version);
    const parameters = parametersOf(text).map((one) => ({
      ...one,
      value: ownName(input.values[one.name] ?? one.value, place.name),
    }));
    const { key, kind, eventType } = model;
    const row = { id, divisionId: place.id, path: place.path, key, title: input.title, kind, eventType };
    await tx
      .insert(plan)
      .values({ ...row, organizationId: null, isModel: false, archivedAt: null, createdAt: now });
    const reason = adoptedReason(model.title);
    await insertDraft(tx, id, withParameters(text, parameters), { reason, parameters, now });
    const values = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
    await tell(tx, actor, row, 'drill_plan_adopted', { title: input.title, modelId, values }, now);
    return id;
  });
}

export type ImportInput = {
  title: string;
  divisionId: string;
  kind: PlanKind;
  eventType: string;
  file: PlanFile;
};

/**
 * Reads a file as a new plan of a place: a draft to be checked. Refused: not_found, forbidden, and as
 * {@link readPlanFile} refuses a file.
 */
export async function importPlan(actor: Actor, input: ImportInput, now: Date): Promise<string> {
  if (!mayWritePlans(actor)) throw refuse('forbidden');
  const { front, ...text } = await readPlanFile(actor, input.file);
  const id = newId();
  return await write([planStream(id), `plans-of:${input.divisionId}`], async (tx) => {
    const place = await findPlace(tx, actor, input.divisionId);
    const title = (input.title || front.title || UNNAMED_PLAN).slice(0, 80);
    const { kind, eventType, file } = input;
    const row = { id, divisionId: place.id, path: place.path, key: `plan-${id}`, title, kind, eventType };
    await tx
      .insert(plan)
      .values({ ...row, organizationId: null, isModel: false, archivedAt: null, createdAt: now });
    const parameters = parametersOf(text);
    const reason = importedReason(file.name).slice(0, 200);
    await insertDraft(tx, id, withParameters(text, parameters), { reason, parameters, now });
    const detail = { title, fileName: file.name, sha256: file.sha256, clauses: text.clauses.length };
    await tell(tx, actor, row, 'drill_plan_imported', detail, now);
    return id;
  });
}

/** Reads a file as the next version of a plan. Refused: as {@link importPlan}, model_fixed, plan_archived, draft_exists. */
export async function importVersion(
  actor: Actor,
  planId: string,
  { file, reason }: { file: PlanFile; reason: string },
  now: Date,
): Promise<void> {
  await read((db) => findKeptPlan(db, actor, planId));
  const { front: _, ...text } = await readPlanFile(actor, file);
  await write(planStream(planId), async (tx) => {
    const row = await findOpenPlan(tx, actor, planId);
    const parameters = parametersOf(text);
    const why = (reason || importedReason(file.name)).slice(0, 200);
    await insertDraft(tx, planId, withParameters(text, parameters), { reason: why, parameters, now });
    const detail = { reason: why, fileName: file.name, sha256: file.sha256, clauses: text.clauses.length };
    await tell(tx, actor, row, 'drill_plan_version_begun', detail, now);
  });
}

async function findOpenPlan(tx: Tx, actor: Actor, planId: string): Promise<PlanRow> {
  const row = await findKeptPlan(tx, actor, planId);
  if (row.archivedAt !== null) throw refuse('plan_archived');
  return row;
}

/** A draft of the actor's to change, inside its write. Refused: not_found, model_fixed, forbidden, plan_archived, draft_none. */
export async function findOpenDraft(
  tx: Tx,
  actor: Actor,
  planId: string,
): Promise<{ row: PlanRow; draft: VersionRow }> {
  const row = await findOpenPlan(tx, actor, planId);
  const draft = await draftOf(tx, planId);
  if (!draft) throw refuse('draft_none');
  return { row, draft };
}

/** Begins the next version as a copy of the one in force. Refused: not_found, model_fixed, forbidden, plan_archived, version_none, draft_exists. */
export async function beginVersion(actor: Actor, planId: string, reason: string, now: Date): Promise<void> {
  await write(planStream(planId), async (tx) => {
    const row = await findOpenPlan(tx, actor, planId);
    const current = await versionInForce(tx, planId);
    if (!current) throw refuse('version_none');
    const { parameters } = current;
    await insertDraft(tx, planId, await textOf(tx, current), { reason, parameters, now });
    await tell(tx, actor, row, 'drill_plan_version_begun', { reason, from: current.number }, now);
  });
}

/**
 * Puts the draft in force under its document: it never changes again. Refused: as {@link findOpenDraft},
 * and by {@link reasonsNotToPublish}.
 */
export async function publishDraft(
  actor: Actor,
  planId: string,
  input: { documentNumber: string; issuedOn: string },
  now: Date,
): Promise<void> {
  await write(planStream(planId), async (tx) => {
    const { row, draft } = await findOpenDraft(tx, actor, planId);
    const documentNumber = input.documentNumber.trim();
    const issuedOn = isDay(input.issuedOn) ? input.issuedOn : null;
    const clauses = await clausesOf(tx, draft.id);
    const [reason] = reasonsNotToPublish(clauses, { documentNumber, issuedOn }, dayOf(now));
    if (reason) throw refuse(reason);
    await tx
      .update(planVersion)
      .set({ documentNumber, issuedOn, inForceAt: now })
      .where(eq(planVersion.id, draft.id));
    const detail = { version: draft.number, documentNumber, issuedOn, clauses: clauses.length };
    await tell(tx, actor, row, 'drill_plan_put_in_force', detail, now);
  });
}

/** Throws a draft away, and with it a plan that never had another version; answers whether the plan is left. Refused: as {@link findOpenDraft}. */
export async function discardDraft(actor: Actor, planId: string, now: Date): Promise<boolean> {
  return await write(planStream(planId), async (tx) => {
    const { row, draft } = await findOpenDraft(tx, actor, planId);
    await tx.delete(planClause).where(eq(planClause.versionId, draft.id));
    await tx.delete(planVersion).where(eq(planVersion.id, draft.id));
    const isLeft = draft.number > 1;
    if (!isLeft) await tx.delete(plan).where(eq(plan.id, planId));
    await tell(
      tx,
      actor,
      row,
      'drill_plan_draft_discarded',
      { version: draft.number, title: row.title },
      now,
    );
    return isLeft;
  });
}

/** Changes what a plan is called and filed under. Refused: not_found, model_fixed, forbidden, plan_archived. */
export async function changePlanFacts(
  actor: Actor,
  planId: string,
  facts: { title: string; kind: PlanKind; eventType: string },
  now: Date,
): Promise<void> {
  await write(planStream(planId), async (tx) => {
    const row = await findOpenPlan(tx, actor, planId);
    const { title, kind, eventType } = row;
    await tx.update(plan).set(facts).where(eq(plan.id, planId));
    await tell(
      tx,
      actor,
      row,
      'drill_plan_changed',
      { before: { title, kind, eventType }, after: facts },
      now,
    );
  });
}

/** Takes a plan out of use, or back into it; its versions stay. Refused: not_found, model_fixed, forbidden. */
export async function archivePlan(actor: Actor, planId: string, archived: boolean, now: Date): Promise<void> {
  await write(planStream(planId), async (tx) => {
    const row = await findKeptPlan(tx, actor, planId);
    if ((row.archivedAt !== null) === archived) return;
    await tx
      .update(plan)
      .set({ archivedAt: archived ? now : null })
      .where(eq(plan.id, planId));
    await tell(tx, actor, row, archived ? 'drill_plan_archived' : 'drill_plan_restored', {}, now);
  });
}
