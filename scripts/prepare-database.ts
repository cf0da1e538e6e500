import { SYSTEM } from '#lib/kernel/actor.ts';
import { DEMO_ACCOUNT_TITLES, DEMO_PASSWORD } from '#lib/people/demo-copy.ts';
import { holdsDemo } from '#lib/people/demo.server.ts';
import { needsSetup } from '#lib/people/setup.server.ts';
import { isHalfRestored } from '#lib/server/backup.ts';
import { closeDatabase, migrateDatabase } from '#lib/server/db/open.ts';
import { registerFollowers } from '#lib/server/followers.ts';
import { settings, SettingsError } from '#lib/server/settings.ts';
import { loadDemo } from '#seeds/demo/load.ts';
import { loadReference } from '#seeds/reference/load.ts';

/** Migrates, loads reference data, and on an empty database the demo counties; says what it does. */
const say = (line: string) => process.stdout.write(`      ${line}\n`);

async function prepare(): Promise<void> {
  const { demo } = settings();
  const now = new Date();
  registerFollowers();
  await migrateDatabase();
  if (await isHalfRestored())
    throw new SettingsError('上次恢复没有完成，请重新运行 restore / a restore was cut off: run it again');
  await loadReference(now);
  const holds = await holdsDemo(SYSTEM);
  if (!demo && holds)
    throw new SettingsError(
      'LIANBING_DEMO=0，但这个数据库里是演示数据。请换一个空的 DATA_DIR 或 DATABASE_URL / this database holds demo data',
    );
  if (demo && !holds && (await needsSetup(SYSTEM))) {
    say('数据库是空的，装入演示数据（约需半分钟）/ loading the demo counties');
    await loadDemo(now, say);
  }
  if (demo && (await holdsDemo(SYSTEM))) {
    say(`演示账号（密码都是 ${DEMO_PASSWORD}）/ demo accounts:`);
    for (const [loginName, title] of DEMO_ACCOUNT_TITLES.slice(0, 12)) say(`  ${loginName.padEnd(12)} ${title}`);
  }
}

try {
  await prepare();
} catch (reason) {
  if (!(reason instanceof SettingsError)) throw reason;
  process.stderr.write(`${reason.message}\n`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
