import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { addDays, dayOf } from '#lib/kernel/day.ts';
import { testNow } from './harness/clock.ts';
import { DEMO_PASSWORD, DESKTOP, expect, login, PHONE, test } from './harness/test.ts';
import type { RunningServer } from './harness/server.ts';
import { cardOf, keptAnswers, personOf, rightAnswers } from './story/database.ts';
import * as coverage from './story/office-coverage.ts';
import * as imports from './story/office-imports.ts';
import * as training from './story/office-training.ts';
import * as learner from './story/learner.ts';
import { download } from './story/papers.ts';

type Expected = {
  files: Record<string, { rejected: { row: number }[]; accepted_rows: (string | number | null)[][] }>;
};
const EXPECTED = JSON.parse(readFileSync('tests/inputs/expected.json', 'utf8')) as Expected;

const HUITING = '411426101';
const TODAY = dayOf(testNow());
const COURSE = '村级防汛十件事';
const CLASS = '夏邑县轮训示范班';
const EXAM = '夏邑县轮训示范班结业考试';
const LESSON: training.LessonPlan = {
  chapter: '第一章 汛前准备',
  title: '汛前要做的事',
  body: Array.from(
    { length: 24 },
    (_, at) => `## 第${at + 1}件\n\n检查排水沟、涵洞和水泵，登记低洼住户，约好转移路线和集合地点。`,
  ).join('\n\n'),
  question: {
    stem: '汛前最先要做的是哪一件？',
    options: ['登记低洼住户', '等上级通知', '组织演出'],
    answer: 'A',
    explanation: '先弄清谁住在低洼处，转移时才不会漏人。',
  },
};

/** Village heads of 会亭镇 as the roster brings them in. */
const HEADS_OF_HUITING = EXPECTED.files['roster-xiayi.xlsx']!.accepted_rows.filter(
  ([, , , , category, township]) => category === '村安全劝导站站长' && township === HUITING,
).map(([, name, , , , , , unit]) => ({ name: String(name), village: String(unit) }));

/** Everybody and everything the story speaks of, as it goes on. */
type Story = {
  server: RunningServer;
  open: (size: typeof PHONE) => Promise<Page>;
  /** At the bureau's desk. */
  bureau: Page;
  /** In the trainee's hand. */
  phone: Page;
  /** Address of the class: /office/classes/…. */
  base: string;
  /** Addresses of its two half-days. */
  morning: string;
  afternoon: string;
  exam: string;
};

test('one training year of one county, from the roster file to the coverage figure', async ({
  open,
  server,
}) => {
  test.setTimeout(300_000);
  const story = { server, open, bureau: await open(DESKTOP), phone: await open(PHONE) } as Story;
  await test.step('1 the public home page and the way in', () => findTheDoor(story));
  await test.step('2 the rosters come in', () => importRosters(story));
  await test.step('3 the rules, with their document', () => readTheRules(story));
  await test.step('4 a course and a class', () => openCourseAndClass(story));
  await test.step('5 learning and signing in', () => learnAndSign(story));
  await test.step('5 training done elsewhere', () => countOutsideTraining(story));
  await test.step('6 the exam', () => sitTheExam(story));
  await test.step('7 the certificate', () => getTheCertificate(story));
  await test.step('8 who is still missing', () => readTheCoverage(story));
  await test.step('8 each sees their own', () => seeOnlyTheirOwn(story));
  await test.step('a card instead of a password', () => comeInByCard(story));
});

async function findTheDoor({ bureau, phone }: Story): Promise<void> {
  await phone.goto('/');
  await expect(phone.getByRole('link', { name: /^公开课程/ }).first()).toBeVisible();
  await expect(phone.getByRole('link', { name: /^证书查验/ }).first()).toBeVisible();
  await login(bureau, 'xiayi');
  await expect(bureau).toHaveURL(/\/office$/);
}

