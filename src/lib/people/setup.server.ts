import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { halfWidth, withoutSpaces } from '#lib/kernel/chinese.ts';
import { read, write } from '#lib/server/db/open.ts';
import { hashPassword } from '#lib/server/auth/passwords.ts';
import { account, accountGrant, division } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { eq } from 'drizzle-orm';
import { isLoginName, passwordFaults } from './account.ts';
import { refuse, ROLE_NAMES } from './copy.ts';

/** Lives in this process only: printed in the log, so only who runs the server can set it up. */
const code = String(randomInt(100_000_000)).padStart(8, '0');

export function setupCode(_system: Actor): string {
  return code;
}

/** Whether nobody can log in yet: a new installation without demo data. */
export async function needsSetup(_system: Actor): Promise<boolean> {
  const [any] = await read((db) => db.select({ id: account.id }).from(account).limit(1));
  return any === undefined;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compared by hash: takes the same time whatever was typed, full-width digits and spaces included. */
function rightCode(given: string): boolean {
  return timingSafeEqual(digest(halfWidth(withoutSpaces(given))), digest(code));
}

/**
 * The first two accounts of an installation: the system administrator and the bureau of the place.
 * Refused: setup_done, setup_code_wrong, login_name_bad, login_name_taken, password_…, division_unknown.
 */
export async function setUp(
  _system: Actor,
  input: {
    code: string;
    divisionId: string;
    administrator: { loginName: string; password: string };
    bureau: { loginName: string; name: string; password: string };
  },
  now: Date,
): Promise<void> {
  if (!rightCode(input.code)) throw refuse('setup_code_wrong');
  const wanted = [
    { ...input.administrator, name: ROLE_NAMES.administrator, role: 'administrator' as const },
    { ...input.bureau, role: 'bureau' as const },
  ].map((one) => ({ ...one, loginName: one.loginName.toLowerCase(), id: newId() }));
  for (const { loginName, password } of wanted) {
    if (!isLoginName(loginName)) throw refuse('login_name_bad');
    const [fault] = passwordFaults(password, [loginName]);
    if (fault) throw refuse(fault);
  }
  if (wanted[0]!.loginName === wanted[1]!.loginName)
    throw refuse('login_name_taken', { loginName: wanted[0]!.loginName });
  const hashes = await Promise.all(wanted.map((one) => hashPassword(one.password)));
  await write(['setup', ...wanted.map((one) => `account:${one.id}`)], async (tx) => {
    const [any] = await tx.select({ id: account.id }).from(account).limit(1);
    if (any) throw refuse('setup_done');
    const [place] = await tx.select().from(division).where(eq(division.id, input.divisionId));
    if (!place) throw refuse('division_unknown');
    for (const [index, { id, loginName, name, role }] of wanted.entries()) {
      const fresh = { personId: null, mustChangePassword: false, disabledAt: null, createdAt: now };
      await tx.insert(account).values({ id, loginName, name, passwordHash: hashes[index]!, ...fresh });
      const scope = { divisionId: place.id, path: place.path, organizationId: null };
      await tx.insert(accountGrant).values({ id: newId(), accountId: id, role, ...scope });
      const detail = { loginName, role, divisionId: place.id };
      await record(tx, {
        stream: `account:${id}`,
        kind: 'account_created',
        actor: SYSTEM,
        at: now,
        path: place.path,
        detail,
      });
    }
  });
}
