import Database from 'better-sqlite3';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild, startListening, type Listening } from '../harness/child.ts';
import { percentile, say, type Bench, type Figure } from '../harness/figure.ts';
import { measureFirstPage } from './first-page.ts';
import type { AnswersPlan, AnswersResult, Sitting } from './load-answers.ts';
import type { ImportPlan, ImportResult } from './load-import.ts';
import type { Page, PagesPlan, PagesResult } from './load-pages.ts';
import type { StartsPlan, StartsResult } from './load-starts.ts';
import { COUNTY_ID, LANES, READERS, SIZE, TOWNSHIP_ID, type World } from './plan.ts';
import type { RawPlan, RawResult } from './raw-sqlite.ts';
import { reconcile, verifyFaults, type Told } from './reconcile.ts';

/** Where one run stands: its own folder, its own server, nothing of the machine's. */
type Run = {
  folder: string;
  dataDir: string;
  env: Record<string, string | undefined>;
  world: World;
  server: Listening;
  print: (figure: Figure) => void;
};

const HERE = 'tests/bench/spine';
const WARM_STARTS = 200;
const ANSWERS = { warmUp: 3, seconds: 12 };
const PAGES = { warmUp: 3, seconds: 10 };
const RAW_SECONDS = 4;

/**
 * The spine under load: an exam of {@link LANES} candidates at once, the figures of a county with 100,000
 * people, a roster of 20,000 rows. Everything acknowledged is looked up afterwards.
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
  let server: Listening | null = null;
  try {
    say('准备一个十万人的县 / making a county of 100,000 people');
    const world = await runChild<World>(`${HERE}/build-world.ts`, {}, { folder, env, secondsMax: 600 });
    say(`  ${world.seconds} s`);
    server = await startListening('scripts/serve.ts', [], { folder, env });
    const told = await measureAll({ folder, dataDir, env, world, server, print });
    await server.stop();
    say('核对 / reconciling');
    return [...told.faults, ...reconcile(dataDir, told), ...verifyFaults(env)];
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

async function measureAll(run: Run): Promise<Told & { faults: string[] }> {
  const firstPage = await measureFirstPage(run.server.port);
  say(`首屏 / first page: ${JSON.stringify(firstPage.perPage)}`);
  run.print({ figure: 'first_page_kb', value: firstPage.kilobytes, unit: 'KB', limit: null });
  const starts = await measureStarts(run);
  if (starts.faults.length > 0) throw new Error(starts.faults.join('\n'));
  const sittings = sittingsOf(run, starts);
  const answers = await measureAnswers(run, sittings);
  const pages = await measurePages(run);
  const imported = await measureImport(run, sittings[0]!);
  const { examId } = run.world;
  const faults = [starts, answers, pages, imported].flatMap((part) => part.faults);
  const { sent, last } = answers;
  return { examId, started: starts.started, sent, last, importId: imported.importId, faults };
}

/** What the server's own work cost, whatever else the machine was doing: beside a clock, the steadier measure. */
async function withCpu<Result extends { faults: string[] }>(
  { server }: Run,
  work: () => Promise<Result>,
  countOf: (result: Result) => number,
): Promise<Result> {
  const before = server.cpuSeconds();
  const result = await work();
  const after = server.cpuSeconds();
  const count = countOf(result);
  if (before !== null && after !== null)
    say(
      `  server cpu ${(after - before).toFixed(1)} s, ${(((after - before) / count) * 1_000).toFixed(2)} ms each of ${count}`,
    );
  return result;
}

/** A bare node:http server that answers these bytes. */
async function startBare({ folder }: Run, body: string, type: string): Promise<Listening> {
  const file = join(folder, 'bare-body');
  writeFileSync(file, body);
  return await startListening('tests/bench/harness/bare-http.ts', [file, type], { folder });
}

async function measureStarts(run: Run): Promise<StartsResult> {
  const { folder, world, server } = run;
  say('开考 / exam starts');
  const plan: StartsPlan = {
    ...{ port: server.port, examId: world.examId, lanes: LANES, warmUp: WARM_STARTS },
    ...{ candidates: world.candidates, leases: LANES },
  };
  const load = () => runChild<StartsResult>(`${HERE}/load-starts.ts`, plan, { folder, secondsMax: 180 });
  const starts = await withCpu(run, load, ({ started }) => started.length);
  say(
    `  p50 ${percentile(starts.milliseconds, 0.5).toFixed(1)} ms, p99 ${percentile(starts.milliseconds, 0.99).toFixed(1)} ms`,
  );
  const raw = await measureRaw(run);
  run.print({ figure: 'exam_start_rate', value: starts.rate, unit: '1/s', limit: raw.papers });
  return starts;
}

let rawOfRun: { folder: string; raw: RawResult } | null = null;

/** What bare SQLite does in this run; the server stands idle meanwhile. */
async function measureRaw({ folder, dataDir }: Run): Promise<RawResult> {
  if (rawOfRun?.folder === folder) return rawOfRun.raw;
  const db = new Database(join(dataDir, 'lianbing.db'), { readonly: true });
  const { items } = db.prepare('select items from attempt_paper limit 1').get() as { items: string };
  db.close();
  const plan: RawPlan = { file: join(folder, 'raw.db'), group: LANES, seconds: RAW_SECONDS, paper: items };
  const raw = await runChild<RawResult>(`${HERE}/raw-sqlite.ts`, plan, { folder, secondsMax: 60 });
  rawOfRun = { folder, raw };
  return raw;
}

