import { SYSTEM } from '#lib/kernel/actor.ts';
import { holdsDemo, isDemoCutOff } from '#lib/people/demo.server.ts';
import { needsSetup } from '#lib/people/setup.server.ts';
import { emptyDatabase } from '#lib/server/backup.ts';
import { migrateDatabase } from '#lib/server/db/open.ts';
import { registerFollowers } from '#lib/server/followers.ts';
import { demandSoundInstallation } from '#lib/server/installation.ts';
import { settings } from '#lib/server/settings.ts';
import { loadDemo } from '#seeds/demo/load.ts';
import { loadReference } from '#seeds/reference/load.ts';

/** Migrates, loads reference data, and on an empty database the demo counties; says what it does. */
export async function prepareDatabase(say: (line: string) => void): Promise<'reference' | 'demo'> {
  const { demo } = settings();
  const now = new Date();
  registerFollowers();
  await migrateDatabase();
  await demandSoundInstallation(settings());
  if (await isDemoCutOff(SYSTEM)) {
    say('上次没有装完，清空后重新装入 / the last loading was cut off, starting again');
    await emptyDatabase({ key: 'demo', value: 'emptied' });
  }
  await loadReference(now);
  if (demo && (await needsSetup(SYSTEM))) {
    say('数据库是空的，装入演示数据（约需半分钟）/ loading the demo counties');
    await loadDemo(now, say);
  }
  return (await holdsDemo(SYSTEM)) ? 'demo' : 'reference';
}
