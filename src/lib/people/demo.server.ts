import { eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import type { Day } from '#lib/kernel/day.ts';
import { read, write } from '#lib/server/db/open.ts';
import { account } from '#lib/server/db/schema/people.ts';
import { fact } from '#lib/server/db/schema/platform.ts';
import { DEMO_ACCOUNT_TITLES, DEMO_PASSWORD } from './demo-copy.ts';

/** Whether this database holds the demo counties: then it must hold nothing real. */
export async function holdsDemo(_system: Actor): Promise<boolean> {
  const [row] = await read((db) => db.select().from(fact).where(eq(fact.key, 'demo')));
  return row !== undefined;
}

/** The value of the fact while the demo counties are being loaded. */
const LOADING = 'loading';

/** Whether loading was cut off: nothing real can be in such a database, so it may be emptied. */
export async function isDemoCutOff(_system: Actor): Promise<boolean> {
  const [row] = await read((db) => db.select().from(fact).where(eq(fact.key, 'demo')));
  return row?.value === LOADING;
}

/** Marks the database as one of demo data, before the first of it is loaded. */
export async function beginDemo(_system: Actor): Promise<void> {
  await write('demo', (tx) =>
    tx
      .insert(fact)
      .values({ key: 'demo', value: LOADING })
      .onConflictDoUpdate({ target: fact.key, set: { value: LOADING } }),
  );
}

export async function finishDemo(_system: Actor, day: Day): Promise<void> {
  await write('demo', (tx) => tx.update(fact).set({ value: day }).where(eq(fact.key, 'demo')));
}

/** What the log-in page shows while demo data is loaded; null otherwise. */
export async function listDemoAccounts(
  system: Actor,
): Promise<{ password: string; accounts: { loginName: string; title: string }[] } | null> {
  if (!(await holdsDemo(system))) return null;
  const names = DEMO_ACCOUNT_TITLES.map(([loginName]) => loginName);
  const rows = await read((db) =>
    db.select({ loginName: account.loginName }).from(account).where(inArray(account.loginName, names)),
  );
  const present = new Set(rows.map((row) => row.loginName));
  const accounts = DEMO_ACCOUNT_TITLES.filter(([loginName]) => present.has(loginName)).map(
    ([loginName, title]) => ({
      loginName,
      title,
    }),
  );
  return { password: DEMO_PASSWORD, accounts };
}
