import { and, asc, desc, eq, inArray, or, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { exemption, rule, standing } from '#lib/server/db/schema/coverage.ts';
import { account, person, post } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { isReason } from './adoption.ts';
import { refuse } from './copy.ts';
import { isWithdrawable, reasonsNotToAsk, reasonsNotToDecide, type ExemptionState } from './exemption.ts';
import { coverageSubtrees, mayAskExemption, mayDecideExemption, maySeeCoverage } from './policy.ts';
import { keepStandings } from './standings.server.ts';
import { inSubtree } from './subtree.server.ts';

/**
 * Asks for a person's exemption from a soft rule for this year. Refused: not_found, rule_hard,
 * rule_not_for_person, exemption_exists, reason_missing.
 */
export async function askExemption(
  actor: Actor,
  input: { personId: string; ruleId: string; reason: string },
  now: Date,
): Promise<{ exemptionId: string }> {
  const { personId, ruleId } = input;
  const year = yearOf(now);
  return await write(`person:${personId}`, async (tx) => {
    const [who] = await tx.select().from(person).where(eq(person.id, personId));
    if (!who || who.mergedInto !== null || !mayAskExemption(actor, who.path)) throw refuse('not_found');
    const [asked] = await tx.select().from(rule).where(eq(rule.id, ruleId));
    if (!asked) throw refuse('not_found');
    const previous = await findAsked(tx, personId, ruleId, year);
    const [falling] = await tx
      .select({ ruleId: standing.ruleId })
      .from(standing)
      .where(and(eq(standing.personId, personId), eq(standing.year, year), eq(standing.ruleId, ruleId)))
      .limit(1);
    const standingOf = { fallsUnder: falling !== undefined, previous: previous?.state ?? null };
    const [reason] = reasonsNotToAsk(asked, standingOf, input.reason);
    if (reason) throw refuse(reason);
    const row = {
      ...{ id: previous?.id ?? newId(), personId, ruleId, year, path: who.path, reason: input.reason.trim() },
      ...{
        state: 'asked' as const,
        askedBy: actor.accountId ?? '',
        askedAt: now,
        decidedBy: null,
        decidedAt: null,
      },
    };
    await tx
      .insert(exemption)
      .values(row)
      .onConflictDoUpdate({ target: [exemption.personId, exemption.ruleId, exemption.year], set: row });
    const detail = { exemptionId: row.id, ruleId, year, reason: row.reason };
    await record(tx, {
      stream: `person:${personId}`,
      kind: 'exemption_asked',
      actor,
      at: now,
      path: who.path,
      detail,
    });
    return { exemptionId: row.id };
  });
}

/** What a request would be about, and what speaks against it. Refused: not_found. */
export async function readExemptionDraft(actor: Actor, personId: string, ruleId: string, now: Date) {
  const year = yearOf(now);
  return await read(async (db) => {
    const [who] = await db.select().from(person).where(eq(person.id, personId));
    const [asked] = await db.select().from(rule).where(eq(rule.id, ruleId));
    if (!who || !asked || who.mergedInto !== null || !mayAskExemption(actor, who.path))
      throw refuse('not_found');
    const previous = await findAsked(db, personId, ruleId, year);
    const [falling] = await db
      .select({ unit: post.unit, required: standing.required, done: standing.done })
      .from(standing)
      .innerJoin(post, eq(post.id, standing.postId))
      .where(and(eq(standing.personId, personId), eq(standing.year, year), eq(standing.ruleId, ruleId)))
      .limit(1);
    const standingOf = { fallsUnder: falling !== undefined, previous: previous?.state ?? null };
    const reasons = reasonsNotToAsk(asked, standingOf, DRAFT_REASON).map((code) => refuse(code).message);
    return {
      person: { id: who.id, name: who.name, idMasked: who.idMasked, unit: falling?.unit ?? '' },
      rule: { id: asked.id, title: asked.title, metric: asked.metric },
      ...{ year, required: falling?.required ?? 0, done: falling?.done ?? 0, reasons },
    };
  });
}

/** Long enough: whether a reason is missing is only known when it is sent. */
const DRAFT_REASON = '····';

async function findAsked(db: Db, personId: string, ruleId: string, year: number) {
  const [row] = await db
    .select()
    .from(exemption)
    .where(and(eq(exemption.personId, personId), eq(exemption.ruleId, ruleId), eq(exemption.year, year)));
  return row;
}

type Row = typeof exemption.$inferSelect;

/** Changes one exemption under the lock of its person, and lets the person's standings follow. */
async function changeExemption(
  actor: Actor,
  exemptionId: string,
  now: Date,
  decide: (row: Row) => { kind: string; change: Partial<Row>; detail: Record<string, unknown> },
): Promise<void> {
  const [known] = await read((db) => db.select().from(exemption).where(eq(exemption.id, exemptionId)));
  if (!known || !maySeeCoverage(actor, known.path)) throw refuse('not_found');
  const { personId, year } = known;
  await write(`person:${personId}`, async (tx) => {
    const [row] = await tx.select().from(exemption).where(eq(exemption.id, exemptionId));
    if (!row) throw refuse('not_found');
    const { kind, change, detail } = decide(row);
    await tx
      .update(exemption)
      .set(change)
      .where(and(eq(exemption.id, exemptionId), eq(exemption.state, row.state)));
    const about = { stream: `person:${personId}`, actor, at: now, path: row.path };
    await record(tx, { ...about, kind, detail: { exemptionId, ruleId: row.ruleId, year, ...detail } });
    await keepStandings(tx, [personId], year, now);
  });
}

/**
 * Approves or sends back a request; who asked never approves. Refused: not_found, forbidden,
 * exemption_decided, approver_same, reason_missing (when sent back).
 */
export async function decideExemption(
  actor: Actor,
  exemptionId: string,
  decision: { approve: boolean; reason: string },
  now: Date,
): Promise<void> {
  await changeExemption(actor, exemptionId, now, (row) => {
    if (!mayDecideExemption(actor, row.path)) throw refuse('forbidden');
    const [first] = reasonsNotToDecide(row, actor);
    if (first) throw refuse(first);
    if (!decision.approve && !isReason(decision.reason)) throw refuse('reason_missing');
    return {
      kind: decision.approve ? 'exemption_approved' : 'exemption_refused',
      change: {
        state: decision.approve ? 'approved' : 'refused',
        decidedBy: actor.accountId ?? '',
        decidedAt: now,
      },
      detail: { reason: decision.reason.trim() },
    };
  });
}

/**
 * Takes back a request (who asked, or the bureau) or an approval (the bureau). Refused: not_found,
 * forbidden, exemption_not_withdrawable, reason_missing.
 */
export async function withdrawExemption(
  actor: Actor,
  exemptionId: string,
  reason: string,
  now: Date,
): Promise<void> {
  await changeExemption(actor, exemptionId, now, (row) => {
    const own = row.state === 'asked' && row.askedBy === actor.accountId;
    if (!own && !mayDecideExemption(actor, row.path)) throw refuse('forbidden');
    if (!isWithdrawable(row.state)) throw refuse('exemption_not_withdrawable');
    if (!isReason(reason)) throw refuse('reason_missing');
    const change = { state: 'withdrawn' as const, decidedBy: actor.accountId ?? '', decidedAt: now };
    return { kind: 'exemption_withdrawn', change, detail: { reason: reason.trim() } };
  });
}

const WAITING_FIRST = sql`case when ${exemption.state} = 'asked' then 0 else 1 end`;

export type ExemptionRow = Row & {
  name: string;
  idMasked: string;
  ruleTitle: string;
  askedByName: string;
  decidedByName: string;
  mayDecide: boolean;
  mayWithdraw: boolean;
};

/** Exemptions of a year in the actor's places, those waiting first. Refused: forbidden. */
export async function listExemptions(
  actor: Actor,
  filters: { year: number; state: ExemptionState | null },
  page: number,
): Promise<PageOf<ExemptionRow> & { waiting: number }> {
  const subtrees = coverageSubtrees(actor);
  if (subtrees.length === 0) throw refuse('forbidden');
  const visible = and(
    eq(exemption.year, filters.year),
    or(...subtrees.map((path) => inSubtree(exemption.path, path))),
  );
  const where = filters.state === null ? visible : and(visible, eq(exemption.state, filters.state));
  return await read(async (db) => {
    const rows = await db
      .select({ exemption, name: person.name, idMasked: person.idMasked, ruleTitle: rule.title })
      .from(exemption)
      .innerJoin(person, eq(person.id, exemption.personId))
      .innerJoin(rule, eq(rule.id, exemption.ruleId))
      .where(where)
      .orderBy(WAITING_FIRST, desc(exemption.askedAt), asc(exemption.id))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    const accounts = await db
      .select({ id: account.id, name: account.name })
      .from(account)
      .where(
        inArray(
          account.id,
          rows.flatMap((row) => [row.exemption.askedBy, row.exemption.decidedBy ?? '']),
        ),
      );
    const names = new Map(accounts.map((one) => [one.id, one.name]));
    const shown = rows.map(({ exemption: row, ...rest }) => ({
      ...row,
      ...rest,
      askedByName: names.get(row.askedBy) ?? '',
      decidedByName: names.get(row.decidedBy ?? '') ?? '',
      mayDecide: mayDecideExemption(actor, row.path) && reasonsNotToDecide(row, actor).length === 0,
      mayWithdraw:
        isWithdrawable(row.state) &&
        (mayDecideExemption(actor, row.path) || (row.state === 'asked' && row.askedBy === actor.accountId)),
    }));
    const total = await db.$count(exemption, where);
    const waiting = await db.$count(exemption, and(visible, eq(exemption.state, 'asked')));
    return { rows: shown, total, page, pageSize: PAGE_SIZE, waiting };
  });
}
