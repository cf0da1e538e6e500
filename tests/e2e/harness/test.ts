import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { startServer, type RunningServer } from './server.ts';

/** The sizes that every page must fit: a cadre's phone held in one hand, and an office screen. */
export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1366, height: 768 };
export const DEMO_PASSWORD = 'lianbing-demo';

type PerTest = {
  /** A page in a phone-sized context of its own. */
  phone: Page;
  /** A page in a desktop-sized context of its own. */
  desktop: Page;
  /** Makes further contexts: a second device, another person. */
  open: (size: typeof PHONE) => Promise<Page>;
};

/**
 * `test` with the built server behind it: one server per worker, on a copy of the demo counties. A page
 * that meets a fault (an uncaught error, an answer of 500) fails its test.
 */
export const test = base.extend<PerTest, { server: RunningServer }>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures here
    async ({}, use, worker) => {
      const server = await startServer(`e2e-${worker.workerIndex}`);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  open: async ({ browser, server }, use) => {
    const faults: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (size) => {
      const context = await contextOf(browser, server.url, size);
      contexts.push(context);
      return watched(await context.newPage(), faults);
    });
    for (const context of contexts) await context.close();
    expect(faults, 'faults met on the way').toEqual([]);
  },
  phone: async ({ open }, use) => use(await open(PHONE)),
  desktop: async ({ open }, use) => use(await open(DESKTOP)),
});

function contextOf(browser: Browser, baseURL: string, viewport: typeof PHONE): Promise<BrowserContext> {
  return browser.newContext({
    baseURL,
    viewport,
    hasTouch: viewport.width < 600,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
  });
}

function watched(page: Page, faults: string[]): Page {
  page.on('pageerror', (reason) => faults.push(`${page.url()}: ${reason.message}`));
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  return page;
}

/** Logs in as a demo account and waits for the page it comes to. */
export async function login(page: Page, loginName: string, password = DEMO_PASSWORD): Promise<void> {
  await page.goto('/login');
  await page.getByLabel(/^账号、手机号/).fill(loginName);
  await page.getByLabel(/^密码/).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
}

export const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** WCAG 2.2 AA as far as a machine can tell; what it finds is listed with the elements it means. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.target.join(' ')).join('\n  ')}`,
  );
  expect(found, `axe on ${page.url()}`).toEqual([]);
}

/** Nothing stands wider than the screen: no page needs sideways scrolling. */
export async function expectFits(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `pixels too wide on ${page.url()}`).toBeLessThanOrEqual(0);
}

export { expect };
