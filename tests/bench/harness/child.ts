import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const STARTS_WITHIN_MS = 60_000;
const STOPS_WITHIN_MS = 10_000;

/** Whatever ends the bench ends what it started. */
const living = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

function keepTrackOf(child: ChildProcess): ChildProcess {
  living.add(child);
  child.once('exit', () => living.delete(child));
  return child;
}

type Surroundings = {
  /** Where plans, results and logs go. */
  folder: string;
  /** Settings; undefined takes one of the machine's away. */
  env?: Record<string, string | undefined>;
};

/**
 * Runs a script of the bench in a process of its own, hands it a plan and answers its result; both are
 * JSON files. The script is ended when it takes longer than `secondsMax`.
 */
export async function runChild<Result>(
  script: string,
  plan: unknown,
  { folder, env = {}, secondsMax }: Surroundings & { secondsMax: number },
): Promise<Result> {
  const files = [join(folder, 'plan.json'), join(folder, 'result.json')] as const;
  writeFileSync(files[0], JSON.stringify(plan));
  const child = keepTrackOf(
    spawn('node', [script, ...files], { env: { ...process.env, ...env }, stdio: ['ignore', 2, 2] }),
  );
  const late = setTimeout(() => child.kill('SIGKILL'), secondsMax * 1_000);
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  clearTimeout(late);
  if (code !== 0) throw new Error(`${script} ended with ${signal ?? code}`);
  return JSON.parse(readFileSync(files[1], 'utf8')) as Result;
}

/** The child's side of {@link runChild}. */
export async function answerPlan<Plan>(work: (plan: Plan) => Promise<unknown>): Promise<void> {
  const [planFile, resultFile] = process.argv.slice(2) as [string, string];
  const result = await work(JSON.parse(readFileSync(planFile, 'utf8')) as Plan);
  writeFileSync(resultFile, JSON.stringify(result));
}

/** A server in a process of its own, listening on 127.0.0.1. */
export type Listening = {
  port: number;
  /** Seconds of processor it has used, all threads; null where the system does not say. */
  cpuSeconds(): number | null;
  stop(): Promise<void>;
};

/** Starts a script that says `"port":<number>` when it listens; what it says goes to a file. */
export async function startListening(
  script: string,
  words: string[],
  { folder, env = {} }: Surroundings,
): Promise<Listening> {
  const logFile = join(folder, `${script.replaceAll(/\W+/g, '-')}.log`);
  const log = openSync(logFile, 'w');
  const child = keepTrackOf(
    spawn('node', [script, ...words], { env: { ...process.env, ...env }, stdio: ['ignore', log, log] }),
  );
  closeSync(log);
  const port = await portOf(child, logFile);
  return { port, cpuSeconds: () => cpuSecondsOf(child), stop: () => end(child) };
}

/** Linux counts a process's ticks of a hundredth of a second in user and system mode. */
function cpuSecondsOf({ pid }: ChildProcess): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null; // No such file system here: the figure is told without it.
  }
}

async function portOf(child: ChildProcess, logFile: string): Promise<number> {
  const until = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < until) {
    const said = readFileSync(logFile, 'utf8');
    const port = /"port":(\d+)/.exec(said)?.[1];
    if (port) return Number(port);
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${said}`);
    await wait(50);
  }
  child.kill('SIGKILL');
  throw new Error(`the server did not listen within a minute: ${logFile}`);
}

/** Ends the one process that was started here. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
  await ended;
  clearTimeout(late);
}
