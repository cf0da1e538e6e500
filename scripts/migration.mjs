// `npm run migration -- name`: writes the migration of a schema change for both engines.
import { spawnSync } from 'node:child_process';

const name = process.argv[2];
if (!name) throw new Error('usage: npm run migration -- name-of-the-change');
for (const DATABASE_URL of ['', 'postgres://any']) {
  const { status } = spawnSync('drizzle-kit', ['generate', '--name', name], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL },
  });
  if (status !== 0) process.exit(status ?? 1);
}
