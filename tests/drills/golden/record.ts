/**
 * Records the golden runs anew: `node tests/drills/golden/record.ts`. Only when the rules of a run changed
 * on purpose; then `ENGINE` in run-store.server.ts counts up, and old runs keep what they were.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Cast } from '#lib/drills/runs/dry-run.ts';
import type { Script } from '#lib/drills/scripts/script.ts';
import { packed, recordRun } from './driver.ts';

const RUNS: readonly (readonly [string, Cast])[] = [
  ['tuohe-flood-transfer', 'in_time'],
  ['hazmat-leak', 'late'],
  ['lushi-flash-flood', 'other_option'],
];

for (const [name, cast] of RUNS) {
  const script = JSON.parse(readFileSync(resolve(`seeds/reference/scripts/${name}.json`), 'utf8')) as Script;
  const golden = recordRun(script, cast);
  writeFileSync(resolve(`tests/drills/golden/${name}.${cast}.json.gz`), packed(golden));
  const { unit } = golden.grades;
  process.stdout.write(`${name} ${cast}: ${golden.entries.length} entries, ${unit.total} ${unit.grade}\n`);
}
