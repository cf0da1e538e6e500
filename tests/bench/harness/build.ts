import { spawnSync } from 'node:child_process';

/** Installs and builds what is missing or stale, as `npm test` does; what it says goes to standard error. */
export function bringUpToDate(): void {
  const { status } = spawnSync('node', ['scripts/bootstrap.mjs', 'test'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('the program could not be built');
}
