import type { Page } from '@playwright/test';
import type { Script } from '#lib/drills/scripts/script.ts';
import { expect } from '../harness/test.ts';
import { done } from './office-training.ts';

/** The drill as the bureau's desk prepares it: script, drill, seats. */

/** Uploads a script file and publishes it as its first version; answers its address. */
export async function publishScript(page: Page, script: Script, file: string): Promise<string> {
  await page.goto('/office/scripts/new');
  const form = page.locator('form[action="?/upload"]');
  await form.getByLabel(/^脚本文件/).setInputFiles(file);
  await form.getByRole('button', { name: '上传' }).click();
  await page.waitForURL(/\/office\/scripts\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(script.meta.title);
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await confirm(page, '发布');
  await done(page, '已发布第 1 版');
  return new URL(page.url()).pathname;
}

/** Plans a drill with the script just published; answers its address. */
export async function planDrill(page: Page, title: string): Promise<string> {
  await page.getByRole('link', { name: '用它建演练' }).click();
  await page.getByLabel(/^演练名称/).fill(title);
  await page.getByLabel(/^地点/).fill('会亭镇政府三楼会议室');
  await page.getByRole('button', { name: '新建演练' }).click();
  await page.waitForURL(/\/office\/drills\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** Gives an account a seat with some roles, found by its login name. */
export async function giveSeat(page: Page, loginName: string, roles: readonly string[]): Promise<void> {
  await page.getByLabel('找账号：姓名、拼音或登录名').fill(loginName);
  await page.getByRole('button', { name: '查找' }).click();
  const found = page.locator('label').filter({ hasText: `（${loginName}）` });
  await found.getByRole('radio').check();
  const name = (await found.innerText()).replace(/（.*$/s, '').trim();
  for (const role of roles) await page.getByRole('checkbox', { name: new RegExp(`^${role}`) }).check();
  await page.getByRole('button', { name: '安排', exact: true }).click();
  const line = page.getByRole('table', { name: '席位' }).getByRole('row').filter({ hasText: name });
  for (const role of roles) await expect(line).toContainText(role);
}

/** Says yes to a question that stands open: 确认发布, 确认结束. */
export async function confirm(page: Page, verb: string): Promise<void> {
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `确认${verb}`, exact: true })
    .click();
}
