import { chromium, type Browser } from '@playwright/test';
import { prepareOldBrowser } from './browser.ts';
import { OldPage } from './old-page.ts';
import { expect, PHONE, test as base } from './test.ts';

/** `test` with Chromium 102 instead of today's: for `*.old.spec.ts`. */
export const test = base.extend<{ old: OldPage }, { oldBrowser: Browser }>({
  oldBrowser: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures here
    async ({}, use) => {
      const browser = await chromium.launch(await prepareOldBrowser());
      await use(browser);
      await browser.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  old: async ({ oldBrowser, server }, use) => {
    const context = await oldBrowser.newContext({ baseURL: server.url, viewport: PHONE, locale: 'zh-CN' });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (reason) => faults.push(`${page.url()}: ${reason.message}`));
    await use(new OldPage(page));
    await context.close();
    expect(faults, 'faults met on the way').toEqual([]);
  },
});

export { expect };
