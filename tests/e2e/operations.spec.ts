import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inherited } from './harness/browser.ts';
import { onTestClock } from './harness/clock.ts';
import { startServer } from './harness/server.ts';
import { DESKTOP, expect, test } from './harness/test.ts';

const STOPS_WITHIN_MS = 7_000;

function run(script: string, words: string[], env: Record<string, string>) {
  return spawnSync('node', [script, ...words], {
    env: { ...inherited(), ...onTestClock(), ...env },
    encoding: 'utf8',
  });
}

test('health says what runs and for how long, and nothing else', async ({ server }) => {
  const answer = await fetch(`${server.url}/healthz`);
  expect(answer.status).toBe(200);
  const health = (await answer.json()) as Record<string, unknown>;
  expect(Object.keys(health).toSorted()).toEqual(['engine', 'schema', 'status', 'uptimeSeconds']);
  expect(health).toMatchObject({ status: 'ok', engine: 'sqlite' });
});

test('a page that is not there is a Chinese page with the code that the log has', async ({
  desktop,
  server,
}) => {
  const answer = await desktop.goto('/no/such/page');
  expect(answer?.status()).toBe(404);
  await expect(desktop.getByRole('main')).toContainText('page_not_found');
  const foreign = await fetch(`${server.url}/login`, {
    method: 'POST',
    headers: { origin: 'http://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'identifier=xiayi&password=lianbing-demo',
  });
  expect(foreign.status).toBe(403);
});

test('it stops within seconds while browsers keep their connections', async () => {
  const server = await startServer('stopping');
  const agents = await Promise.all(Array.from({ length: 5 }, () => fetch(`${server.url}/`)));
  expect(agents.every((answer) => answer.ok)).toBe(true);
  const asked = Date.now();
  await server.stop();
  expect(Date.now() - asked).toBeLessThan(STOPS_WITHIN_MS);
  expect(readFileSync(server.logFile, 'utf8')).toContain('"message":"stopped"');
});

test('settings that cannot be used are said in a sentence, and nothing starts', () => {
  const bad = [
    ['PORT', 'abc'],
    ['ORIGIN', 'not-an-address'],
    ['DATABASE_URL', 'mysql://x'],
    ['LIANBING_DEMO', 'yes'],
  ] as const;
  for (const [name, value] of bad) {
    const { status, stderr } = run('scripts/serve.ts', [], {
      DATA_DIR: join(tmpdir(), 'nowhere'),
      [name]: value,
    });
    expect(status, name).toBe(1);
    expect(stderr).toContain(name);
    expect(stderr).not.toContain('    at ');
  }
});

test('demo data is refused where none may be', async ({ server }) => {
  const { status, stderr } = run('scripts/prepare-database.ts', [], {
    DATA_DIR: server.dataDir,
    LIANBING_DEMO: '0',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('LIANBING_DEMO=0');
});

test('the command line works beside a running server', async () => {
  // A server of its own: the roster it loads is the one that the story loads on another.
  const server = await startServer('command-line');
  const env = { DATA_DIR: server.dataDir, INIT_CWD: process.cwd() };
  const words = ['import', 'roster', 'tests/inputs/roster-xiayi.xlsx', '--as', 'xiayi', '--json'];
  const dry = run('scripts/lianbing.ts', [...words, '--dry-run'], env);
  expect(JSON.parse(dry.stdout)).toMatchObject({ rows: { accepted: 600, created: 600 }, persons: 597 });
  const first = run('scripts/lianbing.ts', words, env);
  expect(JSON.parse(first.stdout)).toMatchObject({ rows: { accepted: 600, created: 600 }, persons: 597 });
  expect(first.status).toBe(0);
  const second = JSON.parse(run('scripts/lianbing.ts', words, env).stdout);
  expect(second).toMatchObject({ rows: { accepted: 600, created: 0, updated: 0, unchanged: 600 } });
  expect(second.refused).toHaveLength(30);
  const restore = run('scripts/lianbing.ts', ['restore', 'any.gz'], env);
  expect(restore.status).toBe(1);
  expect(restore.stderr).toContain('服务器正在运行');
  const verify = run('scripts/lianbing.ts', ['verify'], env);
  expect(JSON.parse(verify.stdout)).toMatchObject({ faults: 0, keys_match: true });
  await server.stop();
});

test('a new installation without demo data is set up with the code from the log', async ({ browser }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianbing-setup-'));
  const env = { DATA_DIR: dataDir, LIANBING_DEMO: '0' };
  expect(run('scripts/prepare-database.ts', [], env).status).toBe(0);
  const server = await startServer('setup', env);
  const context = await browser.newContext({ baseURL: server.url, viewport: DESKTOP, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto('/login');
  await expect(page).toHaveURL(/\/setup/);
  const code = /"code":"(\d{8})"/.exec(readFileSync(server.logFile, 'utf8'))?.[1] ?? '';
  expect(code).toHaveLength(8);
  await page.getByLabel('地市').selectOption({ label: '商丘市' });
  await page.waitForURL(/city=/);
  await page.getByLabel('县（市、区）').selectOption({ label: '夏邑县' });
  const passwords = page.locator('input[type=password]');
  await passwords.nth(0).fill('guan-li-yuan-2026');
  await passwords.nth(1).fill('pei-xun-ju-2026');
  for (const [name, value] of [
    ['administratorLogin', 'guanli'],
    ['bureauLogin', 'xiayiju'],
    ['bureauName', '夏邑县应急管理局'],
    ['code', code],
  ] as const)
    await page.locator(`input[name=${name}]`).fill(value);
  await page.getByRole('button', { name: /完成|建立/ }).click();
  await page.waitForURL(/\/login/);
  await page.getByLabel('账号、手机号或身份证号').fill('xiayiju');
  await page.locator('input[name=password]').fill('pei-xun-ju-2026');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page).toHaveURL(/\/office$/);
  await page.goto('/setup');
  await expect(page).not.toHaveURL(/\/setup$/);
  await context.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
