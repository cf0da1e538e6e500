import { describe, expect, it } from 'vitest';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { account, accountGrant } from '#lib/server/db/schema/index.ts';
import { verifyChains } from '#lib/server/events/chains.ts';
import { NOW, XIAYI } from '#tests/worlds/people.ts';
import { logIn } from './logins.server.ts';
import { needsSetup, setUp, setupCode } from './setup.server.ts';

const wanted = {
  code: setupCode(SYSTEM),
  divisionId: '411426',
  administrator: { loginName: 'Admin', password: 'watch-tower-9' },
  bureau: { loginName: 'xiayi', name: '夏邑县应急管理局', password: 'beacon-fire-7' },
};
const accounts = () => read((db) => db.select().from(account));
const refused = (change: object) => setUp(SYSTEM, { ...wanted, ...change }, NOW);

describe('setUp', () => {
  it('refuses a wrong code, whatever its shape, and makes nothing', async () => {
    expect(await needsSetup(SYSTEM)).toBe(true);
    const other = wanted.code === '00000000' ? '00000001' : '00000000';
    for (const code of ['', '1', other, '１２３', '八位数字的设置码', `${wanted.code}0`])
      await expect(refused({ code })).rejects.toMatchObject({ code: 'setup_code_wrong' });
    expect(await accounts()).toEqual([]);
  });

  it('refuses accounts and places that will not do', async () => {
    const { administrator, bureau } = wanted;
    const bad: [object, string][] = [
      [{ administrator: { ...administrator, loginName: '系统' } }, 'login_name_bad'],
      [{ administrator: { ...administrator, password: 'short' } }, 'password_short'],
      [{ bureau: { ...bureau, password: 'xiayi-2026' } }, 'password_like_name'],
      [{ bureau: { ...bureau, loginName: 'admin' } }, 'login_name_taken'],
      [{ divisionId: '999999' }, 'division_unknown'],
    ];
    for (const [change, code] of bad) await expect(refused(change)).rejects.toMatchObject({ code });
    expect(await needsSetup(SYSTEM)).toBe(true);
  });

  it('makes the two accounts once, also when two people press at the same moment', async () => {
    const full = wanted.code.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    const both = await Promise.allSettled([
      setUp(SYSTEM, wanted, NOW),
      setUp(SYSTEM, { ...wanted, code: ` ${full} ` }, NOW),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'setup_done' },
    });
    expect((await accounts()).map((row) => row.loginName).toSorted()).toEqual(['admin', 'xiayi']);
    const grants = await read((db) => db.select().from(accountGrant));
    expect(grants.map(({ role, path }) => `${role} ${path}`).toSorted()).toEqual([
      `administrator ${XIAYI}`,
      `bureau ${XIAYI}`,
    ]);
    expect(await needsSetup(SYSTEM)).toBe(false);
    expect((await verifyChains()).broken).toEqual([]);
    const from = { address: '127.0.0.1', agent: 'spec' };
    const entered = await logIn(SYSTEM, { identifier: 'xiayi', password: 'beacon-fire-7' }, from, NOW);
    expect(entered.value).toBeTruthy();
    await expect(setUp(SYSTEM, wanted, NOW)).rejects.toMatchObject({ code: 'setup_done' });
  });
});
