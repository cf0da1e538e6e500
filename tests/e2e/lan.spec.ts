import { prepareBrowser } from './harness/browser.ts';
import { startServer, type RunningServer } from './harness/server.ts';
import { DESKTOP, expect, login, test as base } from './harness/test.ts';
import { keptAnswers, rightAnswers } from './story/database.ts';
import * as learner from './story/learner.ts';
import { findClass, halfNow, openSession, wallOf } from './story/office-training.ts';

/** A classroom: one machine with a name on the local network, plain http, no internet. */
const LAN_NAME = 'lianbing.lan';
const CLASS = '夏邑县冬春安全防范集中轮训';
const packed = await prepareBrowser();

const test = base.extend<object, { server: RunningServer }>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures here
    async ({}, use) => {
      const server = await startServer('lan');
      await use({ ...server, url: server.url.replace('127.0.0.1', LAN_NAME) });
      await server.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});
test.use({
  launchOptions: {
    ...packed,
    args: [...(packed?.args ?? []), `--host-resolver-rules=MAP ${LAN_NAME} 127.0.0.1`],
  },
});

test('the browser withholds there what it withholds on plain http', async ({ phone }) => {
  await phone.goto('/');
  expect(
    await phone.evaluate(() => ({
      secure: isSecureContext,
      randomUUID: 'randomUUID' in crypto,
      subtle: crypto.subtle !== undefined,
      clipboard: 'clipboard' in navigator,
      serviceWorker: 'serviceWorker' in navigator,
    })),
  ).toEqual({ secure: false, randomUUID: false, subtle: false, clipboard: false, serviceWorker: false });
});

test('a lesson is learned', async ({ phone }) => {
  await login(phone, 'player3');
  expect((await phone.context().cookies()).filter(({ secure }) => secure)).toEqual([]);
  await phone.goto('/learn/courses');
  const course = phone.getByRole('listitem').filter({ hasText: '未开始' }).filter({ hasNotText: '计时学习' });
  await course.first().getByRole('link').click();
  await phone.getByRole('link', { name: '开始学习' }).click();
  await phone.getByRole('button', { name: /^我已[看读]完本节$/ }).click();
  await expect(phone.getByText('已读到末尾')).toBeVisible();
});

test('somebody signs in with the link of the wall', async ({ desktop, phone }) => {
  await login(desktop, 'instructor');
  const base = await findClass(desktop, CLASS);
  await login(phone, 'player1');
  await phone.goto(base.replace('/office/', '/learn/'));
  await phone.getByRole('link', { name: '现在签到' }).click();
  await phone.waitForURL(/\/sign\//);
  const { link } = await wallOf(desktop, await openSession(desktop, base, halfNow()));
  expect(link).toContain(`//${LAN_NAME}:`);
  await phone.goto(link);
  await phone.getByRole('button', { name: '签到', exact: true }).click();
  await expect(phone.getByRole('heading', { name: /^已签到/ })).toBeVisible();
});

test('an exam goes on without network and is handed in', async ({ phone, server }) => {
  await login(phone, 'player3');
  await phone.goto('/learn/exams');
  await phone.getByRole('article').filter({ hasText: CLASS }).getByRole('link', { name: '进入考试' }).click();
  await phone.waitForURL(/\/learn\/exams\/[0-9a-f-]{36}$/);
  const attempt = await learner.enterExam(phone, new URL(phone.url()).pathname.split('/').at(-1)!);
  const right = rightAnswers(server.dataDir, attempt);
  await learner.answerByTouch(phone, right.get(1)!);

  await phone.context().setOffline(true);
  for (const slot of [2, 3]) {
    await learner.nextQuestion(phone);
    await learner.choose(phone, right.get(slot)!);
  }
  await expect(phone.getByText('未保存 2 题，网络恢复后自动补传')).toBeVisible();
  expect(keptAnswers(server.dataDir, attempt).size).toBe(1);
  await phone.context().setOffline(false);
  await expect(phone.getByText(/^已保存 /)).toBeVisible({ timeout: 20_000 });
  expect([...keptAnswers(server.dataDir, attempt)].sort()).toEqual(
    [1, 2, 3].map((slot) => [slot, right.get(slot)]),
  );

  await phone.getByRole('button', { name: '交卷' }).click();
  await phone.getByRole('button', { name: '确认交卷' }).click();
  await expect(phone.getByRole('heading', { name: '交卷成功' })).toBeVisible();
  await expect(phone.getByText(/^3 题（共 \d+ 题）$/)).toBeVisible();
});

test('names are copied the old way', async ({ desktop }) => {
  await login(desktop, 'huiting');
  await desktop.goto('/office/coverage/411426101/names?kind=missing');
  const first = await desktop.locator('tbody th a').first().innerText();
  await desktop.getByRole('button', { name: '复制名单' }).first().click();
  await expect(desktop.getByText('已复制，可粘贴到微信或文档。')).toBeVisible();
  await desktop.getByLabel('姓名', { exact: true }).focus();
  await desktop.keyboard.press('Control+V');
  await expect(desktop.getByLabel('姓名', { exact: true })).toHaveValue(new RegExp(first));
});

test('a form from another place is refused', async ({ open, server }) => {
  const page = await open(DESKTOP);
  await page.goto(server.url.replace(LAN_NAME, '127.0.0.1'));
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await page.evaluate((action) => {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = action;
    form.innerHTML = '<input name="identifier" value="xiayi"><input name="password" value="lianbing-demo">';
    document.body.append(form);
    form.submit();
  }, `${server.url}/login`);
  expect((await answered).url()).toBe(`${server.url}/login`);
  expect((await answered).status()).toBe(403);
});
