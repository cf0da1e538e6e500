import { prepareBrowser } from './harness/browser.ts';
import { startServer, type RunningServer } from './harness/server.ts';
import { expect, login, test as base } from './harness/test.ts';
import { startTlsProxy, TLS_HOST } from './harness/tls-proxy.ts';
import { download } from './story/papers.ts';
import { findClass, halfNow, openSession, wallOf } from './story/office-training.ts';

/** What printed links carry: not the address that the office itself uses. */
const PUBLIC_URL = 'https://peixun.xiayi.test';
const CLASS = '夏邑县冬春安全防范集中轮训';
const packed = await prepareBrowser();

/** A public server: the program behind something that speaks https, with its settings. */
type Proxied = RunningServer & {
  /** The program's own address, behind the proxy. */
  inner: string;
};
const test = base.extend<object, { server: Proxied }>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures here
    async ({}, use) => {
      const proxy = await startTlsProxy();
      const server = await startServer('https', { ORIGIN: proxy.origin, PUBLIC_URL });
      proxy.passTo(server.url);
      const proxied: Proxied = { ...server, url: proxy.origin, inner: server.url };
      await use(proxied);
      await server.stop();
      await proxy.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});
test.use({
  ignoreHTTPSErrors: true,
  launchOptions: {
    ...packed,
    args: [...(packed?.args ?? []), `--host-resolver-rules=MAP ${TLS_HOST} 127.0.0.1`],
  },
});

test('cookies are for https only, and so is the site from then on', async ({ phone }) => {
  await login(phone, 'trainee');
  await expect(phone.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await phone.evaluate(() => isSecureContext)).toBe(true);
  const cookies = await phone.context().cookies();
  expect(cookies.length).toBeGreaterThan(0);
  for (const { name, secure } of cookies) expect(secure, name).toBe(true);
  expect(cookies.some(({ httpOnly }) => httpOnly)).toBe(true);
  const answer = await phone.goto('/learn/record');
  expect(answer!.headers()['strict-transport-security']).toMatch(/^max-age=\d+/);
});

test('the wall shows the public address', async ({ desktop }) => {
  await login(desktop, 'instructor');
  const base = await findClass(desktop, CLASS);
  await wallOf(desktop, await openSession(desktop, base, halfNow()), PUBLIC_URL);
  await expect(desktop.getByText(PUBLIC_URL)).toBeVisible();
});

test('paper carries the public address', async ({ desktop }) => {
  await login(desktop, 'xiayi');
  await desktop.goto('/office/certificates');
  await desktop.locator('tbody a[href^="/office/certificates/"]').first().click();
  const pdf = await download(desktop, () => desktop.getByRole('link', { name: /PDF/ }).click());
  expect(await pdf.printed()).toContain(`打开${PUBLIC_URL}/certificates`);
});

test('only forms of its own origin are taken', async ({ server }) => {
  const form = new URLSearchParams({ identifier: 'xiayi', password: 'lianbing-demo' });
  const post = (origin: string) =>
    fetch(`${server.inner}/login`, {
      ...{ method: 'POST', body: form, redirect: 'manual' as const },
      headers: { origin, accept: 'text/html' },
    });
  expect((await post(server.url)).status).toBe(303);
  for (const other of [
    server.inner,
    server.url.replace('https:', 'http:'),
    PUBLIC_URL,
    'https://elsewhere.example',
  ])
    expect((await post(other)).status, other).toBe(403);
});
