import { and, asc, eq, isNull, like, or } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { containing } from '#lib/server/db/containing.ts';
import { read } from '#lib/server/db/open.ts';
import { account, accountGrant, person } from '#lib/server/db/schema/people.ts';
import { drillScope } from './policy.ts';

/** Enough to choose from; who is not among them is found by writing more of the name. */
const FOUND_MAX = 20;

export type SeatChoice = { loginName: string; name: string };

/** Accounts of the actor's places whose name, pinyin or login name holds the words; none for no words. */
export async function listSeatChoices(actor: Actor, words: string): Promise<SeatChoice[]> {
  const scope = drillScope(actor);
  if (words === '' || scope.length === 0) return [];
  return await read(async (db) => {
    const rows = await db
      .selectDistinct({ loginName: account.loginName, name: account.name })
      .from(account)
      .innerJoin(accountGrant, eq(accountGrant.accountId, account.id))
      .leftJoin(person, eq(person.id, account.personId))
      .where(
        and(
          isNull(account.disabledAt),
          or(...scope.map((path) => like(accountGrant.path, `${path}%`))),
          or(
            containing(account.name, words),
            containing(account.loginName, words.toLowerCase()),
            containing(person.pinyin, words.toLowerCase()),
          ),
        ),
      )
      .orderBy(asc(account.name), asc(account.loginName))
      .limit(FOUND_MAX);
    return rows;
  });
}
