import { DEMO_ACCOUNT_TITLES, DEMO_PASSWORD } from '#lib/people/demo-copy.ts';
import { closeDatabase } from '#lib/server/db/open.ts';
import { SettingsError } from '#lib/server/settings.ts';
import { prepareDatabase } from './cli/prepare.ts';

/** What `npm start` does before it serves: says what it does, and whom one can log in as. */
const say = (line: string) => process.stdout.write(`      ${line}\n`);

try {
  const holds = await prepareDatabase(say);
  if (holds === 'demo') {
    say(`演示账号（密码都是 ${DEMO_PASSWORD}）/ demo accounts:`);
    for (const [loginName, title] of DEMO_ACCOUNT_TITLES.slice(0, 12))
      say(`  ${loginName.padEnd(12)} ${title}`);
  }
} catch (reason) {
  if (!(reason instanceof SettingsError)) throw reason;
  process.stderr.write(`${reason.message}\n`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
