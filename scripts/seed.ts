import { closeDatabase } from '#lib/server/db/open.ts';
import { registerFollowers } from '#lib/server/followers.ts';
import { loadReference } from '#seeds/reference/load.ts';

/** `node scripts/seed.ts reference|demo`: reference data, and for `demo` the demo counties as well. */
const what = process.argv[2];
if (what !== 'reference' && what !== 'demo') {
  process.stderr.write('用法：node scripts/seed.ts reference|demo\n');
  process.exit(2);
}
registerFollowers();
const now = new Date();
await loadReference(now);
if (what === 'demo') {
  const { loadDemo } = await import('#seeds/demo/load.ts');
  await loadDemo(now, (line) => process.stdout.write(`${line}\n`));
}
await closeDatabase();
