import { DEMO_ACCOUNT_TITLES } from '#lib/people/demo-copy.ts';
import { DESKTOP, expect, expectAccessible, expectFits, login, PHONE, test } from './harness/test.ts';

const SIZES = { phone: PHONE, desktop: DESKTOP } as const;

test.describe('the front door', () => {
  test('offers public courses, verification and login', async ({ phone }) => {
    await phone.goto('/');
    for (const door of ['公开课程', '证书查验', '登录'])
      await expect(phone.getByRole('link', { name: door }).first()).toBeVisible();
    await phone.getByRole('main').getByRole('link', { name: /^登录/ }).click();
    await expect(phone).toHaveURL(/\/login$/);
  });

  test('lists the demo accounts, and a press fills one in', async ({ desktop }) => {
    await desktop.goto('/login');
    const listed = await desktop.locator('.demo button b').allTextContents();
    expect(listed.map((name) => name.trim())).toEqual(DEMO_ACCOUNT_TITLES.map(([loginName]) => loginName));
    // Filling in is the page's script, which may still be on its way when the list is there.
    await expect(async () => {
      await desktop.getByRole('button', { name: /^huiting/ }).click();
      await expect(desktop.getByLabel(/^账号、手机号/)).toHaveValue('huiting', { timeout: 500 });
    }).toPass();
  });

  test('says in a sentence that a password is wrong', async ({ phone }) => {
    await phone.goto('/login');
    await phone.getByLabel(/^账号、手机号/).fill('xiayi');
    await phone.getByLabel(/^密码/).fill('wrong-password');
    await phone.getByRole('button', { name: '登录', exact: true }).click();
    await expect(phone.getByRole('alert')).toContainText('密码');
    await expect(phone.getByLabel(/^账号、手机号/)).toHaveValue('xiayi');
  });

  test('lets somebody in, out again, and then no further', async ({ desktop }) => {
    await login(desktop, 'xiayi');
    await expect(desktop).toHaveURL(/\/office/);
    await desktop.locator('summary[aria-label^="我的账号"]').click();
    await desktop.getByRole('button', { name: '退出登录' }).click();
    await desktop.waitForURL((url) => url.pathname === '/');
    await desktop.goto('/office/people');
    await expect(desktop).toHaveURL(/\/login\?to=%2Foffice%2Fpeople/);
  });
});

test.describe('every demo account', () => {
  for (const [loginName, title] of DEMO_ACCOUNT_TITLES) {
    test(`${loginName} (${title}) comes to a page of its own`, async ({ open }) => {
      const page = await open(title.startsWith('学员') ? PHONE : DESKTOP);
      await login(page, loginName);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('body')).not.toContainText('出错了');
    });
  }
});

test.describe('for everybody', () => {
  for (const [name, size] of Object.entries(SIZES)) {
    for (const type of ['normal', 'large']) {
      test(`home and login are accessible and fit: ${name}, ${type} type`, async ({ open, server }) => {
        const page = await open(size);
        await page.context().addCookies([{ name: 'type', value: type, url: server.url }]);
        for (const path of ['/', '/login']) {
          await page.goto(path);
          await expect(page.locator('html')).toHaveAttribute('data-type', type);
          await expectFits(page);
          await expectAccessible(page);
        }
      });
    }
  }
});
