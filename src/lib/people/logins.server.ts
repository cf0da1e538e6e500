import { and, desc, eq, isNull } from 'drizzle-orm';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { instantText } from '#lib/kernel/day.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { account, card, person } from '#lib/server/db/schema/people.ts';
import { verifyPassword } from '#lib/server/auth/passwords.ts';
import { openSession, type SessionCookie } from '#lib/server/auth/sessions.ts';
import {
  blockedUntil,
  countFailure,
  forgetFailures,
  throttleKey,
  type ThrottleKey,
} from '#lib/server/auth/throttle.ts';
import { record } from '#lib/server/events/record.ts';
import { cardPin, lookUpHash } from '#lib/server/keys.ts';
import { isCardUsable, looksLikePin, readIdentifier } from './account.ts';
import { refuse } from './copy.ts';

export type LoginFrom = { address: string; agent: string };
type Found = { account: typeof account.$inferSelect; personPath: string } | null;

/**
 * Logs in by login name, phone or ID number and password, or by the PIN of a printed card. The answer
 * takes the same time whether the account exists. Refused: login_blocked, login_wrong, account_disabled,
 * phone_shared, card_dead.
 */
export async function logIn(
  _system: Actor,
  input: { identifier: string; password: string },
  from: LoginFrom,
  now: Date,
): Promise<SessionCookie> {
  const identifier = readIdentifier(input.identifier);
  const keys: ThrottleKey[] = [
    {
      kind: 'account',
      name: identifier.kind === 'id_number' ? lookUpHash(identifier.text) : identifier.text,
    },
    { kind: 'address', name: from.address },
  ];
  await refuseBlocked(keys, now);
  const found = await read((db) => findByIdentifier(db, identifier));
  const byPassword = await verifyPassword(found?.account.passwordHash ?? null, input.password);
  const byCard = !byPassword && found ? await spendPin(found, input.password, now) : false;
  if (!found || !(byPassword || byCard)) return await refuseWrong(keys, now);
  return await letIn(found, byCard ? 'card' : 'password', keys, from, now);
}

/** Logs in by a printed card's QR link and its PIN. Refused: card_dead, login_blocked, login_wrong. */
export async function logInByCard(
  _system: Actor,
  input: { cardId: string; pin: string },
  from: LoginFrom,
  now: Date,
): Promise<SessionCookie> {
  const keys: ThrottleKey[] = [
    { kind: 'account', name: `card:${input.cardId}` },
    { kind: 'address', name: from.address },
  ];
  await refuseBlocked(keys, now);
  const found = await read(async (db) => {
    const [row] = await db.select().from(card).where(eq(card.id, input.cardId));
    return row ? await findByPerson(db, row.personId) : null;
  });
  if (!found || !(await spendPin(found, input.pin, now, input.cardId))) return await refuseWrong(keys, now);
  return await letIn(found, 'card', keys, from, now);
}

async function refuseBlocked(keys: ThrottleKey[], now: Date): Promise<void> {
  const until = await read((db) => blockedUntil(db, keys, now));
  if (until) throw refuse('login_blocked', { until: instantText(until) });
}

async function refuseWrong(keys: ThrottleKey[], now: Date): Promise<never> {
  await write(keys.map(throttleKey), async (tx) => {
    for (const key of keys) await countFailure(tx, key, now);
  });
  throw refuse('login_wrong');
}

async function findByIdentifier(db: Db, identifier: ReturnType<typeof readIdentifier>): Promise<Found> {
  if (identifier.kind === 'login_name') {
    const [row] = await db.select().from(account).where(eq(account.loginName, identifier.text));
    return row ? await withPath(db, row) : null;
  }
  if (identifier.kind === 'id_number') {
    const [owner] = await db
      .select({ id: person.id, mergedInto: person.mergedInto })
      .from(person)
      .where(eq(person.idHash, lookUpHash(identifier.text)));
    return owner ? await findByPerson(db, owner.mergedInto ?? owner.id) : null;
  }
  const owners = await db
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.phone, identifier.text), isNull(person.mergedInto)))
    .limit(2);
  if (owners.length > 1) throw refuse('phone_shared');
  return owners[0] ? await findByPerson(db, owners[0].id) : null;
}

async function findByPerson(db: Db, personId: string): Promise<Found> {
  const [row] = await db.select().from(account).where(eq(account.personId, personId));
  return row ? await withPath(db, row) : null;
}

async function withPath(db: Db, row: typeof account.$inferSelect): Promise<Found> {
  if (row.personId === null) return { account: row, personPath: '/' };
  const [owner] = await db.select({ path: person.path }).from(person).where(eq(person.id, row.personId));
  return { account: row, personPath: owner?.path ?? '/' };
}

/** Tries a PIN on the latest card: right spends the card, wrong counts towards its death. */
async function spendPin(
  found: NonNullable<Found>,
  pin: string,
  now: Date,
  cardId?: string,
): Promise<boolean> {
  const personId = found.account.personId;
  if (personId === null || !looksLikePin(pin)) return false;
  return await write([`card:${personId}`, `person:${personId}`], async (tx) => {
    const [latest] = await tx
      .select()
      .from(card)
      .where(eq(card.personId, personId))
      .orderBy(desc(card.issue))
      .limit(1);
    if (!latest) return false;
    const alive = isCardUsable(latest) && (cardId === undefined || latest.id === cardId);
    if (!alive && cardId === undefined) return false;
    if (!alive) throw refuse('card_dead');
    const right = cardPin(personId, latest.issue) === pin;
    const change = right ? { usedAt: now } : { failures: latest.failures + 1 };
    await tx.update(card).set(change).where(eq(card.id, latest.id));
    const kind = right ? 'card_used' : 'card_pin_failed';
    const detail = { cardId: latest.id, issue: latest.issue };
    await record(tx, {
      stream: `person:${personId}`,
      kind,
      actor: SYSTEM,
      at: now,
      path: found.personPath,
      detail,
    });
    return right;
  });
}

async function letIn(
  found: NonNullable<Found>,
  by: 'password' | 'card',
  keys: ThrottleKey[],
  from: LoginFrom,
  now: Date,
): Promise<SessionCookie> {
  const { id, disabledAt, personId, name } = found.account;
  if (disabledAt !== null) throw refuse('account_disabled');
  await write([`account:${id}`, throttleKey(keys[0]!)], async (tx) => {
    // The address keeps its count: one right password must not wash off two hundred wrong ones.
    await forgetFailures(tx, keys[0]!);
    const actor = { accountId: id, personId, name, grants: [] };
    const detail = { by, address: from.address };
    await record(tx, {
      stream: `account:${id}`,
      kind: 'login_succeeded',
      actor,
      at: now,
      path: found.personPath,
      detail,
    });
  });
  return await openSession(id, from, now);
}

/** What a card's page may show before the PIN: the first character of the name, and whether it still works. */
export async function readCardFace(
  _system: Actor,
  cardId: string,
): Promise<{ name: string; usable: boolean }> {
  return await read(async (db) => {
    const [row] = await db
      .select({ card, name: person.name })
      .from(card)
      .innerJoin(person, eq(person.id, card.personId))
      .where(eq(card.id, cardId));
    if (!row) throw refuse('not_found');
    return { name: row.name, usable: isCardUsable(row.card) };
  });
}
