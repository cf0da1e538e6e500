import { eq } from 'drizzle-orm';
import exceljs from 'exceljs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Actor, type Role } from '#lib/kernel/actor.ts';
import { findSession, openSession } from '#lib/server/auth/sessions.ts';
import { read, write } from '#lib/server/db/open.ts';
import { account, accountGrant, event } from '#lib/server/db/schema/index.ts';
import { newId } from '#lib/server/id.ts';
import {
  actorOf,
  addAccount,
  addEnterprise,
  CITY,
  divisionOf,
  HUITING,
  LUSHI,
  MATOU,
  NOW,
  PASSWORD,
  PROVINCE,
  XIAYI,
} from '#tests/worlds/people.ts';
import {
  actorByLoginName,
  changeOwnPassword,
  createAccount,
  grantRole,
  resetPassword,
  setAccountDisabled,
  withdrawRole,
} from './accounts.server.ts';
import { exportAccounts, findAccount, listAccounts } from './account-lists.server.ts';
import * as accounts from './accounts.server.ts';

const admin = actorOf('administrator', PROVINCE);
const bureau = actorOf('bureau', XIAYI);
const foreign = actorOf('bureau', LUSHI);
const hidden = { code: 'not_found', status: 404 };

const input = (loginName: string, role: Role, path = XIAYI, organizationId: string | null = null) => ({
  ...{
    loginName,
    name: '会亭镇应急办',
    password: PASSWORD,
    role,
    divisionId: divisionOf(path),
    organizationId,
  },
  personId: null,
});
const rowOf = async (id: string) =>
  (await read((db) => db.select().from(account).where(eq(account.id, id))))[0]!;
const grantsOf = (id: string) =>
  read((db) => db.select().from(accountGrant).where(eq(accountGrant.accountId, id)));
const kindsOf = async (id: string) =>
  (
    await read((db) =>
      db
        .select()
        .from(event)
        .where(eq(event.stream, `account:${id}`)),
    )
  )
    .toSorted((a, b) => a.seq - b.seq)
    .map(({ kind }) => kind);

describe('createAccount', () => {
  it('makes an account with one role and a password to change', async () => {
    const id = await createAccount(bureau, input('HuiTing-Li', 'township_officer', HUITING), NOW);
    expect(await findAccount(bureau, id)).toMatchObject({
      loginName: 'huiting-li',
      hasPassword: true,
      grants: [{ role: 'township_officer', path: HUITING, place: '会亭镇' }],
    });
    expect(await rowOf(id)).toMatchObject({ mustChangePassword: true });
    expect((await rowOf(id)).passwordHash).not.toContain(PASSWORD);
    expect(await kindsOf(id)).toEqual(['account_created']);
    expect(await actorByLoginName(admin, 'huiting-li')).toMatchObject({
      accountId: id,
      grants: [{ path: HUITING }],
    });
  });

  it('refuses names, passwords and places that will not do', async () => {
    const refused = (change: object) =>
      createAccount(bureau, { ...input('someone', 'instructor'), ...change }, NOW);
    await expect(refused({ loginName: '13800000000' })).rejects.toMatchObject({ code: 'login_name_bad' });
    await expect(refused({ loginName: 'huiting-li' })).rejects.toMatchObject({ code: 'login_name_taken' });
    await expect(refused({ password: 'short' })).rejects.toMatchObject({ code: 'password_short' });
    await expect(refused({ password: 'someone-2026' })).rejects.toMatchObject({ code: 'password_like_name' });
    await expect(refused({ divisionId: '999999' })).rejects.toMatchObject({ code: 'division_unknown' });
  });

  it('is for a bureau within its places, and never makes an administrator of it', async () => {
    for (const [actor, role, path] of [
      [bureau, 'administrator', XIAYI],
      [bureau, 'bureau', CITY],
      [bureau, 'instructor', LUSHI],
      [actorOf('township_officer', HUITING), 'trainee', HUITING],
      [actorOf('exam_officer', XIAYI), 'invigilator', XIAYI],
    ] as [Actor, Role, string][])
      await expect(createAccount(actor, input('nobody', role, path), NOW)).rejects.toMatchObject({
        code: 'forbidden',
      });
    await createAccount(admin, input('second-admin', 'administrator', PROVINCE), NOW);
  });

  it('binds a manager to one enterprise of the place, and nobody else to any', async () => {
    const own = await addEnterprise('豫东机械', XIAYI);
    const other = await addEnterprise('卢氏矿业', LUSHI);
    const make = (role: Role, organizationId: string | null) =>
      createAccount(bureau, input('manager', role, XIAYI, organizationId), NOW);
    await expect(make('enterprise_manager', null)).rejects.toMatchObject({ code: 'organization_missing' });
    await expect(make('enterprise_manager', other)).rejects.toMatchObject({ code: 'organization_unknown' });
    await expect(make('bureau', own)).rejects.toMatchObject({ code: 'organization_not_for_role' });
    const id = await make('enterprise_manager', own);
    expect((await findAccount(bureau, id)).grants).toMatchObject([
      { organization: '豫东机械', organizationId: own },
    ]);
  });
});

