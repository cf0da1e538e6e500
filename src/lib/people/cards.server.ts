import {
  and,
  asc,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  or,
  type SQL,
} from 'drizzle-orm';
import { subtreesOf, type Actor } from '#lib/kernel/actor.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import {
  account,
  accountGrant,
  card,
  division,
  person,
  post,
  session,
} from '#lib/server/db/schema/people.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { cardPin } from '#lib/server/keys.ts';
import { settings } from '#lib/server/settings.ts';
import { qrSvg } from '#lib/server/typeset/qr.ts';
import { typesetTemplate } from '#lib/server/typeset/typeset.ts';
import { CARD_FAILURES_MAX, mayIssueCard } from './account.ts';
import { CARD_STATES, cardLoginName, CARDS_MAX, cardStateOf, type CardState } from './card.ts';
import { helpLine, refuse, SHEET_NAME } from './cards-copy.ts';

export type CardRow = {
  personId: string;
  name: string;
  idMasked: string;
  unit: string;
  state: CardState;
  issuedAt: Date | null;
};

export type CardFilter = { words?: string; path?: string; state?: CardState };

/** The list face of {@link mayIssueCard}. */
function cardSubtrees(actor: Actor): string[] {
  return subtreesOf(actor, 'bureau', 'township_officer');
}

function inState(state: CardState): SQL | undefined {
  if (state === 'none') return isNull(card.id);
  if (state === 'used') return isNotNull(card.usedAt);
  const failures =
    state === 'locked' ? gte(card.failures, CARD_FAILURES_MAX) : lt(card.failures, CARD_FAILURES_MAX);
  return and(isNotNull(card.id), isNull(card.usedAt), failures);
}

function wantedCards(actor: Actor, filter: CardFilter): SQL | undefined {
  const places = cardSubtrees(actor).map((root) => like(person.path, `${root}%`));
  const words = (filter.words ?? '').replace(/\s/gu, '').toLowerCase();
  return and(
    isNull(person.mergedInto),
    places.length > 0 ? or(...places) : eq(person.id, ''),
    filter.path ? like(person.path, `${filter.path}%`) : undefined,
    words === ''
      ? undefined
      : or(like(person.name, `%${words}%`), like(person.pinyin, `%${words}%`), eq(person.phone, words)),
    filter.state ? inState(filter.state) : undefined,
  );
}

/** The card in force of a person: each issue withdraws the one before. */
const IN_FORCE = and(eq(card.personId, person.id), isNull(card.withdrawnAt));

/** People whose cards the actor prints, by place and name, with where their cards stand. */
export async function listCards(actor: Actor, filter: CardFilter, page: number): Promise<PageOf<CardRow>> {
  return await read(async (db) => {
    const wanted = wantedCards(actor, filter);
    const ids = db.select({ id: person.id }).from(person).leftJoin(card, IN_FORCE).where(wanted);
    const total = await db.$count(person, inArray(person.id, ids));
    const rows = await db
      .select({ person, card })
      .from(person)
      .leftJoin(card, IN_FORCE)
      .where(wanted)
      .orderBy(asc(person.path), asc(person.pinyin), asc(person.id))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    const units = await unitsOf(
      db,
      rows.map((row) => row.person.id),
    );
    return {
      rows: rows.map((row) => ({
        ...{ personId: row.person.id, name: row.person.name, idMasked: row.person.idMasked },
        unit: units.get(row.person.id) ?? '',
        state: cardStateOf(row.card),
        issuedAt: row.card?.issuedAt ?? null,
      })),
      ...{ total, page, pageSize: PAGE_SIZE },
    };
  });
}

/** How many people there are in each state, for the sentence above the list. */
export async function countCards(actor: Actor, filter: CardFilter): Promise<Record<CardState, number>> {
  return await read(async (db) => {
    const counts = { none: 0, unused: 0, used: 0, locked: 0 };
    for (const state of CARD_STATES) {
      const [row] = await db
        .select({ people: count() })
        .from(person)
        .leftJoin(card, IN_FORCE)
        .where(wantedCards(actor, { ...filter, state }));
      counts[state] = Number(row?.people ?? 0);
    }
    return counts;
  });
}

/** Everybody a filter finds, for “print all of them”; at most one more than may be printed at once. */
export async function listCardIds(actor: Actor, filter: CardFilter): Promise<string[]> {
  const rows = await read((db) =>
    db
      .select({ id: person.id })
      .from(person)
      .leftJoin(card, IN_FORCE)
      .where(wantedCards(actor, filter))
      .orderBy(asc(person.path), asc(person.pinyin), asc(person.id))
      .limit(CARDS_MAX + 1),
  );
  return rows.map(({ id }) => id);
}

/** Place and unit of each person's first current post, as a card says it. */
async function unitsOf(db: Db, personIds: readonly string[]): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .select({ personId: post.personId, unit: post.unit, place: division.name })
    .from(post)
    .innerJoin(division, eq(division.id, post.divisionId))
    .where(and(isNull(post.heldUntil), inArray(post.personId, [...personIds])))
    .orderBy(asc(post.heldFrom), asc(post.id));
  const units = new Map<string, string>();
  for (const { personId, unit, place } of rows)
    if (!units.has(personId))
      units.set(personId, unit.includes(place) || unit === '' ? unit || place : `${place} ${unit}`);
  return units;
}

export type CardSheet = { bytes: Uint8Array; fileName: string; cards: number };
type Issued = { personId: string; cardId: string; issue: number; name: string };

/**
 * Prints cards: one A4 sheet for every eight people. Each issue withdraws the card before it, whose PIN
 * is dead from then on, and ends the sessions of an account that only cards open; who has no account gets
 * one. The PIN is on the sheet only: it is stored nowhere and written to no log. Refused: cards_none,
 * cards_too_many, not_found (somebody outside the actor's scope), card_account_disabled.
 */
