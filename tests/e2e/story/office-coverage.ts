import type { Page } from '@playwright/test';
import { expect } from '../harness/test.ts';

const stat = (page: Page, label: string) =>
  page.locator('.stat', { has: page.locator('.label', { hasText: label }) });

/** Follows a figure to the names behind it: there are as many as the figure says. */
export async function expectNamesBehind(page: Page, label: string): Promise<void> {
  const from = page.url();
  const figure = stat(page, label).getByRole('link');
  const count = await figure.innerText();
  await figure.click();
  await expect(page.locator('.state')).toContainText(`共 ${count} 人`);
  await page.goto(from);
}

/** Beside each rate stands how it is counted, and both of its numbers lead to names. */
export async function expectDefinitions(page: Page): Promise<void> {
  for (const rate of ['覆盖率', '达标率']) {
    await expect(stat(page, rate).locator('.label').getByRole('button')).toBeVisible();
    await expect(stat(page, rate).locator('.note').getByRole('link'), `both numbers of ${rate}`).toHaveCount(2);
  }
}

/** The first place of the table, slowest first, that lacks somebody. */
export async function firstPlaceWithMissing(page: Page): Promise<string> {
  const rows = page.getByRole('region', { name: /各地培训情况/ }).locator('tbody tr');
  for (const row of await rows.all()) {
    const missing = await row.locator('[data-label="还差"]').innerText();
    if (Number(missing.replace(/\D/g, '')) > 0 && (await row.locator('th a').count()) > 0)
      return await row.locator('th a').innerText();
  }
  throw new Error(`nobody is missing anywhere on ${page.url()}`);
}
