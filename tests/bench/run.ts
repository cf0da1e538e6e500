import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bringUpToDate } from './harness/build.ts';
import { printFigure, say, type Bench } from './harness/figure.ts';

/**
 * `npm run bench [name]`: the load that a name stands for, against the built program. A bench is a folder
 * here with a `bench.ts`. Figures are JSON lines on standard output; all else goes to standard error.
 */
const FOLDER = import.meta.dirname;
const DEFAULT = 'spine';

function names(): string[] {
  return readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'bench.ts')));
}

async function main(name: string): Promise<void> {
  if (!names().includes(name)) {
    say(`没有这个测速 / no such bench: ${name} (${names().join(', ')})`);
    process.exitCode = 2;
    return;
  }
  bringUpToDate();
  const { bench } = (await import(pathToFileURL(join(FOLDER, name, 'bench.ts')).href)) as { bench: Bench };
  const faults = await bench((figure) => printFigure(name, figure));
  for (const fault of faults) say(`错误 / fault: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}

await main(process.argv[2] ?? DEFAULT);