async function importRosters({ bureau }: Story): Promise<void> {
  const { rejected } = EXPECTED.files['roster-xiayi.xlsx']!;
  await imports.upload(bureau, '/office/imports', 'roster-xiayi.xlsx');
  expect(await imports.counted(bureau, '新增岗位')).toBe(600);
  expect(await imports.counted(bureau, '未通过')).toBe(30);
  await expect(bureau.locator('header p.state')).toContainText('597 人');
  const reasons = await imports.reasonsIn(await imports.refusedWorkbook(bureau, 30));
  expect([...reasons.keys()].sort((a, b) => a - b)).toEqual(
    rejected.map(({ row }) => row).sort((a, b) => a - b),
  );
  for (const reason of reasons.values()) expect(reason).toMatch(/\p{Script=Han}{4,}/u);
  await imports.commit(bureau, 600);

  await imports.upload(bureau, '/office/imports', 'roster-xiayi.xlsx');
  expect(await imports.counted(bureau, '无变化')).toBe(600);
  expect(await imports.counted(bureau, '新增岗位')).toBe(0);
  await expect(bureau.getByRole('button', { name: '确认写入 0 行' })).toBeDisabled();

  await imports.upload(bureau, '/office/imports', 'roster-enterprise.xlsx');
  await expect(bureau.getByText('（将新建）')).toBeVisible();
  expect(await imports.counted(bureau, '新增岗位')).toBe(107);
  expect(await imports.counted(bureau, '未通过')).toBe(12);
  await imports.commit(bureau, 107);
}

async function readTheRules({ bureau }: Story): Promise<void> {
  await bureau.goto('/office/rules');
  const pack = bureau.getByRole('article').filter({ hasText: '夏邑县执行中' }).filter({ hasText: '卢氏' });
  await expect(pack).toContainText(/依据\s*.*《.+》/);
  await expect(pack).toContainText(/采用\s*夏邑县，夏邑应急〔\d{4}〕3号/);
  await expect(pack).toContainText(/来源\s*\S+/);
  await expect(pack.getByRole('row').filter({ hasText: '村' })).toContainText('4 天');
  await expect(pack.getByRole('row').filter({ hasText: '原则上' }).first()).toContainText('可申请免训');
}

async function openCourseAndClass(story: Story): Promise<void> {
  const { bureau } = story;
  await training.publishCourse(bureau, COURSE, LESSON);
  story.base = await training.planClass(bureau, { title: CLASS, day: TODAY, courseTitle: COURSE });
  const heads = await training.enrol(bureau, story.base, { category: '村安全劝导站站长', place: '会亭镇' });
  const county = await training.enrol(bureau, story.base, { category: '县级应急人员' });
  expect(heads).toBeGreaterThan(10);
  expect(county).toBeGreaterThan(36);
  await bureau.getByRole('button', { name: '开班', exact: true }).click();
  await expect(bureau.getByText('开班中')).toBeVisible();
}

async function learnAndSign(story: Story): Promise<void> {
  const { bureau, phone, server } = story;
  story.morning = await training.openSession(bureau, story.base, '上午');
  story.afternoon = await training.openSession(bureau, story.base, '下午');

  // A phone's scanner opens the link; whoever is not logged in logs in on the way.
  const { link } = await training.wallOf(bureau, story.morning);
  await phone.goto(link);
  await learner.logInHere(phone, 'trainee', DEMO_PASSWORD);
  await expect(phone.getByText('已识别大屏幕上的二维码')).toBeVisible();
  await phone.getByRole('button', { name: '签到', exact: true }).click();
  await expect(phone.getByRole('heading', { name: /^已签到/ })).toBeVisible();

  // The same phone cannot sign a second person.
  await learner.logOut(phone);
  await phone.goto((await training.wallOf(bureau, story.morning)).link);
  await learner.logInHere(phone, 'village', DEMO_PASSWORD);
  await expect(phone.getByText('一部手机只能签一个人')).toBeVisible();
  await learner.logOut(phone);

  // The clerk ticks another by name.
  const other = personOf(server.dataDir, 'director');
  await bureau.goto(story.morning);
  await bureau.locator(`input[name="persons[]"][value="${other.id}"]`).check();
  await bureau.getByRole('button', { name: '到场' }).click();
  await training.done(bureau, '登记已保存');
  await expect(
    bureau.getByRole('listitem').filter({ hasText: other.name }).filter({ hasText: '经办人点名' }),
  ).toBeVisible();

  await readTheLesson(story);
}

