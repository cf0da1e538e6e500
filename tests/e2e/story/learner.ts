import type { Page } from '@playwright/test';
import { expect } from '../harness/test.ts';

/** Ends the session by the menu under the name, as a person does who lends the phone. */
export async function logOut(page: Page): Promise<void> {
  await page.goto('/learn');
  await page.locator('summary[aria-label^="我的账号"]').click();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.waitForURL((url) => url.pathname === '/');
}

/** Types name and password where the way led to, and goes on to where it was leading. */
export async function logInHere(page: Page, loginName: string, password: string): Promise<void> {
  await page.waitForURL((url) => url.pathname === '/login');
  await page.getByLabel('账号、手机号或身份证号').fill(loginName);
  await page.getByLabel(/^密码/).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
}

/** The choices of the question on the screen. */
const choice = (page: Page, letter: string) => page.locator(`main article input[value="${letter}"]`);

/** The number of the question on the screen. */
export async function slotOf(page: Page): Promise<number> {
  return Number(/\d+/.exec(await page.locator('main article .head strong').innerText())![0]);
}

/** Enters an exam from its notice; answers the id of the attempt. */
export async function enterExam(page: Page, exam: string): Promise<string> {
  await page.goto(`/learn/exams/${exam}`);
  await page.getByLabel('我已阅读考生须知').check();
  await page.getByRole('button', { name: '进入考试' }).click();
  await page.waitForURL(/\/learn\/attempts\/[0-9a-f-]{36}$/);
  await expect(page.locator('main article')).toBeVisible();
  return new URL(page.url()).pathname.split('/').at(-1)!;
}

/** Touches the choices of the question on the screen. */
export async function choose(page: Page, answer: string): Promise<void> {
  for (const letter of answer) await choice(page, letter).check({ force: true });
}

/** Answers the question on the screen by touch and waits until the server has it. */
export async function answerByTouch(page: Page, answer: string): Promise<void> {
  const saved = page.waitForResponse((response) => response.url().endsWith('/answers') && response.ok());
  await choose(page, answer);
  await saved;
  await expect(page.getByText(/^已保存 /)).toBeVisible();
}

/** Answers the question on the screen with keys only, and turns to the next. */
export async function answerByKeys(page: Page, answer: string): Promise<void> {
  for (const letter of answer) await page.keyboard.press(letter);
  await page.keyboard.press('ArrowRight');
}

export async function nextQuestion(page: Page): Promise<void> {
  const here = await slotOf(page);
  await page.getByRole('button', { name: '下一题' }).click();
  await expect(page.locator('main article .head strong')).toHaveText(`第 ${here + 1} 题`);
}

/** What is chosen on the screen, as letters. */
export async function chosen(page: Page): Promise<string> {
  const letters = await page
    .locator('main article input:checked')
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  return letters.sort().join('');
}

/** One line of a list or a table, by words in it. */
export function line(page: Page, words: string) {
  return page.locator('main li, main tr').filter({ hasText: words }).first();
}