describe('roles', () => {
  it('are granted and withdrawn within the places, each recorded', async () => {
    const id = await addAccount({ loginName: 'roles', role: 'instructor' });
    const second = {
      accountId: id,
      role: 'exam_officer' as const,
      divisionId: divisionOf(MATOU),
      organizationId: null,
    };
    await grantRole(bureau, second, NOW);
    await expect(grantRole(bureau, second, NOW)).rejects.toMatchObject({ code: 'role_held' });
    const [first] = (await grantsOf(id)).filter((grant) => grant.role === 'instructor');
    await withdrawRole(bureau, first!.id, id, NOW);
    expect(await grantsOf(id)).toMatchObject([{ role: 'exam_officer', path: MATOU }]);
    expect(await kindsOf(id)).toEqual(['role_granted', 'role_withdrawn']);
    await expect(withdrawRole(bureau, first!.id, id, NOW)).rejects.toMatchObject(hidden);
  });

  it('beyond one’s places are forbidden, and one’s own are not withdrawn', async () => {
    const id = await addAccount({ loginName: 'beyond', role: 'instructor' });
    const grant = (role: Role, path: string) =>
      grantRole(bureau, { accountId: id, role, divisionId: divisionOf(path), organizationId: null }, NOW);
    await expect(grant('bureau', CITY)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(grant('administrator', XIAYI)).rejects.toMatchObject({ code: 'forbidden' });
    const own = await addAccount({ loginName: 'own', role: 'bureau' });
    const self: Actor = { ...bureau, accountId: own };
    const [held] = await grantsOf(own);
    await expect(withdrawRole(self, held!.id, own, NOW)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(setAccountDisabled(self, own, true, NOW)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a foreign or unknown account', () => {
  it('is not there, whatever is tried', async () => {
    const id = await addAccount({ loginName: 'hidden', role: 'instructor' });
    const [held] = await grantsOf(id);
    const grant = { role: 'instructor' as const, divisionId: divisionOf(LUSHI), organizationId: null };
    for (const [actor, accountId] of [
      [foreign, id],
      [actorOf('township_officer', HUITING), id],
      [bureau, newId()],
      [bureau, await addAccount({ loginName: 'an-admin', role: 'administrator', path: XIAYI })],
      [bureau, await addAccount({ loginName: 'no-role' })],
    ] as [Actor, string][]) {
      await expect(findAccount(actor, accountId)).rejects.toMatchObject(hidden);
      await expect(resetPassword(actor, accountId, 'another-password', NOW)).rejects.toMatchObject(hidden);
      await expect(setAccountDisabled(actor, accountId, true, NOW)).rejects.toMatchObject(hidden);
      await expect(withdrawRole(actor, held!.id, accountId, NOW)).rejects.toMatchObject(hidden);
      await expect(grantRole(actor, { accountId, ...grant }, NOW)).rejects.toMatchObject(hidden);
    }
    expect(await kindsOf(id)).toEqual([]);
  });
});

describe('passwords', () => {
  it('reset by somebody else end the sessions and must be changed', async () => {
    const id = await addAccount({ loginName: 'forgetful', role: 'trainee' });
    const from = { address: '10.0.0.1', agent: 'spec' };
    const cookie = await openSession(id, from, new Date());
    expect(await findSession(cookie.value, new Date())).not.toBeNull();
    await expect(resetPassword(bureau, id, 'short', NOW)).rejects.toMatchObject({ code: 'password_short' });
    await resetPassword(bureau, id, 'quite-another-one', NOW);
    expect(await findSession(cookie.value, new Date())).toBeNull();
    expect(await rowOf(id)).toMatchObject({ mustChangePassword: true });
    const self: Actor = { ...actorOf('trainee', XIAYI), accountId: id };
    const change = (current: string, fresh: string, repeated: string) =>
      changeOwnPassword(self, { current, fresh, repeated }, NOW);
    await expect(change('wrong', 'my-very-own-one', 'my-very-own-one')).rejects.toMatchObject({
      code: 'password_current_wrong',
    });
    await expect(change('quite-another-one', 'my-very-own-one', 'typo')).rejects.toMatchObject({
      code: 'password_repeat',
    });
    await change('quite-another-one', 'my-very-own-one', 'my-very-own-one');
    expect(await rowOf(id)).toMatchObject({ mustChangePassword: false });
    expect(await kindsOf(id)).toEqual(['password_reset', 'password_changed']);
  });
});

describe('a disabled account', () => {
  it('acts no more until it is enabled', async () => {
    const id = await addAccount({ loginName: 'sleeper', role: 'instructor' });
    await setAccountDisabled(bureau, id, true, NOW);
    expect(await accounts.actorOf(id)).toBeNull();
    await setAccountDisabled(bureau, id, false, NOW);
    expect(await accounts.actorOf(id)).toMatchObject({
      actor: { name: 'sleeper' },
      mustChangePassword: false,
    });
    expect(await kindsOf(id)).toEqual(['account_disabled', 'account_enabled']);
  });
});

describe('listAccounts', () => {
  const paths = [PROVINCE, CITY, XIAYI, HUITING, MATOU, LUSHI];

  beforeAll(async () => {
    for (const [index, role] of ROLES.entries())
      for (const path of paths)
        await addAccount({ loginName: `list-${index}-${divisionOf(path)}`, role, path });
    const two = await addAccount({ loginName: 'list-two-places', role: 'instructor', path: HUITING });
    await write(`account:${two}`, (tx) =>
      tx.insert(accountGrant).values({
        ...{
          id: newId(),
          accountId: two,
          role: 'instructor',
          divisionId: '411224',
          path: LUSHI,
          organizationId: null,
        },
      }),
    );
    await addAccount({ loginName: 'list-no-role' });
  });

  /** Every page of a list. */
  async function everything(actor: Actor): Promise<Set<string>> {
    const ids = new Set<string>();
    for (let page = 1; ; page += 1) {
      const { rows } = await listAccounts(actor, { words: 'list-', which: 'all' }, page);
      if (rows.length === 0) return ids;
      for (const row of rows) ids.add(row.id);
    }
  }

  it('lists exactly what can be opened', async () => {
    const all = (await read((db) => db.select().from(account))).filter((row) =>
      row.loginName.startsWith('list-'),
    );
    const actors = fc
      .tuple(
        fc.constantFrom<Role>('bureau', 'administrator'),
        fc.constantFrom(...paths),
        fc.constantFrom(...paths),
      )
      .map(([role, one, other]): Actor => ({
        ...actorOf(role, one),
        grants: [...actorOf(role, one).grants, ...actorOf('bureau', other).grants],
      }));
    await fc.assert(
      fc.asyncProperty(actors, async (actor) => {
        const listed = await everything(actor);
        for (const row of all) {
          const opened = await findAccount(actor, row.id).then(
            () => true,
            () => false,
          );
          expect({ name: row.loginName, opened }).toEqual({
            name: row.loginName,
            opened: listed.has(row.id),
          });
        }
      }),
      { numRuns: 12 },
    );
  });

  it('shows those who work with the system, unless asked for learners', async () => {
    const names = async (which: 'staff' | 'learners') =>
      (await listAccounts(bureau, { words: `list-${ROLES.indexOf('trainee')}-`, which }, 1)).rows.length;
    expect(await names('staff')).toBe(0);
    expect(await names('learners')).toBe(3);
  });

  it('is not for those who keep no accounts', async () => {
    const asked = listAccounts(actorOf('township_officer', HUITING), { words: '', which: 'staff' }, 1);
    await expect(asked).rejects.toMatchObject({ code: 'forbidden', status: 403 });
  });

  it('is exported as listed, without anything to log in with, and leaves an event', async () => {
    const taker = actorOf('bureau', HUITING);
    const { bytes } = await exportAccounts(taker, { words: 'list-', which: 'all' }, NOW);
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load(bytes as never);
    const cells: string[][] = [];
    workbook.worksheets[0]!.eachRow((row) => cells.push((row.values as unknown[]).slice(1).map(String)));
    const at = cells.findIndex(([first]) => first === '账号');
    expect(cells[at]).toEqual(['账号', '使用人', '角色与管辖范围', '状态', '建立日期', '停用日期']);
    const names = cells.slice(at + 1).flatMap(([first]) => (first?.startsWith('list-') ? [first] : []));
    const { rows } = await listAccounts(taker, { words: 'list-', which: 'all' }, 1);
    expect(names).toEqual(rows.map(({ loginName }) => loginName));
    expect(cells.flat().join(' ')).toContain('乡镇应急办（会亭镇）');
    expect(cells.flat().join(' ')).not.toMatch(/argon2/);
    expect(await kindsOf(taker.accountId!)).toEqual(['accounts_exported']);
    const others = exportAccounts(actorOf('trainee', HUITING), { words: '', which: 'all' }, NOW);
    await expect(others).rejects.toMatchObject({ code: 'forbidden' });
  });
});