async function readTheLesson({ phone }: Story): Promise<void> {
  await login(phone, 'trainee');
  await phone.goto('/learn/courses');
  await phone.getByRole('link', { name: COURSE }).click();
  await phone.getByRole('link', { name: '开始学习' }).click();
  await expect(phone.locator('header p.state')).toContainText('还差：读到末尾、通过随堂测验');
  const kept = phone.waitForResponse((response) => response.url().includes('/api/learning-pings/'));
  await phone.mouse.move(180, 400);
  await phone.mouse.wheel(0, 900);
  await kept;
  await phone.reload();
  await expect(phone.getByText(/上次读到 \d+%/)).toBeVisible();
  await phone.getByRole('button', { name: '我已读完本节' }).click();
  await expect(phone.getByText('已读到末尾，再通过下面的测验就完成了')).toBeVisible();
  const quiz = phone.locator('#quiz');
  await quiz.getByLabel('组织演出').check();
  await quiz.getByRole('button', { name: '提交答案' }).click();
  await expect(quiz.getByText('答对 0 题，共 1 题')).toBeVisible();
  await quiz.getByRole('button', { name: '再答一次' }).click();
  await quiz.getByLabel('登记低洼住户').check();
  await quiz.getByRole('button', { name: '提交答案' }).click();
  await expect(quiz.getByText('全部答对，测验通过')).toBeVisible();
  await expect(phone.locator('header p.state')).toContainText('已完成，1 学时已计入');
  await phone.goto('/learn/record');
  await expect(learner.line(phone, LESSON.title)).toContainText('在线课程');
  await expect(learner.line(phone, CLASS)).toContainText('面授签到');
}

async function countOutsideTraining({ bureau, open, server }: Story): Promise<void> {
  const { id, name } = personOf(server.dataDir, 'village');
  const huiting = await open(DESKTOP);
  await login(huiting, 'huiting');
  const address = await training.registerOutside(huiting, {
    title: '商丘市委党校村干部应急班',
    day: addDays(TODAY, -3),
    person: { id, name },
  });

  // Who entered it does not confirm it: no button, and the server refuses too.
  await expect(huiting.getByText('登记和确认不能是同一个人')).toBeVisible();
  await expect(huiting.getByRole('button', { name: '确认这次培训' })).toHaveCount(0);
  const tried = await huiting.request.post(`${address}?/decide`, {
    headers: { origin: server.url, 'x-sveltekit-action': 'true', accept: 'application/json' },
    form: { verdict: 'confirmed', reason: '' },
  });
  expect(await tried.json()).toMatchObject({ type: 'failure', status: 403 });

  await bureau.goto(address);
  await bureau.getByRole('button', { name: '确认这次培训' }).click();
  await expect(bureau.locator('header p.state')).toContainText('1 人的天数已计入');
  const phone = await open(PHONE);
  await login(phone, 'village');
  await phone.goto('/learn/record');
  await expect(learner.line(phone, '商丘市委党校村干部应急班')).toContainText('外部培训');
}

