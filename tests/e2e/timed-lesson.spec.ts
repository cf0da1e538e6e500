import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectFits, login, PHONE, test } from './harness/test.ts';
import { personOf } from './story/database.ts';
import { letPromptRunOut, makePromptDue } from './story/presence.ts';

const COURSE = '安全生产法';
/** A ping comes every ten seconds. */
const NEXT_PING_MS = 15_000;
const soon = { timeout: NEXT_PING_MS };

/** Opens the first lesson of the timed course, as a learner finds it. */
async function openTimedLesson(page: Page, loginName: string): Promise<void> {
  await login(page, loginName);
  await page.goto('/learn/courses');
  await page.getByRole('link', { name: new RegExp(COURSE) }).click();
  await page
    .getByRole('main')
    .getByRole('link', { name: /方针|总则|安全生产工作/ })
    .first()
    .click();
  await expect(clock(page)).toContainText('正在计时');
}

const clock = (page: Page) => page.getByRole('status').filter({ hasText: '分钟 / 需' });
const prompt = (page: Page) => page.getByRole('dialog', { name: '您还在学习吗？' });

test('a timed lesson asks whether somebody is there, and goes on when told so', async ({ phone, server }) => {
  test.setTimeout(120_000);
  const { id } = personOf(server.dataDir, 'player3');
  await openTimedLesson(phone, 'player3');
  await expect(prompt(phone)).toBeHidden();

  makePromptDue(server.dataDir, id);
  await expect(prompt(phone)).toBeVisible(soon);
  await expect(prompt(phone)).toContainText(/请在 [1-5]\d 秒内点“我在学习”/);
  await expect(clock(phone)).toContainText('等待您确认');
  await expectFits(phone);
  await expectAccessible(phone);
  // It cannot be pressed away, however often.
  for (let presses = 0; presses < 3; presses += 1) await phone.keyboard.press('Escape');
  await expect(prompt(phone)).toBeVisible();
  await phone.screenshot({ path: test.info().outputPath('asked.png') });
  await prompt(phone).getByRole('button', { name: '我在学习' }).click();
  await expect(prompt(phone)).toBeHidden();
  await expect(clock(phone)).toContainText('正在计时');

  makePromptDue(server.dataDir, id);
  await expect(prompt(phone)).toBeVisible(soon);
  letPromptRunOut(server.dataDir, id);
  await expect(prompt(phone)).toContainText('没有在60秒内收到您的确认', soon);
  await expect(clock(phone)).toContainText('已停止计时');
  await expectFits(phone);
  await expectAccessible(phone);
  await phone.screenshot({ path: test.info().outputPath('missed.png') });
  await prompt(phone).getByRole('button', { name: '继续学习' }).click();
  await expect(prompt(phone)).toBeHidden();
  await expect(clock(phone)).toContainText('正在计时');
});

test('a second device takes a timed lesson over, both are told, and the first can take it back', async ({
  phone,
  open,
}) => {
  test.setTimeout(120_000);
  await openTimedLesson(phone, 'player4');
  const other = await open(PHONE);
  await openTimedLesson(other, 'player4');
  await expect(other.getByText('已改在本页学习')).toBeVisible();
  await other.screenshot({ path: test.info().outputPath('took-over.png') });

  // However far one has read, what happened and what to do about it stands on the screen.
  await phone.evaluate(() => window.scrollTo({ top: 1500 }));
  await expect(clock(phone)).toContainText('已在别处学习', soon);
  const takeBack = phone.getByRole('button', { name: '在本页继续' });
  await expect(takeBack).toBeInViewport();
  await expectFits(phone);
  await expectAccessible(phone);
  await phone.screenshot({ path: test.info().outputPath('elsewhere.png') });
  // It stays so: no ping of the page that lost it takes it back by itself.
  await phone.waitForTimeout(NEXT_PING_MS - 4_000);
  await expect(clock(phone)).toContainText('已在别处学习');
  await expect(clock(other)).toContainText('正在计时');

  await takeBack.click();
  await expect(clock(phone)).toContainText('正在计时');
  await expect(clock(other)).toContainText('已在别处学习', soon);
  await expect(other.getByText('已改在本页学习')).toBeHidden();
});
