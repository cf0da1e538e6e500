import { randomInt } from 'node:crypto';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { isRole } from '#lib/people/account.ts';
import { actorByLoginName, createAccount, resetPassword } from '#lib/people/accounts.server.ts';
import { needed, UsageError, type Arguments } from './arguments.ts';

/** Whoever can run this program on the server may do what the system administrator may. */
const OPERATOR: Actor = {
  ...SYSTEM,
  name: 'operator',
  grants: [{ role: 'administrator', path: '/', organizationId: null }],
};

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

function freshPassword(): string {
  return Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

export async function createAccountByOperator(
  args: Arguments,
): Promise<{ login_name: string; password: string }> {
  const loginName = args.words[2];
  const role = needed(args, 'role');
  if (!loginName) throw new UsageError('缺少账号名 / missing LOGIN');
  if (!isRole(role)) throw new UsageError(`没有这种角色 / unknown role: ${role}`);
  const password = freshPassword();
  const name = typeof args.options.name === 'string' ? args.options.name : loginName;
  const place = { divisionId: needed(args, 'division'), organizationId: null, personId: null };
  await createAccount(OPERATOR, { loginName, name, password, role, ...place }, new Date());
  return { login_name: loginName, password };
}

export async function resetAccountByOperator(
  args: Arguments,
): Promise<{ login_name: string; password: string }> {
  const loginName = args.words[2];
  if (!loginName) throw new UsageError('缺少账号名 / missing LOGIN');
  const { accountId } = await actorByLoginName(SYSTEM, loginName);
  const password = freshPassword();
  await resetPassword(OPERATOR, accountId!, password, new Date());
  return { login_name: loginName, password };
}
