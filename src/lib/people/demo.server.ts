import { eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { account } from '#lib/server/db/schema/people.ts';
import { fact } from '#lib/server/db/schema/platform.ts';
import { DEMO_ACCOUNT_TITLES, DEMO_PASSWORD } from './demo-copy.ts';

/** Whether this database holds the demo counties: then it must hold nothing real. */
export async function holdsDemo(_system: Actor): Promise<boolean> {
  const [row] = await read((db) => db.select().from(fact).where(eq(fact.key, 'demo')));
  return row !== undefined;
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
  const accounts = DEMO_ACCOUNT_TITLES.filter(([loginName]) => present.has(loginName)).map(([loginName, title]) => ({
    loginName,
    title,
  }));
  return { password: DEMO_PASSWORD, accounts };
}
