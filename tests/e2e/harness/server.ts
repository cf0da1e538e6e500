import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inherited } from './browser.ts';
import { onTestClock } from './clock.ts';
import { copyTemplate } from './template.ts';

/** The built program, running on a port and a DATA_DIR of its own. */
export type RunningServer = {
  url: string;
  dataDir: string;
  /** Where it writes what it has to say. */
  logFile: string;
  /** Ends it and starts it again on the same DATA_DIR and port. */
  restart(signal?: NodeJS.Signals): Promise<void>;
  /** Ends it and takes its DATA_DIR away. */
  stop(): Promise<void>;
};

const STARTS_WITHIN_MS = 60_000;
const STOPS_WITHIN_MS = 10_000;

/** Starts the built server on demo data; `env` are further settings, DATA_DIR among them if it has one already. */
export async function startServer(name: string, env: Record<string, string> = {}): Promise<RunningServer> {
  const dataDir = env.DATA_DIR ?? copyTemplate(name);
  mkdirSync('test-results', { recursive: true });
  const logFile = join('test-results', `server-${name}-${process.pid}.log`);
  rmSync(logFile, { force: true });
  const settings = { HOST: '127.0.0.1', DATABASE_URL: '', ...env, DATA_DIR: dataDir };
  let running = await launch(logFile, { PORT: '0', ...settings });
  const { url, port } = running;
  return {
    url,
    dataDir,
    logFile,
    async restart(signal = 'SIGTERM') {
      await end(running.child, signal);
      running = await launch(logFile, { ...settings, PORT: String(port) });
    },
    async stop() {
      await end(running.child, 'SIGTERM');
      if (!env.DATA_DIR) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function launch(logFile: string, env: Record<string, string>) {
  const from = sizeOf(logFile);
  const log = openSync(logFile, 'a');
  const child = spawn('node', ['scripts/serve.ts'], {
    env: { ...inherited(), ...onTestClock(), ...env },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const port = await listeningPort(child, logFile, from);
  const url = `http://127.0.0.1:${port}`;
  const health = await fetch(`${url}/healthz`);
  if (!health.ok) throw new Error(`the server started unwell: ${await health.text()}`);
  return { child, port, url };
}

function sizeOf(file: string): number {
  try {
    return readFileSync(file, 'utf8').length;
  } catch {
    return 0; // Not written yet.
  }
}

async function listeningPort(child: ChildProcess, logFile: string, from: number): Promise<number> {
  const until = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < until) {
    const said = readFileSync(logFile, 'utf8').slice(from);
    const port = /"message":"listening".*?"port":(\d+)/.exec(said)?.[1];
    if (port) return Number(port);
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${said}`);
    await wait(50);
  }
  child.kill('SIGKILL');
  throw new Error(`the server did not listen within a minute: ${logFile}`);
}

/** Ends the one process that was started here. */
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
  await ended;
  clearTimeout(late);
}
