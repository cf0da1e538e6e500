import { and, eq, isNull, like, sql } from 'drizzle-orm';
import { hasRole, type Actor, type Grant, type Role } from '#lib/kernel/actor.ts';
import { prepared, read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { account, accountGrant, division, organization, person } from '#lib/server/db/schema/people.ts';
import { hashPassword, verifyPassword } from '#lib/server/auth/passwords.ts';
import { revokeSessions } from '#lib/server/auth/sessions.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { isLoginName, isRole, mayGrant, passwordFaults } from './account.ts';
import { refuse } from './copy.ts';

export type Account = typeof account.$inferSelect;
/** The actor an account makes: its person and its grants. Null when it is unknown or disabled. */
export async function actorOf(
  accountId: string,
): Promise<{ actor: Actor; mustChangePassword: boolean } | null> {
  // Every request asks this: one statement, prepared once.
  const rows = await read((db) =>
    prepared(db, 'account.actor', (db) =>
      db
        .select({
          id: account.id,
          personId: account.personId,
          name: account.name,
          mustChangePassword: account.mustChangePassword,
          disabledAt: account.disabledAt,
          role: accountGrant.role,
          path: accountGrant.path,
          organizationId: accountGrant.organizationId,
        })
        .from(account)
        .leftJoin(accountGrant, eq(accountGrant.accountId, account.id))
        .where(eq(account.id, sql.placeholder('accountId'))),
    ).execute({ accountId }),
  );
  const [row] = rows;
  if (!row || row.disabledAt !== null) return null;
  const grants = rows.flatMap(({ role, path, organizationId }): Grant[] =>
    role !== null && path !== null && isRole(role) ? [{ role, path, organizationId }] : [],
  );
  const actor = { accountId: row.id, personId: row.personId, name: row.name, grants };
  return { actor, mustChangePassword: row.mustChangePassword };
}

/** The actor of a login name, for the command line's `--as`. Refused with not_found. */
export async function actorByLoginName(_system: Actor, loginName: string): Promise<Actor> {
  const [row] = await read((db) =>
    db.select().from(account).where(eq(account.loginName, loginName.toLowerCase())),
  );
  const found = row ? await actorOf(row.id) : null;
  if (!found) throw refuse('not_found');
  return found.actor;
}

export type AccountInput = {
  loginName: string;
  name: string;
  password: string;
  role: Role;
  divisionId: string;
  organizationId: string | null;
  personId: string | null;
};

/**
 * Makes an account with one grant; its holder changes the password at the first log-in. Refused:
 * login_name_bad, login_name_taken, password_…, division_unknown, organization_…, forbidden.
 */
export async function createAccount(actor: Actor, input: AccountInput, now: Date): Promise<string> {
  const loginName = input.loginName.toLowerCase();
  if (!isLoginName(loginName)) throw refuse('login_name_bad');
  const [fault] = passwordFaults(input.password, [loginName]);
  if (fault) throw refuse(fault);
  const passwordHash = await hashPassword(input.password);
  const id = newId();
  await write([`account:${id}`, `login-name:${loginName}`], async (tx) => {
    const place = await placeOf(tx, input.divisionId);
    if (!mayGrant(actor, input.role, place.path)) throw refuse('forbidden');
    await demandOrganization(tx, input, place.path);
    const [taken] = await tx.select({ id: account.id }).from(account).where(eq(account.loginName, loginName));
    if (taken) throw refuse('login_name_taken', { loginName });
    const { name, personId, role, organizationId } = input;
    const fresh = { mustChangePassword: true, disabledAt: null, createdAt: now };
    await tx.insert(account).values({ id, personId, loginName, name, passwordHash, ...fresh });
    await addGrant(tx, id, { role, divisionId: place.id, path: place.path, organizationId });
    const detail = { loginName, name, role, divisionId: place.id };
    await record(tx, {
      stream: `account:${id}`,
      kind: 'account_created',
      actor,
      at: now,
      path: place.path,
      detail,
    });
  });
  return id;
}

async function placeOf(tx: Tx, divisionId: string) {
  const [place] = await tx.select().from(division).where(eq(division.id, divisionId));
  if (!place) throw refuse('division_unknown');
  return place;
}

/** A manager's role is for one enterprise of the place; no other role is for an enterprise. */
async function demandOrganization(
  tx: Tx,
  { role, organizationId }: { role: Role; organizationId: string | null },
  path: string,
): Promise<void> {
  if (role !== 'enterprise_manager') {
    if (organizationId !== null) throw refuse('organization_not_for_role');
    return;
  }
  if (organizationId === null) throw refuse('organization_missing');
  const [found] = await tx
    .select({ id: organization.id })
    .from(organization)
    .where(and(eq(organization.id, organizationId), like(organization.path, `${path}%`)));
  if (!found) throw refuse('organization_unknown');
}

async function addGrant(
  tx: Tx,
  accountId: string,
  grant: { role: Role; divisionId: string; path: string; organizationId: string | null },
): Promise<void> {
  await tx.insert(accountGrant).values({ id: newId(), accountId, ...grant });
}

/**
 * Gives an account one more role in a place. Refused: not_found, division_unknown, organization_…,
 * role_held, forbidden.
 */
export async function grantRole(
  actor: Actor,
  input: { accountId: string; role: Role; divisionId: string; organizationId: string | null },
  now: Date,
): Promise<void> {
  const { accountId, role, organizationId } = input;
  await write(`account:${accountId}`, async (tx) => {
    const place = await placeOf(tx, input.divisionId);
    await findKeptAccount(actor, tx, accountId);
    if (!mayGrant(actor, role, place.path)) throw refuse('forbidden');
    await demandOrganization(tx, input, place.path);
    const held = await tx.select().from(accountGrant).where(eq(accountGrant.accountId, accountId));
    const same = held.some(
      (one) => one.role === role && one.divisionId === place.id && one.organizationId === organizationId,
    );
    if (same) throw refuse('role_held');
    await addGrant(tx, accountId, { role, divisionId: place.id, path: place.path, organizationId });
    const detail = { role, divisionId: place.id };
    await record(tx, {
      stream: `account:${accountId}`,
      kind: 'role_granted',
      actor,
      at: now,
      path: place.path,
      detail,
    });
  });
}

/** Takes a role back. Refused: not_found; forbidden for one's own, so that nobody locks themselves out. */
export async function withdrawRole(
  actor: Actor,
  grantId: string,
  accountId: string,
  now: Date,
): Promise<void> {
  if (accountId === actor.accountId) throw refuse('forbidden');
  await write(`account:${accountId}`, async (tx) => {
    await findKeptAccount(actor, tx, accountId);
    const [grant] = await tx
      .select()
      .from(accountGrant)
      .where(and(eq(accountGrant.id, grantId), eq(accountGrant.accountId, accountId)));
    if (!grant) throw refuse('not_found');
    await tx.delete(accountGrant).where(eq(accountGrant.id, grantId));
    const detail = { role: grant.role, divisionId: grant.divisionId };
    await record(tx, {
      stream: `account:${accountId}`,
      kind: 'role_withdrawn',
      actor,
      at: now,
      path: grant.path,
      detail,
    });
  });
}

/** Loads an account the actor may keep: administrators all, a bureau those whose roles lie below it. */
export async function findKeptAccount(
  actor: Actor,
  tx: Db,
  accountId: string,
): Promise<Account & { path: string }> {
  const [row] = await tx.select().from(account).where(eq(account.id, accountId));
  const grants = await tx.select().from(accountGrant).where(eq(accountGrant.accountId, accountId));
  const path = grants[0]?.path ?? '/';
  if (!row) throw refuse('not_found');
  if (!grants.every((grant) => isRole(grant.role) && mayGrant(actor, grant.role, grant.path)))
    throw refuse('not_found');
  if (grants.length === 0 && !hasRole(actor, 'administrator')) throw refuse('not_found');
  return { ...row, path };
}

/** Sets a new password for somebody who lost it; it must be changed at the next log-in. */
export async function resetPassword(
  actor: Actor,
  accountId: string,
  password: string,
  now: Date,
): Promise<void> {
  const [fault] = passwordFaults(password, []);
  if (fault) throw refuse(fault);
  const passwordHash = await hashPassword(password);
  await write(`account:${accountId}`, async (tx) => {
    const { path } = await findKeptAccount(actor, tx, accountId);
    await tx.update(account).set({ passwordHash, mustChangePassword: true }).where(eq(account.id, accountId));
    const stream = `account:${accountId}`;
    await record(tx, { stream, kind: 'password_reset', actor, at: now, path, detail: {} });
  });
  // Whoever has the old password may have a session as well.
  await revokeSessions(accountId, null);
}

/** Disables an account or allows it again. */
export async function setAccountDisabled(
  actor: Actor,
  accountId: string,
  disabled: boolean,
  now: Date,
): Promise<void> {
  if (accountId === actor.accountId) throw refuse('forbidden');
  await write(`account:${accountId}`, async (tx) => {
    const { path } = await findKeptAccount(actor, tx, accountId);
    await tx
      .update(account)
      .set({ disabledAt: disabled ? now : null })
      .where(eq(account.id, accountId));
    const kind = disabled ? 'account_disabled' : 'account_enabled';
    await record(tx, { stream: `account:${accountId}`, kind, actor, at: now, path, detail: {} });
  });
}

/** Changes one's own password. Refused: password_current_wrong, password_repeat, password_…. */
export async function changeOwnPassword(
  actor: Actor,
  input: { current: string; fresh: string; repeated: string },
  now: Date,
): Promise<void> {
  const accountId = actor.accountId;
  if (accountId === null) throw refuse('forbidden');
  const [row] = await read((db) => db.select().from(account).where(eq(account.id, accountId)));
  if (!row) throw refuse('not_found');
  // Who came in by card has no password yet, and nothing to repeat.
  if (row.passwordHash !== null && !(await verifyPassword(row.passwordHash, input.current)))
    throw refuse('password_current_wrong');
  if (input.fresh !== input.repeated) throw refuse('password_repeat');
  const [fault] = passwordFaults(input.fresh, [row.loginName]);
  if (fault) throw refuse(fault);
  const passwordHash = await hashPassword(input.fresh);
  await write(`account:${accountId}`, async (tx) => {
    await tx
      .update(account)
      .set({ passwordHash, mustChangePassword: false })
      .where(eq(account.id, accountId));
    const path = actor.grants[0]?.path ?? '/';
    const stream = `account:${accountId}`;
    await record(tx, { stream, kind: 'password_changed', actor, at: now, path, detail: {} });
  });
}

/** The person behind an actor, for the head of the learner's pages; null without one. */
export async function readOwnPerson(
  actor: Actor,
): Promise<{ id: string; name: string; path: string } | null> {
  if (actor.personId === null) return null;
  const personId = actor.personId;
  const [row] = await read((db) =>
    db
      .select({ id: person.id, name: person.name, path: person.path })
      .from(person)
      .where(and(eq(person.id, personId), isNull(person.mergedInto))),
  );
  return row ?? null;
}
