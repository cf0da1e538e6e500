import type { Page } from '@playwright/test';
import { DESKTOP, expect, expectAccessible, expectFits, login, PHONE, test } from './harness/test.ts';
import { download } from './story/papers.ts';

const PLAN = `# 会亭镇集市火灾应急预案

# 1 总则

## 1.1 编制目的

先疏散、后灭火，不漏人。
包括集市和沿街商户。

# 2 处置

## 2.1 报警

发现人打119，同时报镇值班室。

# 附件C 通信录

| 单位或岗位 | 联系人 | 电话 | 备注 |
| --- | --- | --- | --- |
| 消防救援 |  | 119 | 火灾 |

# 附件D 现场处置卡

## 卡片：市场管理员

**触发条件**：看见烟、火。

**立即做**

1. 喊人往外走。
2. 打119。
3. 关电闸。

**报告谁、怎么说**：打镇值班室。

**不要做**：回去拿货；乘电梯。

**条款号**：2.1
`;

async function looksRight(page: Page): Promise<void> {
  await expectAccessible(page);
  for (const size of [PHONE, DESKTOP]) {
    await page.setViewportSize(size);
    await expectFits(page);
  }
}

test('a plan is imported, corrected, put in force, and read and printed by the township', async ({
  open,
}) => {
  test.setTimeout(120_000);
  const page = await open(DESKTOP);
  await login(page, 'xiayi');
  await page.goto('/office/plans/new');
  await looksRight(page);
  await page.setInputFiles('input[type=file]', {
    name: '预案.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from(PLAN),
  });
  await page.getByLabel('适用的地方').selectOption({ label: '会亭镇' });
  await page.getByLabel('类别').selectOption({ label: '乡镇（街道）预案' });
  await page.getByLabel('事件类型').selectOption({ label: '建筑火灾' });
  await page.getByRole('button', { name: '识别条款' }).click();
  await expect(page.getByRole('heading', { name: /核对草稿/ })).toBeVisible();

  await page.getByRole('link', { name: /1\.1 编制目的/ }).click();
  await page.getByRole('button', { name: '拆开' }).click();
  await expect(page.getByText('已拆成两条')).toBeVisible();
  await looksRight(page);
  await page.getByLabel('编号').fill('1.2');
  await page.getByLabel('标题').fill('适用范围');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('已保存。')).toBeVisible();
  await page.getByLabel('印发文号').fill('会政〔2026〕9号');
  await page.getByLabel('印发日期').fill('2026-01-05');
  await page.getByRole('button', { name: '公布第1版' }).click();
  await expect(page.getByRole('heading', { name: /会亭镇集市火灾应急预案/ })).toContainText('现行');
  await looksRight(page);
  const address = page.url();

  const officer = await open(PHONE);
  await login(officer, 'huiting');
  await officer.goto(address);
  await expect(officer.getByRole('heading', { name: /1\.2\s*适用范围/ })).toBeVisible();
  await expect(officer.getByText('尚未演练').first()).toBeVisible();
  await expect(officer.getByRole('link', { name: '制订新版本' })).toHaveCount(0);
  const cards = await download(officer, () =>
    officer.getByRole('link', { name: /打印处置卡（A4 四张）/ }).click(),
  );
  expect(Buffer.from(cards.bytes).subarray(0, 5).toString()).toBe('%PDF-');
});

test('a model is adopted with local values, and its pages hold together', async ({ open }) => {
  test.setTimeout(120_000);
  const page = await open(DESKTOP);
  await login(page, 'xiayi');
  await page.goto('/office/plans?scope=model');
  await looksRight(page);
  await page
    .getByRole('row', { name: /县级地震应急预案/ })
    .getByRole('link', { name: '采用为本地预案' })
    .click();
  await expect(page.getByLabel('预案名称')).toHaveValue('夏邑县地震应急预案');
  await looksRight(page);
  await page.getByRole('button', { name: '生成草稿' }).click();
  await expect(page.getByRole('heading', { name: /核对草稿/ })).toBeVisible();
  await page.getByRole('link', { name: /^通信录/ }).click();
  await looksRight(page);
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('link', { name: /^现场处置卡/ }).click();
  await looksRight(page);
  await page.goto('/office/plans');
  await looksRight(page);
  await page.getByRole('link', { name: '夏邑县防汛应急预案' }).click();
  for (const tab of ['响应分级', '职责', '通信录', '处置卡', '依据', '版本']) {
    await page.getByRole('navigation', { name: '预案的各部分' }).getByRole('link', { name: tab }).click();
    await looksRight(page);
  }
  await page.getByRole('link', { name: '与上一版对照' }).click();
  await expect(page.getByText('修改 1 条')).toBeVisible();
  await looksRight(page);
});
