import type { Locator, Page } from '@playwright/test';
import { expect } from '../harness/test.ts';
import { confirm } from './drill-office.ts';
import { turnTo } from './drill-room.ts';
import { done } from './office-training.ts';

/** What comes after the end of a drill: sheets, grade, report, problems, archive. */

export type Answer = { code: string; answer: string; reason?: string };

/** Answers every item of the only sheet, and locks it. */
export async function fillSheet(page: Page, answers: readonly Answer[]): Promise<void> {
  await turnTo(page, '评估表');
  for (const { code, answer, reason } of answers) {
    const item = page.getByRole('group').filter({ hasText: code });
    await item.getByRole('button', { name: answer, exact: true }).click();
    if (reason) {
      await item.getByLabel(/^说明理由/).fill(reason);
      await item.getByRole('button', { name: '保存' }).click();
    }
    await expect(item).toContainText('已保存');
  }
  await expect(page.getByText(`已填 ${answers.length} / ${answers.length} 项`)).toBeVisible();
  await page.getByRole('button', { name: '提交并锁定' }).click();
  await confirm(page, '提交');
  await expect(page.getByText('已提交并锁定')).toBeVisible();
}

/** An item of a sheet on the page of the evaluation, by its number. */
export const item = (page: Page, code: string): Locator =>
  page.locator('main details').filter({ has: page.getByText(code, { exact: true }) });

/** Puts a problem that asks for another plan onto the ledger; answers its address. */
export async function addFinding(page: Page, who: { unit: string; owner: string }): Promise<string> {
  await expect(page.getByLabel(/^问题/)).toHaveValue(/评估项 2\.1/);
  await page.getByRole('checkbox', { name: '需要修订预案' }).check();
  await page.getByLabel(/^责任单位/).fill(who.unit);
  await page.getByLabel(/^责任人/).fill(who.owner);
  await page.getByRole('button', { name: '列入台账' }).click();
  await page.waitForURL(/\/office\/findings\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** Signs that the plan stays as it is, and that nothing is to be done. */
export async function waive(page: Page): Promise<void> {
  const revision = page.locator('form[action="?/revision"]').last();
  await revision.getByLabel(/^签批人/).fill('叶局长');
  await revision.getByLabel(/^不修订的理由/).fill('预案已有规定，是执行问题。');
  await revision.getByRole('button', { name: '签批不修订' }).click();
  await done(page, '已登记预案修订情况');
  const move = page.locator('form[action="?/move"]').filter({ hasText: '签批不整改' });
  await move.getByLabel(/^不整改的理由/).fill('已当场讲评纠正。');
  await move.getByLabel(/^签批人/).fill('叶局长');
  await move.getByRole('button', { name: '签批不整改' }).click();
  await done(page, '已办理');
  await expect(page.locator('header p.state')).toContainText('不整改');
}

/** Registers that the report has been signed on paper. */
export async function signReport(page: Page, base: string, by: string): Promise<void> {
  await page.goto(`${base}/report`);
  await page.getByLabel(/^签发人/).fill(by);
  await page.getByRole('button', { name: '登记签发' }).click();
  await expect(page.getByText(`${by}于`)).toContainText('这场演练计入完成');
}

/** Asks for the archive; whether it is granted is said on the page. */
export async function archive(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/evaluation`);
  await page.getByRole('button', { name: '归档演练' }).click();
  await confirm(page, '归档');
}
