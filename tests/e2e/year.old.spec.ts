import type { RunningServer } from './harness/server.ts';
import { DEMO_PASSWORD } from './harness/test.ts';
import { expect, test } from './harness/old-test.ts';
import type { OldPage } from './harness/old-page.ts';
import { keptAnswers, rightAnswers } from './story/database.ts';

/** Learning, signing in and an exam in the oldest browser that is promised. */
const CLASS = '夏邑县冬春安全防范集中轮训';

test('in the oldest browser a lesson is learned', async ({ old }) => {
  await old.login('player3', DEMO_PASSWORD);
  await old.goto('/learn/courses');
  await old.page.evaluate(() => {
    const item = Array.from(document.querySelectorAll('main li')).filter(
      (one) => /未开始/.test(one.textContent ?? '') && !/计时学习/.test(one.textContent ?? ''),
    )[0];
    item?.querySelector('a')?.click();
  });
  await old.press('开始学习');
  await old.waitForPath(/\/lessons\//);
  await old.press('完本节');
  await old.see('已读到末尾');
  await takeQuiz(old);
});

/** Chooses the first answer everywhere: the server marks it, right or wrong, and explains. */
async function takeQuiz(old: OldPage): Promise<void> {
  await old.page.evaluate(() => {
    for (const question of Array.from(document.querySelectorAll('#quiz fieldset')))
      question.querySelector<HTMLInputElement>('input')?.click();
  });
  await old.press('提交答案');
  await old.see('正确答案：');
}

test('in the oldest browser somebody signs in with the six digits', async ({ old, server }) => {
  await old.login('player1', DEMO_PASSWORD);
  await old.goto('/learn/classes');
  await old.press(CLASS);
  await old.press('现在签到');
  await old.waitForPath(/^\/sign\//);
  const session = new URL(old.page.url()).pathname.split('/').at(-1)!;
  await old.see('输入大屏幕上的六位数字');
  await old.fill('digits', await digitsOnTheWall(server, session));
  await old.press('用数字签到');
  await old.see('已签到');
});

/** What the wall shows, asked by the instructor's own machine. */
async function digitsOnTheWall(server: RunningServer, session: string): Promise<string> {
  const headers = { origin: server.url, accept: 'text/html' };
  const body = new URLSearchParams({ identifier: 'instructor', password: DEMO_PASSWORD });
  const login = await fetch(`${server.url}/login`, { method: 'POST', body, headers, redirect: 'manual' });
  const cookie = login.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const wall = await fetch(`${server.url}/api/sessions/${session}/wall`, { headers: { cookie } });
  return ((await wall.json()) as { digits: string }).digits;
}

test('in the oldest browser an exam is sat, reloaded and handed in', async ({ old, server }) => {
  await old.login('player3', DEMO_PASSWORD);
  await old.goto('/learn/exams');
  await old.press('进入考试');
  await old.waitForPath(/\/learn\/exams\/[0-9a-f-]{36}$/);
  await old.page.evaluate(() => document.querySelector<HTMLInputElement>('[name=read]')!.click());
  await old.press('进入考试');
  await old.waitForPath(/\/learn\/attempts\//);
  await old.see('第 1 题');
  const attempt = new URL(old.page.url()).pathname.split('/').at(-1)!;
  const right = rightAnswers(server.dataDir, attempt);
  for (const slot of [1, 2, 3]) {
    await choose(old, right.get(slot)!);
    await expect.poll(() => keptAnswers(server.dataDir, attempt).get(slot)).toBe(right.get(slot));
    await old.press('下一题');
    await old.see(`第 ${slot + 1} 题`);
  }
  await old.page.reload();
  await old.see('第 1 题');
  expect(await chosen(old)).toBe(right.get(1));
  await old.page.keyboard.press('ArrowRight');
  await old.see('第 2 题');
  expect(await chosen(old)).toBe(right.get(2));
  await old.press('交卷');
  await old.press('确认交卷');
  await old.see('交卷成功');
  await old.press('查看成绩');
  await old.waitForPath(/\/result$/);
  await old.see('得分');
});

async function choose(old: OldPage, answer: string): Promise<void> {
  for (const letter of answer)
    await old.page.evaluate(
      (value) => document.querySelector<HTMLInputElement>(`main article input[value="${value}"]`)!.click(),
      letter,
    );
}

async function chosen(old: OldPage): Promise<string> {
  return await old.read(() =>
    Array.from(document.querySelectorAll<HTMLInputElement>('main article input:checked'))
      .map((input) => input.value)
      .sort()
      .join(''),
  );
}