async function sitTheExam(story: Story): Promise<void> {
  const { open, phone, server } = story;
  const officer = await open(DESKTOP);
  await login(officer, 'officer');
  await imports.upload(officer, '/office/questions/imports', 'questions-anquan.xlsx');
  expect(await imports.counted(officer, '新增')).toBe(120);
  expect(await imports.counted(officer, '未通过')).toBe(12);
  await imports.commit(officer, 120);
  story.exam = await training.publishExam(officer, {
    ...{ title: EXAM, classId: story.base.split('/').at(-1)!, from: TODAY, until: addDays(TODAY, 1) },
    parts: [
      { type: '单选题', count: 6, score: 5 },
      { type: '多选题', count: 4, score: 10 },
      { type: '判断题', count: 6, score: 5 },
    ],
  });

  const attempt = await learner.enterExam(phone, story.exam);
  const right = rightAnswers(server.dataDir, attempt);
  for (const slot of [1, 2, 3]) {
    await learner.answerByTouch(phone, right.get(slot)!);
    expect(keptAnswers(server.dataDir, attempt).get(slot)).toBe(right.get(slot));
    await learner.nextQuestion(phone);
  }
  await phone.reload();
  await expect(phone.locator('main article')).toBeVisible();
  expect(await learner.chosen(phone)).toBe(right.get(1));

  // A second device takes over; the first one says so and answers no more.
  const desk = await open(DESKTOP);
  await login(desk, 'trainee');
  await desk.goto('/learn/exams');
  await desk.getByRole('article').filter({ hasText: EXAM }).getByRole('link', { name: '继续考试' }).click();
  await desk
    .getByRole('dialog', { name: '已在另一台设备登录' })
    .getByRole('button', { name: '在本机继续' })
    .click();
  await expect(desk.locator('main article')).toBeVisible();
  // An option that is not chosen yet: pressing the chosen one again sends nothing.
  await phone.locator('main article input:not(:checked)').first().check({ force: true });
  await expect(phone.getByRole('dialog', { name: '本机已停止作答' })).toBeVisible();

  for (let slot = 1; slot <= 16; slot += 1)
    await learner.answerByKeys(desk, slot <= 3 ? '' : right.get(slot)!);
  await expect.poll(() => keptAnswers(server.dataDir, attempt)).toEqual(right);
  await desk.getByRole('button', { name: '交卷' }).click();
  await expect(desk.getByText('16 题已全部作答')).toBeVisible();
  await desk.getByRole('button', { name: '确认交卷' }).click();
  await expect(desk.getByRole('heading', { name: '交卷成功' })).toBeVisible();
  await desk.getByRole('link', { name: '查看成绩' }).click();
  await expect(desk.locator('header p.state')).toContainText('得 100 分，合格');
}

async function getTheCertificate(story: Story): Promise<void> {
  const { bureau, open, phone, server } = story;
  const { name } = personOf(server.dataDir, 'trainee');
  const mine = phone.getByRole('article').filter({ hasText: CLASS });
  await phone.goto('/learn/certificates');
  await expect(phone.getByRole('heading', { name: '我的证书' })).toBeVisible();
  await expect(mine, 'no certificate before the second half-day').toHaveCount(0);

  // The second half-day, by the six digits this time; the clerk looks whether it is really them.
  const { link, digits } = await training.wallOf(bureau, story.afternoon);
  await phone.goto(link.split('?')[0]!);
  await phone.getByLabel('输入大屏幕上的六位数字').fill(digits);
  await phone.getByRole('button', { name: '用数字签到' }).click();
  await expect(phone.getByRole('heading', { name: /^已签到/ })).toBeVisible();
  await bureau.goto(story.afternoon);
  await expect(bureau.getByText('请抽查 1 人是否本人到场')).toBeVisible();
  await bureau.getByRole('button', { name: `${name}本人在场` }).click();
  await training.done(bureau, '抽查结果已记录');

  await phone.goto('/learn/certificates');
  const number = await mine.locator('.number').innerText();
  const pdf = await download(phone, () => mine.getByRole('link', { name: '下载证书（PDF）' }).click());
  const printed = await pdf.printed();
  expect(printed).toContain(number.replace(/\s/g, ''));
  expect(printed).toContain(name);

  const visitor = await open(PHONE);
  await visitor.goto('/certificates');
  await visitor.getByLabel('证书编号').fill(number);
  await visitor.getByRole('button', { name: '查验' }).click();
  const shown = visitor.getByRole('main');
  await expect(shown).toContainText('现在有效');
  await expect(shown).toContainText(`${name[0]}*`);
  const page = await visitor.content();
  expect(page, 'the whole name').not.toContain(name);
  expect(page, 'anything of the ID number').not.toMatch(/410000[0-9*]/);
}

