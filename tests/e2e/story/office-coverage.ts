import type { Locator, Page } from '@playwright/test';
import { expect } from '../harness/test.ts';

const stat = (page: Page, label: string) =>
  page.locator('.stat', { has: page.locator('.label', { hasText: label }) });

/** Follows a figure to the names behind it: there are as many as the figure says. */
export async function expectNamesBehind(page: Page, label: string): Promise<void> {
  await expectAsMany(page, stat(page, label).locator('.figure').getByRole('link'));
}

/** A rate stands with how it is counted, and both of its numbers lead to as many names. */
export async function expectRate(page: Page, label: string): Promise<void> {
  await expect(stat(page, label).locator('.label').getByRole('button')).toBeVisible();
  const numbers = stat(page, label).locator('.note').getByRole('link');
  await expect(numbers).toHaveCount(2);
  for (const number of await numbers.all()) await expectAsMany(page, number);
}

async function expectAsMany(page: Page, figure: Locator): Promise<void> {
  const from = page.url();
  const count = await figure.innerText();
  await figure.click();
  await expect(page.locator('header p.state')).toContainText(`共 ${count} 人`);
  await page.goto(from);
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
