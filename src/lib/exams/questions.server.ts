import { and, asc, count, desc, eq, inArray, isNotNull, isNull, like, or, sql, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { question } from '#lib/server/db/schema/exams.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import type { BankGroup } from './blueprint.ts';
import { refuse } from './copy.ts';
import { bankStream } from './drawing.server.ts';
import { bankDivisionOf } from './exam.ts';
import { bankSubtrees, mayKeepBank } from './policy.ts';
import type { QuestionFilters } from './question-filters.ts';
import { isSameContent, questionFaults, stemKeyOf, type QuestionContent } from './question.ts';

export type QuestionRow = typeof question.$inferSelect;
export type Bank = { divisionId: string; name: string; path: string; count: number };

/** The banks an actor may open: those with questions, and the own county's even when it is empty. */
export async function listBanks(actor: Actor): Promise<Bank[]> {
  const roots = bankSubtrees(actor);
  if (roots.length === 0) return [];
  const own = roots.map(bankDivisionOf);
  return await read(async (db) => {
    const counts = await db
      .select({ divisionId: question.divisionId, count: count() })
      .from(question)
      .where(and(isNull(question.withdrawnAt), or(...roots.map((root) => like(question.path, `${root}%`)))))
      .groupBy(question.divisionId);
    const counted = new Map(counts.map((row) => [row.divisionId, row.count]));
    const places = await db
      .select({ divisionId: division.id, name: division.name, path: division.path })
      .from(division)
      .where(inArray(division.id, [...new Set([...own, ...counted.keys()])]))
      .orderBy(asc(division.path));
    return places
      .filter((place) => mayKeepBank(actor, place.path))
      .map((place) => ({ ...place, count: counted.get(place.divisionId) ?? 0 }));
  });
}

/** The bank of a division, with its place; `not_found` when it is not the actor's to keep. */
export async function findBank(actor: Actor, divisionId: string): Promise<Bank> {
  return await read((db) => bankOf(db, actor, divisionId));
}

async function bankOf(db: Db, actor: Actor, divisionId: string): Promise<Bank> {
  const [place] = await db.select().from(division).where(eq(division.id, divisionId));
  if (!place || !mayKeepBank(actor, place.path)) throw refuse('not_found');
  const inUse = and(eq(question.divisionId, divisionId), isNull(question.withdrawnAt));
  return { divisionId, name: place.name, path: place.path, count: await db.$count(question, inUse) };
}

function filtered(
  divisionId: string,
  { topic, type, difficulty, text, withdrawn }: QuestionFilters,
): SQL | undefined {
  const key = stemKeyOf(text ?? '')
    .toLowerCase()
    .replace(/[\\%_]/g, (sign) => `\\${sign}`);
  return and(
    eq(question.divisionId, divisionId),
    withdrawn ? isNotNull(question.withdrawnAt) : isNull(question.withdrawnAt),
    topic ? eq(question.topic, topic) : undefined,
    type ? eq(question.type, type) : undefined,
    difficulty ? eq(question.difficulty, difficulty) : undefined,
    key ? sql`lower(${question.stemKey}) like ${`%${key}%`} escape '\\'` : undefined,
  );
}

export async function listQuestions(
  actor: Actor,
  divisionId: string,
  filters: QuestionFilters,
  page: number,
): Promise<PageOf<QuestionRow>> {
  return await read(async (db) => {
    await bankOf(db, actor, divisionId);
    const where = filtered(divisionId, filters);
    const rows = await db
      .select()
      .from(question)
      .where(where)
      .orderBy(desc(question.id))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    return { rows, total: await db.$count(question, where), page, pageSize: PAGE_SIZE };
  });
}

/** The questions in use of a bank, counted by type, topic and difficulty: what feasibility is reckoned from. */
export async function listBankGroups(actor: Actor, divisionId: string): Promise<BankGroup[]> {
  return await read(async (db) => {
    await bankOf(db, actor, divisionId);
    return await groupsInBank(actor, db, divisionId);
  });
}

export async function groupsInBank(_system: Actor, db: Db, divisionId: string): Promise<BankGroup[]> {
  const { type, topic, difficulty } = question;
  return await db
    .select({ type, topic, difficulty, count: count() })
    .from(question)
    .where(and(eq(question.divisionId, divisionId), isNull(question.withdrawnAt)))
    .groupBy(type, topic, difficulty)
    .orderBy(asc(topic), asc(type), asc(difficulty));
}

async function visible(db: Db, actor: Actor, id: string): Promise<QuestionRow> {
  const [row] = await db.select().from(question).where(eq(question.id, id));
  if (!row || !mayKeepBank(actor, row.path)) throw refuse('not_found');
  return row;
}

export async function findQuestion(actor: Actor, id: string): Promise<QuestionRow> {
  return await read((db) => visible(db, actor, id));
}

function demandSound(content: QuestionContent): void {
  const [fault, ...also] = questionFaults(content);
  if (fault) throw refuse(fault, { also });
}

async function demandFreeStem(tx: Tx, divisionId: string, stemKey: string, except: string): Promise<void> {
  const taken = await tx
    .select({ id: question.id })
    .from(question)
    .where(and(eq(question.divisionId, divisionId), eq(question.stemKey, stemKey)));
  if (taken.some((row) => row.id !== except)) throw refuse('stem_taken');
}

function contentOf({ type, stem, options, answer, explanation, basis, difficulty, topic }: QuestionContent) {
  return { type, stem, options, answer, explanation, basis, difficulty, topic };
}

/** Adds one question; refuses with its first fault, or `stem_taken`. */
export async function addQuestion(
  actor: Actor,
  divisionId: string,
  content: QuestionContent,
  now: Date,
): Promise<{ id: string }> {
  demandSound(content);
  const stream = bankStream(divisionId);
  return await write(stream, async (tx) => {
    const { path } = await bankOf(tx, actor, divisionId);
    const stemKey = stemKeyOf(content.stem);
    await demandFreeStem(tx, divisionId, stemKey, '');
    const id = newId();
    const row = {
      id,
      divisionId,
      path,
      ...contentOf(content),
      stemKey,
      version: 1,
      withdrawnAt: null,
      createdAt: now,
    };
    await tx.insert(question).values(row);
    const detail = { questionId: id, content: contentOf(content) };
    await record(tx, { stream, kind: 'question_added', actor, at: now, path, detail });
    return { id };
  });
}

/** Runs a change of one question under its bank's lock, on the row as it then is. */
async function onQuestion<Result>(
  actor: Actor,
  id: string,
  change: (tx: Tx, row: QuestionRow, stream: string) => Promise<Result>,
): Promise<Result> {
  const { divisionId } = await findQuestion(actor, id);
  const stream = bankStream(divisionId);
  return await write(stream, async (tx) => change(tx, await visible(tx, actor, id), stream));
}

/**
 * Changes a question: a new version, so that papers already drawn keep the old one. `version` is the one
 * that was on the screen; another in between refuses with `question_changed`.
 */
export async function changeQuestion(
  actor: Actor,
  id: string,
  { content, version }: { content: QuestionContent; version: number },
  now: Date,
): Promise<void> {
  demandSound(content);
  await onQuestion(actor, id, async (tx, row, stream) => {
    if (row.version !== version) throw refuse('question_changed');
    if (row.withdrawnAt !== null) throw refuse('question_withdrawn');
    if (isSameContent(row, content)) return;
    const stemKey = stemKeyOf(content.stem);
    await demandFreeStem(tx, row.divisionId, stemKey, id);
    const after = contentOf(content);
    await tx
      .update(question)
      .set({ ...after, stemKey, version: version + 1 })
      .where(and(eq(question.id, id), eq(question.version, version)));
    const detail = { questionId: id, version: version + 1, before: contentOf(row), after };
    await record(tx, { stream, kind: 'question_changed', actor, at: now, path: row.path, detail });
  });
}

/** Takes a question out of use, with a reason; papers already drawn keep it. Harmless to repeat. */
export async function withdrawQuestion(actor: Actor, id: string, reason: string, now: Date): Promise<void> {
  if (Array.from(reason.trim()).length < 4) throw refuse('reason_missing');
  await onQuestion(actor, id, async (tx, row, stream) => {
    if (row.withdrawnAt !== null) return;
    await tx.update(question).set({ withdrawnAt: now }).where(eq(question.id, id));
    const detail = { questionId: id, reason: reason.trim() };
    await record(tx, { stream, kind: 'question_withdrawn', actor, at: now, path: row.path, detail });
  });
}

export async function restoreQuestion(actor: Actor, id: string, now: Date): Promise<void> {
  await onQuestion(actor, id, async (tx, row, stream) => {
    if (row.withdrawnAt === null) return;
    await tx.update(question).set({ withdrawnAt: null }).where(eq(question.id, id));
    await record(tx, {
      stream,
      kind: 'question_restored',
      actor,
      at: now,
      path: row.path,
      detail: { questionId: id },
    });
  });
}

export type AppliedQuestions = { created: number; updated: number; unchanged: number };

/** The last of several rows with one stem speaks; a bank holds a stem once. */
function byStem(rows: readonly QuestionContent[]): Map<string, QuestionContent> {
  return new Map(rows.map((row) => [stemKeyOf(row.stem), row]));
}

async function knownByStem(tx: Tx, divisionId: string, keys: string[]): Promise<Map<string, QuestionRow>> {
  const known = new Map<string, QuestionRow>();
  for (const slice of inSlices(keys)) {
    const rows = await tx
      .select()
      .from(question)
      .where(and(eq(question.divisionId, divisionId), inArray(question.stemKey, slice)));
    for (const row of rows) known.set(row.stemKey, row);
  }
  return known;
}

/**
 * Brings rows of an import into a bank, within the import's write, which holds {@link bankStream}:
 * unknown stems are added, changed ones get a new version, the rest stays. Applying the same rows again
 * changes nothing. Rows must have passed `questionFaults`; a withdrawn question stays withdrawn.
 */
export async function applyQuestionRows(
  actor: Actor,
  tx: Tx,
  { divisionId, path }: { divisionId: string; path: string },
  rows: readonly QuestionContent[],
  now: Date,
): Promise<AppliedQuestions> {
  if (!mayKeepBank(actor, path)) throw refuse('forbidden');
  const wanted = byStem(rows);
  const known = await knownByStem(tx, divisionId, [...wanted.keys()]);
  const fresh: (typeof question.$inferInsert)[] = [];
  const changed: { row: QuestionRow; content: QuestionContent }[] = [];
  for (const [stemKey, content] of wanted) {
    const row = known.get(stemKey);
    if (row && isSameContent(row, content)) continue;
    if (row) changed.push({ row, content });
    else
      fresh.push({
        id: newId(),
        divisionId,
        path,
        ...contentOf(content),
        stemKey,
        version: 1,
        withdrawnAt: null,
        createdAt: now,
      });
  }
  for (const slice of inSlices(fresh, 100)) await tx.insert(question).values(slice);
  for (const { row, content } of changed)
    await tx
      .update(question)
      .set({ ...contentOf(content), version: row.version + 1 })
      .where(eq(question.id, row.id));
  const applied = {
    created: fresh.length,
    updated: changed.length,
    unchanged: rows.length - fresh.length - changed.length,
  };
  if (fresh.length + changed.length === 0) return applied;
  const detail = {
    ...applied,
    createdIds: fresh.map(({ id }) => id),
    changes: changed.map(({ row, content }) => ({
      questionId: row.id,
      before: contentOf(row),
      after: contentOf(content),
    })),
  };
  await record(tx, {
    stream: bankStream(divisionId),
    kind: 'questions_imported',
    actor,
    at: now,
    path,
    detail,
  });
  return applied;
}
