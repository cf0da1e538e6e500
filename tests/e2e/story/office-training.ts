import type { Page } from '@playwright/test';
import { encode } from 'uqr';
import { testNow } from '../harness/clock.ts';
import { expect } from '../harness/test.ts';

/** What the page says it has done, in the line above its content. */
export async function done(page: Page, words: string | RegExp): Promise<void> {
  await expect(
    page.getByRole('status').or(page.getByRole('alert')).filter({ hasText: words }).first(),
  ).toBeVisible();
}

/** Opens a fold of the page, if it is closed. */
export async function unfold(page: Page, words: string): Promise<void> {
  const fold = page.locator('details', { has: page.locator(':scope > summary', { hasText: words }) }).last();
  if (!(await fold.evaluate((element) => (element as HTMLDetailsElement).open)))
    await fold.locator('> summary').click();
}

export type LessonPlan = {
  chapter: string;
  title: string;
  body: string;
  question: { stem: string; options: string[]; answer: string; explanation: string };
};

/** Makes a course of one article with a quiz of one question, and publishes it. */
export async function publishCourse(page: Page, title: string, lesson: LessonPlan): Promise<void> {
  await page.goto('/office/courses/new');
  await page.getByLabel('课程名称').fill(title);
  await page.getByLabel('简介').fill('汛期到来之前，村里该做的几件事。');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title);
  await page.getByRole('link', { name: '添加小节' }).click();
  await page.getByLabel('所在章').fill(lesson.chapter);
  await page.getByLabel('小节标题').fill(lesson.title);
  await page.getByRole('textbox', { name: '学时', exact: true }).fill('1');
  await page.getByLabel('正文').fill(lesson.body);
  await page.getByRole('button', { name: '保存小节' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(lesson.title);
  await addQuestion(page, lesson.question);
  await page.getByRole('navigation', { name: '当前位置' }).getByRole('link', { name: title }).click();
  await page.getByRole('button', { name: '发布课程' }).click();
  await done(page, '发布');
}

async function addQuestion(page: Page, question: LessonPlan['question']): Promise<void> {
  await page.getByText('添加一题').click();
  await page.getByLabel('题干').fill(question.stem);
  await page.getByLabel('选项（一行一个').fill(question.options.join('\n'));
  await page.getByLabel('答案').fill(question.answer);
  await page.getByLabel('解析').fill(question.explanation);
  await page.getByRole('button', { name: '添加这道题' }).click();
  await expect(page.getByText(question.stem).first()).toBeVisible();
}

/** Opens a class of two half-days on one day, both of which can be signed all day; answers its address. */
export async function planClass(page: Page, plan: { title: string; day: string; courseTitle: string }) {
  await page.goto('/office/classes/new');
  await page.getByLabel('班名').fill(plan.title);
  await page.getByLabel('地点').fill('夏邑县党校');
  await page.getByLabel('开始日期').fill(plan.day);
  await page.getByLabel('结束日期').fill(plan.day);
  await page.getByLabel('配套在线课程').selectOption({ label: plan.courseTitle });
  await page.getByLabel('结业证书').selectOption({ index: 1 });
  await page.getByRole('button', { name: '保存，去排课' }).click();
  await page.waitForURL(/\/timetable$/);
  await page.getByLabel('跳过周六、周日').uncheck();
  await page.getByRole('button', { name: '排课' }).click();
  await done(page, '课程日程已保存');
  for (const half of ['上午', '下午']) await openWindow(page, half);
  return new URL(page.url()).pathname.replace(/\/timetable$/, '');
}

/** Changes one half-day so that it can be signed at any hour of its day. */
async function openWindow(page: Page, half: string): Promise<void> {
  const line = page.getByRole('listitem').filter({ hasText: half });
  await line.getByText('修改', { exact: true }).click();
  await line.getByLabel('签到开始').fill('00:00');
  await line.getByLabel('签到截止').fill('23:59');
  await line.getByRole('button', { name: '保存这个半天' }).click();
  await expect(line.getByText('签到 00:00–23:59')).toBeVisible();
}

/** Enrols everybody of a post at a place; answers how many were new. */
export async function enrol(
  page: Page,
  base: string,
  who: { category: string; place?: string },
): Promise<number> {
  await page.goto(base);
  await unfold(page, '按岗位和乡镇报名');
  await page.getByRole('group', { name: '岗位类别' }).getByLabel(who.category, { exact: true }).check();
  if (who.place) {
    await unfold(page, '只选部分乡镇');
    await page.getByRole('group', { name: '乡镇' }).getByLabel(who.place, { exact: true }).check();
  }
  await page.getByRole('button', { name: '看看有多少人' }).click();
  const give = page.getByRole('button', { name: /^给这 \d+ 人报名$/ });
  const count = Number(/\d+/.exec(await give.innerText())![0]);
  await give.click();
  await done(page, `已报名 ${count} 人`);
  return count;
}

/** The page of a class, found in the list; answers its address. */
export async function findClass(page: Page, title: string): Promise<string> {
  await page.goto('/office/classes');
  await page.getByRole('link', { name: title }).click();
  await page.waitForURL(/\/classes\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** The half-day of the demo's class that can be signed at this hour. */
export function halfNow(now = testNow()): string {
  const minutes = Math.floor((now.getTime() / 60_000 + 8 * 60) % (24 * 60));
  return minutes < 12 * 60 + 30 ? '上午' : '下午';
}

/** The page of one half-day of the last day of a class. */
export async function openSession(page: Page, base: string, half: string): Promise<string> {
  await page.goto(`${base}/attendance`);
  await page
    .getByRole('link', { name: new RegExp(`${half}$`) })
    .last()
    .click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** The drawing of a QR code, as the wall draws it. */
function drawing(text: string): string {
  const { data } = encode(text, { ecc: 'M', border: 4 });
  return data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
}

/**
 * What the wall of a session shows at this moment: the link inside the QR (it must be drawn there, square
 * by square) and the digits beside it. `origin` is what the link has to begin with.
 */
export async function wallOf(
  page: Page,
  session: string,
  origin = new URL(page.url()).origin,
): Promise<{ link: string; digits: string }> {
  await page.goto(`${session}/wall`);
  const id = session.split('/').at(-1);
  const drawn = page.getByRole('img', { name: '签到二维码' }).locator('path');
  const seen = { link: '', digits: '' };
  // The code may change between the two looks: look again then.
  await expect(async () => {
    const { code, digits } = await page.evaluate(
      async (path) => (await (await fetch(path)).json()) as { code: string; digits: string },
      `/api/sessions/${id}/wall`,
    );
    Object.assign(seen, { link: `${origin}/sign/${id}?c=${code}`, digits });
    expect(await drawn.getAttribute('d')).toBe(drawing(seen.link));
  }).toPass();
  await expect(page.locator('.digits')).toHaveText(/^\d{3} \d{3}$/);
  return seen;
}

export type Part = { type: string; count: number; score: number };

/** Makes the exam of a class from a blueprint, open now and until the end of tomorrow, and publishes it. */
export async function publishExam(
  page: Page,
  plan: { title: string; classId: string; from: string; until: string; parts: Part[] },
) {
  await page.goto(`/office/exams/new?class=${plan.classId}`);
  await page.getByLabel('考试名称').fill(plan.title);
  for (const [at, part] of plan.parts.entries()) {
    await page.getByLabel(`第 ${at + 1} 行题型`).selectOption({ label: part.type });
    await page.getByLabel(`第 ${at + 1} 行题数`).fill(String(part.count));
    await page.getByLabel(`第 ${at + 1} 行每题分值`).fill(String(part.score));
  }
  await page.getByLabel('开考时间').fill(`${plan.from}T00:00`);
  await page.getByLabel('最迟入场').fill(`${plan.until}T23:00`);
  await page.getByLabel('结束时间').fill(`${plan.until}T23:59`);
  await page.getByLabel('及格线').fill('80');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.waitForURL(/\/office\/exams\/[0-9a-f-]{36}$/);
  await page.getByRole('button', { name: '发布考试' }).click();
  await expect(page.getByRole('link', { name: '监考看板' })).toBeVisible();
  return new URL(page.url()).pathname.split('/').at(-1)!;
}

/** A picture as a phone takes it of a sign-in sheet: one white pixel. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=',
  'base64',
);

/** Registers a day of training elsewhere for one person, with its proof; answers its address. */
export async function registerOutside(
  page: Page,
  plan: { title: string; day: string; person: { id: string; name: string } },
): Promise<string> {
  await page.goto('/office/outside-trainings/new');
  await page.getByLabel('培训名称').fill(plan.title);
  await page.getByLabel('举办单位').fill('商丘市委党校');
  await page.getByLabel('地点').fill('商丘市');
  await page.getByLabel('开始日期').fill(plan.day);
  await page.getByLabel('结束日期').fill(plan.day);
  await page.getByLabel('每人天数').fill('1');
  await page.getByRole('button', { name: '保存，去加名单' }).click();
  await page.waitForURL(/\/outside-trainings\/[0-9a-f-]{36}$/);
  const address = new URL(page.url()).pathname;
  await page.getByLabel('逐个添加').fill(plan.person.name);
  await page.getByRole('button', { name: '查找' }).click();
  const found = page.locator('form', { has: page.locator(`input[name=person][value="${plan.person.id}"]`) });
  await found.getByRole('button', { name: '加入' }).click();
  await expect(page.getByRole('heading', { name: '参训人员（1 人）' })).toBeVisible();
  await page
    .getByLabel('扫描件或照片')
    .setInputFiles({ name: '签到表.png', mimeType: 'image/png', buffer: PHOTO });
  await page.getByRole('button', { name: '上传', exact: true }).click();
  await expect(page.getByRole('link', { name: '签到表.png' })).toBeVisible();
  return address;
}