/** The first candidates with what their pages know: shape of the paper and the lease. */
function sittingsOf({ dataDir, world }: Run, { started, leases }: StartsResult): Sitting[] {
  const db = new Database(join(dataDir, 'lianbing.db'), { readonly: true });
  const find = db.prepare('select shape from attempt where id = ?');
  const sittings = leases.map((lease, index) => {
    const attemptId = started[index]!;
    const { shape } = find.get(attemptId) as { shape: string };
    return { ...world.candidates[index]!, attemptId, shape, lease };
  });
  db.close();
  return sittings;
}

async function measureAnswers(run: Run, sittings: Sitting[]): Promise<AnswersResult> {
  const { folder, server } = run;
  say('保存答案 / answer saves');
  const ask = (port: number, bare: boolean, times: { warmUp: number; seconds: number }) => {
    const plan: AnswersPlan = { port, bare, ...times, sittings };
    return runChild<AnswersResult>(`${HERE}/load-answers.ts`, plan, { folder, secondsMax: 120 });
  };
  const load = () => ask(server.port, false, ANSWERS);
  const answers = await withCpu(run, load, ({ sent }) => sent);
  const saved = [{ slot: 1, seq: 1, answer: 'A', savedAt: Date.now(), late: false, kept: true }];
  const bareServer = await startBare(run, JSON.stringify({ saved, now: Date.now() }), 'application/json');
  const bare = await ask(bareServer.port, true, { warmUp: 1, seconds: RAW_SECONDS }).finally(() =>
    bareServer.stop(),
  );
  const raw = await measureRaw(run);
  say(`  node:http ${bare.rate.toFixed(0)}/s, better-sqlite3 ${raw.answers.toFixed(0)}/s`);
  const { rate, milliseconds } = answers;
  say(
    `  p50 ${percentile(milliseconds, 0.5).toFixed(1)} ms, max ${Math.max(...milliseconds.slice(0, 100_000)).toFixed(1)} ms`,
  );
  run.print({
    figure: 'answer_save_rate',
    value: rate,
    unit: '1/s',
    limit: Math.min(bare.rate, raw.answers),
  });
  run.print({ figure: 'answer_save_p99', value: percentile(milliseconds, 0.99), unit: 'ms', limit: null });
  return answers;
}

/** Every level, and the names behind the figures by what people filter for. */
function pagesOf({ bureau, townshipOfficer, villageId }: World): Page[] {
  const of = (cookie: string, ...paths: string[]) =>
    paths.map((path) => ({ path: `/office/coverage${path}`, cookie }));
  const names = (id: string, ...filters: string[]) => filters.map((filter) => `/${id}/names${filter}`);
  return [
    ...of(bureau, `/${COUNTY_ID}`, `/${TOWNSHIP_ID}`, `/${villageId}`),
    ...of(
      bureau,
      ...names(
        COUNTY_ID,
        '?kind=missing',
        '?kind=missing&page=100',
        '?kind=missing&category=village_station_head',
      ),
    ),
    ...of(bureau, ...names(COUNTY_ID, '?kind=all', '?kind=met', '?kind=uncovered')),
    ...of(bureau, ...names(TOWNSHIP_ID, '?kind=missing'), ...names(villageId, '?kind=missing')),
    ...of(townshipOfficer, `/${TOWNSHIP_ID}`, ...names(TOWNSHIP_ID, '?kind=missing')),
  ];
}

async function measurePages(run: Run): Promise<PagesResult> {
  const { folder, server, world } = run;
  say('覆盖率页面 / coverage pages');
  const read = (port: number, times: { warmUp: number; seconds: number }) => {
    const plan: PagesPlan = { port, lanes: READERS, ...times, pages: pagesOf(world) };
    return runChild<PagesResult>(`${HERE}/load-pages.ts`, plan, { folder, secondsMax: 120 });
  };
  const countOf = ({ byPage }: PagesResult) => Object.values(byPage).flat().length;
  const pages = await withCpu(run, () => read(server.port, PAGES), countOf);
  for (const [path, milliseconds] of Object.entries(pages.byPage))
    say(
      `  ${path.replace(world.villageId, '<village>')} p95 ${percentile(milliseconds, 0.95).toFixed(1)} ms (${milliseconds.length})`,
    );
  const bareServer = await startBare(run, 'x'.repeat(pages.bytes), 'text/html');
  const bare = await read(bareServer.port, { warmUp: 1, seconds: RAW_SECONDS }).finally(() =>
    bareServer.stop(),
  );
  const p95 = percentile(pages.milliseconds, 0.95);
  run.print({
    figure: 'coverage_page_p95',
    value: p95,
    unit: 'ms',
    limit: percentile(bare.milliseconds, 0.95),
  });
  return pages;
}

async function measureImport(run: Run, { attemptId, lease, cookie }: Sitting): Promise<ImportResult> {
  const { folder, server, world } = run;
  say('导入 20,000 行 / importing 20,000 rows');
  // What an open exam page asks: the session is looked up, one row is read.
  const small = { path: `/api/attempts/${attemptId}/pulse?lease=${lease}`, cookie };
  const plan: ImportPlan = { port: server.port, cookie: world.bureau, file: world.rosterFile, small };
  const load = () => runChild<ImportResult>(`${HERE}/load-import.ts`, plan, { folder, secondsMax: 240 });
  const imported = await withCpu(run, load, () => SIZE.rosterRows);
  const { previewSeconds, smallMedianMs, smallP99Ms, smallAsked } = imported;
  say(
    `  preview after ${previewSeconds.toFixed(1)} s; others: ${smallAsked} asked, p50 ${smallMedianMs.toFixed(1)} ms, p99 ${smallP99Ms.toFixed(1)} ms`,
  );
  run.print({ figure: 'import_20k_seconds', value: imported.seconds, unit: 's', limit: null });
  run.print({ figure: 'import_20k_worst_stall', value: imported.worstStallMs, unit: 'ms', limit: null });
  return imported;
}
