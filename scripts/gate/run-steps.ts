import { spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

/** One thing that must hold, and the command that shows it: ends with 0 when it does. */
export type Step = { name: string; command: readonly [string, ...string[]] };

type Outcome = { ok: boolean; seconds: number; output: string };

const STILL_RUNNING_MS = 30_000;

/**
 * Runs steps one after another, says which and how long each took, and stops at the first that fails, with
 * what it said. The last line counts them: `9 passed, 0 failed`.
 */
export async function runSteps(steps: readonly Step[]): Promise<void> {
  let passed = 0;
  const began = Date.now();
  for (const [index, step] of steps.entries()) {
    say(`[${index + 1}/${steps.length}] ${step.name}`);
    const { ok, seconds, output } = await runStep(step);
    say(`      ${ok ? 'ok' : 'FAILED'} · ${seconds.toFixed(1)} s`);
    if (!ok) {
      say(`\n${step.command.join(' ')}\n${output}`);
      for (const { name } of steps.slice(index + 1)) say(`not run: ${name}`);
      say(`${passed} passed, 1 failed`);
      process.exitCode = 1;
      return;
    }
    passed += 1;
  }
  say(`all in ${((Date.now() - began) / 1000).toFixed(0)} s`);
  say(`${passed} passed, 0 failed`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function runStep({ command: [program, ...args] }: Step): Promise<Outcome> {
  const began = Date.now();
  const chunks: Buffer[] = [];
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // Tools first from the project, so that `node` is the version the project brings.
      PATH: `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH}`,
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
    },
    shell: process.platform === 'win32',
  });
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const seconds = () => (Date.now() - began) / 1000;
  const patience = setInterval(() => say(`      … ${seconds().toFixed(0)} s`), STILL_RUNNING_MS);
  const ok = await new Promise<boolean>((done) => {
    child.once('error', (reason) => {
      chunks.push(Buffer.from(`${reason.message}\n`));
      done(false);
    });
    child.once('close', (status) => done(status === 0));
  });
  clearInterval(patience);
  return { ok, seconds: seconds(), output: Buffer.concat(chunks).toString('utf8').trimEnd() };
}
