import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '../harness/test.ts';
import { download, type Paper } from './papers.ts';

/** What the preview counts, and what a second look at the same file counts. */
export type Counted = { create: number; unchanged: number; refused: number };

/** Uploads a file of tests/inputs and waits until every row is decided. */
export async function upload(page: Page, root: string, file: string): Promise<void> {
  const buffer = readFileSync(join('tests/inputs', file));
  await uploadFile(page, root, { name: file, buffer });
}

/** Uploads a file made by the test and waits until it is read, or refused. */
export async function uploadFile(
  page: Page,
  root: string,
  file: { name: string; buffer: Buffer },
  state = '待确认',
): Promise<void> {
  await page.goto(`${root}/new`);
  const mimeType = 'application/octet-stream';
  await page.locator('input[type=file]').setInputFiles({ ...file, mimeType });
  await page.getByRole('button', { name: '上传并核对' }).click();
  await page.waitForURL((url) => /\/[0-9a-f-]{36}$/.test(url.pathname));
  await expect(page.getByRole('heading', { level: 1 })).toContainText(file.name);
  await expect(page.getByRole('navigation', { name: '当前位置' })).toContainText(state, {
    timeout: 30_000,
  });
}

/** The figure of a tab of the preview: 未通过 30 行. */
export async function counted(page: Page, label: string): Promise<number> {
  const figure = page
    .locator('.stat', { has: page.locator('.label', { hasText: label }) })
    .locator('.figure');
  return Number((await figure.innerText()).replace(/[^0-9]/g, ''));
}

/** Commits the preview and waits for the last row, watching the progress on the way. */
export async function commit(page: Page, rows: number): Promise<void> {
  await page.getByRole('button', { name: `确认写入 ${rows} 行` }).click();
  await expect(page.getByRole('navigation', { name: '当前位置' })).toContainText('已导入', {
    timeout: 60_000,
  });
  await expect(page.locator('header p.state')).toContainText('已写入');
}

/** The workbook that goes back to the sender, with a reason on each refused row. */
export async function refusedWorkbook(page: Page, rows: number): Promise<Paper> {
  return await download(page, () =>
    page.getByRole('link', { name: `下载退回表（${rows} 行附原因）` }).click(),
  );
}

/** Reasons of a returned workbook by row number: the last column, where there is one. */
export async function reasonsIn(paper: Paper): Promise<Map<number, string>> {
  const rows = await paper.rows();
  const heading = rows.findIndex((cells) => cells?.includes('导入结果'));
  expect(heading, 'the heading row of the returned workbook').toBeGreaterThanOrEqual(0);
  const column = rows[heading]!.indexOf('导入结果');
  const reasons = new Map<number, string>();
  for (const [at, cells] of rows.entries())
    if (at > heading && cells?.[column]) reasons.set(at + 1, cells[column]);
  return reasons;
}
