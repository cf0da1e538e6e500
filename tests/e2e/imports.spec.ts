import ExcelJS from 'exceljs';
import type { Page } from '@playwright/test';
import { cadre, rosterBook, rosterOf, type RosterUpload } from '#tests/worlds/roster.ts';
import { expect, expectAccessible, expectFits, login, PHONE, test } from './harness/test.ts';
import * as imports from './story/office-imports.ts';
import { download } from './story/papers.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PEOPLE = 60;

/** Sixty people of 会亭镇 under a family name; the same numbers each time. */
const familyOf = (family: string) =>
  Array.from({ length: PEOPLE }, (_, index) =>
    cadre(`${family}${String.fromCodePoint(0x5f20 + index)}`, 501 + index * 2),
  );

async function send(page: Page, { fileName, bytes }: RosterUpload, state = '待确认'): Promise<void> {
  await imports.uploadFile(page, '/office/imports', { name: fileName, buffer: Buffer.from(bytes) }, state);
}

async function looksRight(page: Page): Promise<void> {
  const size = page.viewportSize()!;
  await expectFits(page);
  await expectAccessible(page);
  await page.setViewportSize(PHONE);
  await expectFits(page);
  await page.setViewportSize(size);
}

test('a rename that was confirmed stays so on every page of the preview', async ({ desktop, browser }) => {
  test.setTimeout(120_000);
  await login(desktop, 'xiayi');
  await send(desktop, rosterOf(familyOf('郑'), '会亭镇名单.csv'));
  await imports.commit(desktop, PEOPLE);
  await send(desktop, rosterOf(familyOf('曹'), '会亭镇新名单.csv'));
  expect(await imports.counted(desktop, '待确认改名')).toBe(PEOPLE);
  await expect(desktop.getByRole('button', { name: '确认写入 0 行' })).toBeDisabled();

  await desktop
    .getByRole('navigation', { name: '核对结果' })
    .getByRole('link', { name: /待确认改名/ })
    .click();
  const confirm = desktop.getByRole('button', { name: '确认改名', exact: true });
  const undo = desktop.getByRole('button', { name: '不改名', exact: true });
  await confirm.first().click();
  await expect(undo).toHaveCount(1);
  await desktop.getByRole('link', { name: '下一页' }).click();
  await expect(undo).toHaveCount(0);
  await confirm.last().click();
  await expect(undo).toHaveCount(1);
  await expect(desktop.getByRole('button', { name: '确认写入 2 行（含改名 2 行）' })).toBeEnabled();
  await desktop.getByRole('link', { name: '上一页' }).click();
  await expect(undo).toHaveCount(1);
  await looksRight(desktop);

  await test.step('without script, where the page was left', async () => {
    const storageState = await desktop.context().storageState();
    const plain = await browser.newContext({ storageState, javaScriptEnabled: false, locale: 'zh-CN' });
    const page = await plain.newPage();
    await page.goto(`${desktop.url()}&page=2`);
    await expect(page.getByRole('button', { name: '不改名', exact: true })).toHaveCount(1);
    await page.getByRole('button', { name: '确认改名', exact: true }).first().click();
    await expect(page.getByRole('button', { name: '不改名', exact: true })).toHaveCount(2);
    await expect(page.getByText('已确认改名 3 行')).toBeVisible();
    await plain.close();
  });

  await test.step('all at once', async () => {
    await desktop.getByRole('button', { name: `全部改名（${PEOPLE} 行）` }).click();
    await desktop.getByRole('dialog').getByRole('button', { name: '确认改名' }).click();
    await expect(desktop.getByText(`${PEOPLE} 行改名都已确认`)).toBeVisible();
    await desktop.getByRole('button', { name: '全部不改名' }).click();
    await expect(desktop.getByRole('button', { name: '确认写入 0 行' })).toBeDisabled();
  });
  await confirm.first().click();
  await desktop.getByRole('button', { name: '确认写入 1 行（含改名 1 行）' }).click();
  await expect(desktop.getByRole('navigation', { name: '当前位置' })).toContainText('已导入');
});

