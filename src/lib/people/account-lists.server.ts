import { and, asc, eq, inArray, like, ne, not, notInArray, or, type SQL } from 'drizzle-orm';
import { hasRole, subtreesOf, type Actor, type Role } from '#lib/kernel/actor.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { containing } from '#lib/server/db/containing.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import { account, accountGrant, division, organization } from '#lib/server/db/schema/people.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { isRole } from './account.ts';
import { findKeptAccount, type Account } from './accounts.server.ts';
import { refuse } from './copy.ts';
import { accountsTable, SHEET_ROWS_MAX } from './export-copy.ts';
import { demandFewEnough, handOut, type Download } from './exports.server.ts';
import { mayEnterAccounts } from './policy.ts';

export type AccountGrant = {
  id: string;
  role: Role;
  path: string;
  place: string;
  organizationId: string | null;
  /** Name of the enterprise; empty for a role in a place. */
  organization: string;
};

export type AccountRow = Pick<Account, 'id' | 'loginName' | 'name' | 'disabledAt' | 'createdAt'> & {
  hasPassword: boolean;
  grants: AccountGrant[];
};

/** `staff` work with the system, `learners` only learn. */
export type AccountFilter = { words: string; which: 'staff' | 'learners' | 'all' };

/** Accounts the actor keeps, by login name; `words` looks in login name and name. Refused: forbidden. */
export async function listAccounts(
  actor: Actor,
  filter: AccountFilter,
  page: number,
): Promise<PageOf<AccountRow>> {
  return await read(async (db) => {
    const wanted = keptAccounts(db, actor, filter);
    const [rows, total] = await Promise.all([
      readAccounts(db, wanted, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
      db.$count(account, wanted),
    ]);
    return { rows, total, page, pageSize: PAGE_SIZE };
  });
}

/**
 * The accounts of {@link listAccounts} as a workbook, with the conditions of the page and without anything
 * one could log in with; leaves an event. Refused: forbidden, export_too_many.
 */
export async function exportAccounts(actor: Actor, filter: AccountFilter, now: Date): Promise<Download> {
  const rows = await read((db) =>
    readAccounts(db, keptAccounts(db, actor, filter), { limit: SHEET_ROWS_MAX + 1, offset: 0 }),
  );
  demandFewEnough(rows.length);
  const table = accountsTable({ by: actor.name, at: now }, rows);
  const { words, which } = filter;
  return await handOut(actor, { table, kind: 'accounts_exported', wanted: { words, which } }, now);
}

function keptAccounts(db: Db, actor: Actor, filter: AccountFilter): SQL | undefined {
  if (!mayEnterAccounts(actor)) throw refuse('forbidden');
  const words = filter.words.trim();
  const matching = words
    ? or(containing(account.loginName, words.toLowerCase()), containing(account.name, words))
    : undefined;
  return and(matching, ofKind(db, filter.which), ...keptBy(db, actor));
}

async function readAccounts(
  db: Db,
  wanted: SQL | undefined,
  { limit, offset }: { limit: number; offset: number },
): Promise<AccountRow[]> {
  const rows = await db
    .select()
    .from(account)
    .where(wanted)
    .orderBy(asc(account.loginName))
    .limit(limit)
    .offset(offset);
  const grants = new Map<string, AccountGrant[]>();
  for (const slice of inSlices(rows.map((row) => row.id)))
    for (const [id, some] of await grantRows(db, slice)) grants.set(id, some);
  return rows.map(({ id, loginName, name, disabledAt, createdAt, passwordHash }) => ({
    ...{ id, loginName, name, disabledAt, createdAt, hasPassword: passwordHash !== null },
    grants: grants.get(id) ?? [],
  }));
}

function ofKind(db: Db, which: AccountFilter['which']): SQL | undefined {
  if (which === 'all') return undefined;
  const working = db
    .select({ id: accountGrant.accountId })
    .from(accountGrant)
    .where(ne(accountGrant.role, 'trainee'));
  return which === 'staff' ? inArray(account.id, working) : notInArray(account.id, working);
}

/** The list face of {@link findKeptAccount}: at least one role, and none that is not the actor's to give. */
function keptBy(db: Db, actor: Actor): SQL[] {
  if (hasRole(actor, 'administrator')) return [];
  const below = or(...subtreesOf(actor, 'bureau').map((path) => like(accountGrant.path, `${path}%`)));
  const grantable = and(below, ne(accountGrant.role, 'administrator'))!;
  const held = (where: SQL) => db.select({ id: accountGrant.accountId }).from(accountGrant).where(where);
  return [inArray(account.id, held(grantable)), notInArray(account.id, held(not(grantable)))];
}

async function grantRows(db: Db, accountIds: string[]): Promise<Map<string, AccountGrant[]>> {
  if (accountIds.length === 0) return new Map();
  const rows = await db
    .select({ grant: accountGrant, place: division.name, organization: organization.name })
    .from(accountGrant)
    .innerJoin(division, eq(division.id, accountGrant.divisionId))
    .leftJoin(organization, eq(organization.id, accountGrant.organizationId))
    .where(inArray(accountGrant.accountId, accountIds));
  const byAccount = Map.groupBy(rows, (row) => row.grant.accountId);
  return new Map(
    [...byAccount].map(([id, some]) => [
      id,
      some.flatMap(({ grant, place, organization: enterprise }) => {
        const { id, role, path, organizationId } = grant;
        return isRole(role)
          ? [{ id, role, path, place, organizationId, organization: enterprise ?? '' }]
          : [];
      }),
    ]),
  );
}

/** One account the actor keeps. Refused with not_found. */
export async function findAccount(actor: Actor, accountId: string): Promise<AccountRow> {
  return await read(async (db) => {
    const { id, loginName, name, disabledAt, createdAt, passwordHash } = await findKeptAccount(
      actor,
      db,
      accountId,
    );
    const grants = (await grantRows(db, [id])).get(id) ?? [];
    return { id, loginName, name, disabledAt, createdAt, hasPassword: passwordHash !== null, grants };
  });
}
