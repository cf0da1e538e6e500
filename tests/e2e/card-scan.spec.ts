import { encode } from 'uqr';
import type { Page } from '@playwright/test';
import { DESKTOP, expect, expectAccessible, expectFits, login, test } from './harness/test.ts';
import { cardOf, personOf } from './story/database.ts';
import { download } from './story/papers.ts';
import { findClass, halfNow, openSession } from './story/office-training.ts';

const CLASS = '夏邑县冬春安全防范集中轮训';

/** A photo of a card: a QR code, held at an angle on a table that is not white. */
async function photoOf(page: Page, text: string): Promise<Buffer> {
  const { data } = encode(text, { ecc: 'M', border: 4 });
  const squares = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  await page.setContent(
    `<body style="margin:0;background:#b9a58a"><svg viewBox="0 0 ${data.length} ${data.length}" style="width:420px;margin:190px 300px;transform:rotate(9deg);background:#fdfbf4"><path fill="#222" d="${squares}"/></svg></body>`,
  );
  return await page.screenshot();
}

test('a clerk signs people in by a photo of their cards, without https', async ({ phone, open, server }) => {
  const { id, name } = personOf(server.dataDir, 'village');
  const township = await open(DESKTOP);
  await login(township, 'huiting');
  await township.goto(`/office/cards?words=${encodeURIComponent(name)}`);
  await township.locator(`input[type=checkbox][value="${id}"]`).check();
  await download(township, () => township.getByRole('button', { name: '打印选中的 1 人' }).click());

  await login(phone, 'instructor');
  const base = await findClass(phone, CLASS);
  await openSession(phone, base, halfNow());
  const photo = phone.getByLabel('拍照扫卡');
  await expect(photo).toBeAttached();
  await expectFits(phone);
  await expectAccessible(phone);

  const camera = await open(DESKTOP);
  await camera.setContent('<body style="background:#b9a58a"></body>');
  const table = await camera.screenshot();
  await photo.setInputFiles({ name: 'table.png', mimeType: 'image/png', buffer: table });
  await expect(phone.getByText('照片里没有找到二维码')).toBeVisible();

  const link = `${server.url}/card/${cardOf(server.dataDir, id)}`;
  await photo.setInputFiles({ name: 'card.png', mimeType: 'image/png', buffer: await photoOf(camera, link) });
  await expect(phone.getByText(`${name} 已签到`)).toBeVisible();
  await phone.screenshot({ path: test.info().outputPath('scanned.png') });
});
