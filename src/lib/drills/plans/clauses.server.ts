import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { planVersion } from '#lib/server/db/schema/drills.ts';
import { newId } from '#lib/server/id.ts';
import { annexFields, annexOf, type AnnexPart, type AnnexRows } from './annex-edit.ts';
import { editedClauses, type ClauseEdit, type StoredClause } from './clause-edit.ts';
import { refuse } from './copy.ts';
import { findOpenDraft } from './drafts.server.ts';
import {
  clausesOf,
  draftOf,
  findKeptPlan,
  planStream,
  storeClauses,
  tell,
  versionInForce,
  type PlanRow,
  type VersionRow,
} from './versions.server.ts';

/** A draft with its clauses, for correcting it. Refused: not_found, model_fixed, forbidden, draft_none. */
export async function readDraft(
  actor: Actor,
  planId: string,
): Promise<{ plan: PlanRow; draft: VersionRow; clauses: StoredClause[]; isFirst: boolean }> {
  return await read(async (db) => {
    const row = await findKeptPlan(db, actor, planId);
    const draft = await draftOf(db, planId);
    if (!draft) throw refuse('draft_none');
    return { plan: row, draft, clauses: await clausesOf(db, draft.id), isFirst: draft.number === 1 };
  });
}

/**
 * Corrects one clause of a draft; answers the id of the clause to look at next. Refused: not_found,
 * model_fixed, forbidden, plan_archived, draft_none, clause_gone, clause_first, split_nowhere.
 */
export async function editClause(actor: Actor, planId: string, edit: ClauseEdit, now: Date): Promise<string> {
  return await write(planStream(planId), async (tx) => {
    const { row, draft } = await findOpenDraft(tx, actor, planId);
    const before = await clausesOf(tx, draft.id);
    const fresh = newId();
    const after = editedClauses(before, edit, fresh);
    if (typeof after === 'string') throw refuse(after);
    await storeClauses(tx, draft.id, after);
    const at = before.findIndex(({ id }) => id === edit.clauseId);
    const detail = { version: draft.number, act: edit.act, before: before[at]!, after: after[at] ?? null };
    await tell(tx, actor, row, 'drill_plan_clause_corrected', detail, now);
    if (edit.act === 'add' || edit.act === 'split') return fresh;
    return edit.act === 'change' ? edit.clauseId : (after[Math.max(0, at - 1)]?.id ?? '');
  });
}

/** One annex as the form shows it: of the draft, else the contacts in force. Refused: as {@link replaceAnnex}. */
export async function readAnnex(
  actor: Actor,
  planId: string,
  part: AnnexPart,
): Promise<{ plan: PlanRow; part: AnnexPart; isDraft: boolean; rows: Record<string, string>[] }> {
  return await read(async (db) => {
    const row = await findKeptPlan(db, actor, planId);
    const { version, isDraft } = await annexHolder(db, row, part);
    return { plan: row, part, isDraft, rows: version[part].map(annexFields) };
  });
}

/** The version whose annex may be changed now. */
async function annexHolder(
  db: Db,
  row: PlanRow,
  part: AnnexPart,
): Promise<{ version: VersionRow; isDraft: boolean }> {
  if (row.archivedAt !== null) throw refuse('plan_archived');
  const draft = await draftOf(db, row.id);
  const version = draft ?? (part === 'contacts' ? await versionInForce(db, row.id) : null);
  if (!version) throw refuse('draft_none');
  return { version, isDraft: draft !== null };
}

/**
 * Replaces the levels, duties, contacts or cards of the draft. Contacts of a plan without a draft are
 * replaced in the version in force: a telephone number changes from one day to the next, and no document
 * is issued for it. Answers whether it was the draft. Refused: not_found, model_fixed, forbidden, plan_archived, draft_none, annex_unreadable.
 */
export async function replaceAnnex(
  actor: Actor,
  planId: string,
  { part, rows }: { part: AnnexPart; rows: AnnexRows },
  now: Date,
): Promise<boolean> {
  return await write(planStream(planId), async (tx) => {
    const row = await findKeptPlan(tx, actor, planId);
    const { version, isDraft } = await annexHolder(tx, row, part);
    const after = annexOf(part, rows);
    if (after === null) throw refuse('annex_unreadable');
    await tx
      .update(planVersion)
      .set({ [part]: after })
      .where(eq(planVersion.id, version.id));
    const detail = { version: version.number, part, before: version[part], after };
    await tell(tx, actor, row, 'drill_plan_annex_changed', detail, now);
    return isDraft;
  });
}
