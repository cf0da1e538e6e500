import { defineConfig } from '@playwright/test';
import { isPackedFor, prepareBrowser } from './tests/e2e/harness/browser.ts';

const browser = await prepareBrowser();

/** Browser tests: `playwright test`, on the built program (`npm run build` first). */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  workers: process.env.CI ? 2 : 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  globalSetup: './tests/e2e/harness/global-setup.ts',
  use: {
    actionTimeout: 10_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: browser ?? {},
  },
  projects: [
    { name: 'chromium', testIgnore: /\.old\.spec\.ts$/ },
    // The floor of docs/deployment.md, where it comes as a package.
    ...(isPackedFor() ? [{ name: 'chromium-102', testMatch: /\.old\.spec\.ts$/ }] : []),
  ],
});