async function readTheCoverage({ bureau }: Story): Promise<void> {
  await bureau.goto('/office/coverage');
  await expect(bureau.getByRole('heading', { level: 1 })).toContainText('夏邑县');
  const said = await bureau.locator('pre[aria-label="电话里说的两句话"]').innerText();
  expect(said.trim().split('\n')).toHaveLength(2);
  expect(said).toMatch(/截至\d+月\d+日.*夏邑县.*应训 [\d,]+ 人.*已达标 [\d,]+ 人/);
  expect(said).toMatch(/还差 [\d,]+ 人，最慢的是/);
  await coverage.expectNamesBehind(bureau, '应训人数');
  await coverage.expectNamesBehind(bureau, '还差');
  for (const rate of ['覆盖率', '达标率']) await coverage.expectRate(bureau, rate);

  const book = await download(bureau, () => bureau.getByRole('link', { name: '导出 Excel' }).click());
  expect((await book.rows()).flat().join(' ')).toContain('会亭镇');
  const letter = await download(bureau, () => bureau.getByRole('link', { name: '生成通报' }).click());
  expect(await letter.letter()).toContain('会亭镇');

  // Down to the village, and to the names with what they lack.
  const table = bureau.getByRole('region', { name: /各地培训情况/ });
  await table.getByRole('link', { name: '会亭镇', exact: true }).click();
  await expect(bureau.getByRole('heading', { level: 1 })).toContainText('会亭镇');
  const village = await coverage.firstPlaceWithMissing(bureau);
  await bureau
    .getByRole('region', { name: /各地培训情况/ })
    .getByRole('link', { name: village, exact: true })
    .click();
  await expect(bureau.getByRole('heading', { level: 1 })).toContainText(village);
  await bureau.getByRole('link', { name: '看未达标名单' }).click();
  const names = bureau.getByRole('region', { name: /未达标名单/ }).getByRole('row');
  await expect(names.nth(1)).toContainText(/还差 [\d.]+ 天/);
  const first = await names.nth(1).getByRole('link').first().innerText();
  const paste = await bureau.locator('pre').innerText();
  expect(paste).toContain(first);
  expect(paste).not.toMatch(/\d{11}/);
  const list = await download(bureau, () => bureau.getByRole('link', { name: '导出名单' }).click());
  expect((await list.rows()).flat()).toContain(first);
}

async function seeOnlyTheirOwn({ bureau, open }: Story): Promise<void> {
  await expect(bureau).toHaveURL(/\/names/);
  const huiting = await open(DESKTOP);
  await login(huiting, 'huiting');
  await huiting.goto('/office/coverage');
  await expect(huiting.getByRole('heading', { level: 1 })).toContainText('会亭镇');
  for (const elsewhere of ['411426', '411426102', '411224', '4110'])
    for (const below of ['', '/names', '/workbook', '/letter'])
      expect(
        (await huiting.request.get(`/office/coverage/${elsewhere}${below}`)).status(),
        elsewhere + below,
      ).toBe(404);

  const xuchang = await open(DESKTOP);
  await login(xuchang, 'xuchang');
  await xuchang.goto('/office/coverage');
  const table = xuchang.getByRole('region', { name: /各地培训情况/ });
  for (const county of ['襄城县', '鄢陵县'])
    await expect(table.getByRole('link', { name: county, exact: true })).toBeVisible();
  expect((await xuchang.request.get('/office/coverage/411426')).status()).toBe(404);
}

async function comeInByCard({ open, server }: Story): Promise<void> {
  const head = HEADS_OF_HUITING[0]!;
  const huiting = await open(DESKTOP);
  await login(huiting, 'huiting');
  await huiting.goto(`/office/cards?words=${encodeURIComponent(head.name)}`);
  const pick = huiting.getByRole('row').filter({ hasText: head.village }).getByRole('checkbox');
  await pick.check();
  const personId = await pick.inputValue();
  const sheet = await download(huiting, () =>
    huiting.getByRole('button', { name: '打印选中的 1 人' }).click(),
  );
  const printed = await sheet.printed();
  expect(printed).toContain(head.name);
  const pin = /密码（8位）(\d{8})/.exec(printed)![1]!;

  const phone = await open(PHONE);
  await phone.goto(`/card/${cardOf(server.dataDir, personId)}`);
  await phone.getByLabel('8位数字密码').fill(pin);
  await phone.getByRole('button', { name: '登录', exact: true }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toContainText(head.name);
  const found = await open(PHONE);
  await found.goto(`/card/${cardOf(server.dataDir, personId)}`);
  await expect(found.getByText('这张卡已经用过或作废')).toBeVisible();
}