export async function issueCards(
  actor: Actor,
  personIds: readonly string[],
  requestOrigin: string,
  now: Date,
): Promise<CardSheet> {
  const wanted = [...new Set(personIds)];
  if (wanted.length === 0) throw refuse('cards_none');
  if (wanted.length > CARDS_MAX) throw refuse('cards_too_many', { count: wanted.length });
  await refuseUnprintable(actor, wanted);
  const issued: Issued[] = [];
  for (const slice of inSlices(wanted, 20)) issued.push(...(await issueSlice(actor, slice, now)));
  return await setSheet(actor, issued, settings().publicUrl ?? requestOrigin);
}

/** Before anything is withdrawn, so that a sheet is printed whole or not at all. */
async function refuseUnprintable(actor: Actor, personIds: string[]): Promise<void> {
  await read(async (db) => {
    const people = await db.select().from(person).where(inArray(person.id, personIds));
    if (people.length !== personIds.length || !people.every((one) => isPrintable(actor, one)))
      throw refuse('not_found');
    const disabled = await db
      .select({ name: account.name })
      .from(account)
      .where(and(inArray(account.personId, personIds), isNotNull(account.disabledAt)));
    if (disabled.length > 0)
      throw refuse('card_account_disabled', { names: disabled.map(({ name }) => name).join('、') });
  });
}

function isPrintable(actor: Actor, one: typeof person.$inferSelect): boolean {
  return one.mergedInto === null && mayIssueCard(actor, one.path);
}

async function issueSlice(actor: Actor, personIds: string[], now: Date): Promise<Issued[]> {
  const fresh = new Map(personIds.map((id) => [id, newId()]));
  const abouts = personIds.flatMap((id) => [`person:${id}`, `card:${id}`, `account:${fresh.get(id)}`]);
  return await write(abouts, async (tx) => {
    const people = await tx.select().from(person).where(inArray(person.id, personIds));
    const issued: Issued[] = [];
    for (const personId of personIds) {
      const one = people.find((row) => row.id === personId);
      if (!one || !isPrintable(actor, one)) throw refuse('not_found');
      await readyAccount(tx, actor, one, fresh.get(personId)!, now);
      issued.push(await issueCard(tx, actor, one, now));
    }
    return issued;
  });
}

/** The account that a card opens; one that only cards open loses the sessions of the card before. */
async function readyAccount(
  tx: Tx,
  actor: Actor,
  one: typeof person.$inferSelect,
  freshId: string,
  now: Date,
): Promise<void> {
  const [known] = await tx.select().from(account).where(eq(account.personId, one.id));
  if (known) {
    if (known.passwordHash === null) await tx.delete(session).where(eq(session.accountId, known.id));
    return;
  }
  const divisionId = one.path.split('/').filter(Boolean).at(-1)!;
  const loginName = cardLoginName(freshId);
  await tx.insert(account).values({
    ...{ id: freshId, personId: one.id, loginName, name: one.name, passwordHash: null },
    ...{ mustChangePassword: false, disabledAt: null, createdAt: now },
  });
  await tx.insert(accountGrant).values({
    id: newId(),
    accountId: freshId,
    role: 'trainee',
    divisionId,
    path: one.path,
    organizationId: null,
  });
  const detail = { loginName, name: one.name, role: 'trainee', divisionId };
  await record(tx, {
    stream: `account:${freshId}`,
    kind: 'account_created',
    actor,
    at: now,
    path: one.path,
    detail,
  });
}

async function issueCard(tx: Tx, actor: Actor, one: typeof person.$inferSelect, now: Date): Promise<Issued> {
  const [before] = await tx
    .select()
    .from(card)
    .where(eq(card.personId, one.id))
    .orderBy(desc(card.issue))
    .limit(1);
  const issue = (before?.issue ?? 0) + 1;
  const cardId = newId();
  await tx
    .update(card)
    .set({ withdrawnAt: now })
    .where(and(eq(card.personId, one.id), isNull(card.withdrawnAt)));
  await tx.insert(card).values({
    ...{ id: cardId, personId: one.id, issue, issuedAt: now, failures: 0, usedAt: null, withdrawnAt: null },
  });
  const detail = { cardId, issue, withdrawn: before && before.withdrawnAt === null ? before.id : null };
  await record(tx, {
    stream: `person:${one.id}`,
    kind: 'card_issued',
    actor,
    at: now,
    path: one.path,
    detail,
  });
  return { personId: one.id, cardId, issue, name: one.name };
}

async function setSheet(actor: Actor, issued: Issued[], base: string): Promise<CardSheet> {
  const { units, officer } = await read(async (db) => ({
    units: await unitsOf(
      db,
      issued.map(({ personId }) => personId),
    ),
    officer: await officerOf(db, actor),
  }));
  const cards = issued.map(({ personId, cardId, issue, name }) => ({
    name,
    unit: units.get(personId) ?? '',
    pin: cardPin(personId, issue),
    qr: qrSvg(`${base}/card/${cardId}`),
  }));
  const { pdf } = await typesetTemplate('card-sheet', { help: helpLine(officer), cards });
  return { bytes: pdf, fileName: `${SHEET_NAME}.pdf`, cards: cards.length };
}

/** Who prints the sheet, with the telephone number to call. */
async function officerOf(db: Db, actor: Actor): Promise<{ name: string; phone: string } | null> {
  if (actor.personId === null) return null;
  const [row] = await db
    .select({ name: person.name, phone: person.phone })
    .from(person)
    .where(eq(person.id, actor.personId));
  return row ?? null;
}