test('another sheet is read when asked, and a file without categories takes one for all', async ({
  desktop,
}) => {
  await login(desktop, 'xiayi');
  const book = { 一季度: [cadre('何春', 701), cadre('何夏', 703)], 二季度: [cadre('何秋', 705)] };
  await send(desktop, await rosterBook(book, '两季名单.xlsx'));
  await expect(desktop.getByText('读的是“一季度”；没有读的是“二季度”')).toBeVisible();
  await looksRight(desktop);
  await desktop.getByLabel('读取哪张工作表').selectOption('二季度');
  await desktop.getByRole('button', { name: '改读这一张' }).click();
  await expect(desktop.getByText('读的是“二季度”；没有读的是“一季度”')).toBeVisible();
  await imports.commit(desktop, 1);

  const text = (year: number, id: string) =>
    `${year}年灾害信息员名单\n姓名,身份证号,单位,所属乡镇\n何冬,${id},会亭镇会亭村,会亭镇\n`;
  const list = (year: number, sequence: number): RosterUpload => ({
    ...{ divisionId: '411426', fileName: `灾害信息员${year}.csv` },
    bytes: new TextEncoder().encode(text(year, cadre('', sequence).id)),
  });
  await send(desktop, list(2026, 707), '未能读取');
  await expect(desktop.getByText('没有认出这些必需的列：人员类别')).toBeVisible();
  await looksRight(desktop);
  await desktop.getByLabel('整份文件的人员类别').selectOption({ label: '灾害信息员A角' });
  await desktop.getByRole('button', { name: '按新的对应关系重新核对' }).click();
  await expect(desktop.getByText('全部按“灾害信息员A角”')).toBeVisible();
  await imports.commit(desktop, 1);
  await send(desktop, list(2027, 709));
  await expect(desktop.getByText('全部按“灾害信息员A角”（按上次的指定，请核对）')).toBeVisible();
});

test('the indicators of the next period come in the template', async ({ desktop }) => {
  await login(desktop, 'xiayi');
  await desktop.goto('/office/indicators/new');
  const blank = await download(desktop, () => desktop.getByRole('link', { name: '下载模板' }).click());
  const filled = new ExcelJS.Workbook();
  await filled.xlsx.load(blank.bytes as unknown as ArrayBuffer);
  filled.worksheets[0]!.addRow([1, '全县应急管理干部培训覆盖率', '', '', '100%', '预期性']);
  filled.worksheets[0]!.addRow([2, '执法人员占比', '', '', '≥75%', '必须']);
  const buffer = Buffer.from(await filled.xlsx.writeBuffer());

  await desktop.getByLabel(/^规划名称/).fill('夏邑县“十五五”应急体系建设规划');
  await desktop.getByLabel(/^依据的文件/).fill('县政府文件');
  await desktop.locator('input[type=file]').setInputFiles({ name: '指标.xlsx', mimeType: XLSX, buffer });
  await desktop.getByRole('button', { name: '核对指标表' }).click();
  const result = desktop.getByRole('region', { name: '核对结果' });
  await expect(result).toContainText('工作表“规划指标”：读到 2 项指标，1 行没有通过');
  await expect(result).toContainText('属性应为“预期性”或“约束性”');
  await expect(result.getByRole('button', { name: '录入 1 项指标' })).toBeDisabled();
  await looksRight(desktop);

  const pasted = desktop.getByLabel('或者粘贴指标表');
  await pasted.fill((await pasted.inputValue()).replace('必须', '约束性'));
  await desktop.getByRole('button', { name: '重新核对' }).click();
  await expect(result).toContainText('读到 2 项指标，都可以录入');
  await looksRight(desktop);
  await result.getByRole('button', { name: '录入 2 项指标' }).click();
  await expect(desktop.getByRole('heading', { level: 1 })).toContainText('十五五');
  await expect(desktop.getByRole('row', { name: /执法人员占比.*约束性/ })).toBeVisible();

  await desktop.goto('/office/indicators/xiayi-145');
  await expect(desktop.getByRole('main')).toContainText('（演示数据）');
  await expect(desktop.getByRole('main')).not.toContainText('未填报');
});
