import Database from 'better-sqlite3';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runChild, startListening, type Listening } from '../harness/child.ts';
import { percentile, say, type Bench } from '../harness/figure.ts';
import { PER_SECOND, QUIET_SECONDS, SECONDS, type RoomsPlan, type RoomsResult, type World } from './plan.ts';

const HERE = 'tests/bench/drill';
/** What the stream tells a browser to wait before it comes back. */
const RETRY_MS = 1_000;
const SETTLE_MS = 5_000;

/**
 * Drills under load: fifty runs that only wait, then three rooms of 150 screens with two injects a second
 * and one restart in the middle. Every screen must get every inject once.
 */
export const bench: Bench = async (print) => {
  const folder = mkdtempSync(join(tmpdir(), 'lianbing-bench-'));
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  const env = {
    DATA_DIR: dataDir,
    DATABASE_URL: '',
    LIANBING_DEMO: '0',
    HOST: '127.0.0.1',
    PORT: '0',
    ORIGIN: undefined,
    PUBLIC_URL: undefined,
  };
  const surroundings = { folder, env };
  let server: Listening | null = null;
  try {
    say('规则本身 / the rules alone');
    type Engine = { command900Ms: number; replay5000Ms: number };
    const engine = await runChild<Engine>(`${HERE}/engine.ts`, {}, { folder, secondsMax: 300 });
    print({ figure: 'command_900_items_ms', value: engine.command900Ms, unit: 'ms', limit: null });
    print({ figure: 'replay_5000_ms', value: engine.replay5000Ms, unit: 'ms', limit: null });
    say('准备演练厅 / making the rooms');
    const world = await runChild<World>(`${HERE}/build-world.ts`, {}, { ...surroundings, secondsMax: 600 });
    say(`  ${world.seconds} s`);
    server = await startListening('scripts/serve.ts', [], surroundings);
    print({
      figure: 'quiet_runs_50_core_percent',
      value: await quietShare(server),
      unit: 'percent',
      limit: null,
    });
    say(`三个演练厅，${SECONDS} 秒，中途重启一次 / three rooms with one restart`);
    const stopped = world.quiet.length - tickingAmong(dataDir, world);
    const { port } = server;
    const plan: RoomsPlan = {
      port,
      rooms: world.rooms,
      perSecond: PER_SECOND,
      seconds: SECONDS,
      retryMs: RETRY_MS,
    };
    const playing = runChild<RoomsResult>(`${HERE}/load-rooms.ts`, plan, {
      folder,
      secondsMax: SECONDS + 180,
    });
    await wait((SECONDS / 2) * 1_000);
    await server.stop();
    server = await startListening('scripts/serve.ts', [], { folder, env: { ...env, PORT: String(port) } });
    const result = await playing;
    say(`  ${result.released} 条情景，${result.milliseconds.length} 次显示，重连 ${result.reconnects} 次`);
    say(
      `  p50 ${percentile(result.milliseconds, 0.5).toFixed(1)} ms, max ${percentile(result.milliseconds, 1).toFixed(0)} ms`,
    );
    print({
      figure: 'inject_to_screen_p99',
      value: percentile(result.milliseconds, 0.99),
      unit: 'ms',
      limit: null,
    });
    print({ figure: 'events_missed', value: result.missed, unit: 'count', limit: null });
    print({ figure: 'events_doubled', value: result.doubled, unit: 'count', limit: null });
    const lost =
      result.missed + result.doubled > 0 ? [`missed ${result.missed}, doubled ${result.doubled}`] : [];
    const still = stopped > 0 ? [`${stopped} of the quiet runs did not run`] : [];
    return [...result.faults, ...lost, ...still];
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** How many of the quiet runs' clocks run: a run that stands costs nothing, and would prove nothing. */
function tickingAmong(dataDir: string, { quiet }: World): number {
  const db = new Database(join(dataDir, 'lianbing.db'), { readonly: true });
  const isTicking = db.prepare('select is_ticking from drill_run where id = ?').pluck();
  const count = quiet.filter(({ runId }) => isTicking.get(runId) === 1).length;
  db.close();
  return count;
}

/** Share of one core that waiting runs cost, in percent. */
async function quietShare(server: Listening): Promise<number> {
  await wait(SETTLE_MS);
  const before = server.cpuSeconds();
  await wait(QUIET_SECONDS * 1_000);
  const after = server.cpuSeconds();
  return before === null || after === null ? Number.NaN : ((after - before) / QUIET_SECONDS) * 100;
}
