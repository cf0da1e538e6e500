import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { exampleScript } from '../drills/example-script.ts';
import { DESKTOP, expect, login, PHONE, test } from './harness/test.ts';
import * as after from './story/drill-after.ts';
import * as office from './story/drill-office.ts';
import * as room from './story/drill-room.ts';
import { done } from './story/office-training.ts';

const SCRIPT = exampleScript();
const TITLE = '会亭镇沱河涨水桌面推演';
const ORDER = '请立即组织低洼村组转移，到镇中学安置。';
const NOTE = '镇值班员接报后先核实，再报告，步骤清楚。';
const WHY = '水位还在涨，夜里转移更难。';

/** What no player is ever told: what is expected of him, how he is judged, how the author counts. */
const NEVER_FOR_PLAYERS = [
  ...SCRIPT.expectations.map(({ title }) => title),
  ...SCRIPT.injects.map(({ code }) => code),
  ...SCRIPT.evaluation.sheets.flatMap(({ title, categories }) => [
    title,
    ...categories.flatMap(({ items }) => items.map(({ indicator }) => indicator)),
  ]),
  NOTE,
];

/** What is a secret of every player and looker-on until it goes out. */
const textOf = (code: string) => {
  const { title, body } = SCRIPT.injects.find((inject) => inject.code === code)!;
  return [title, body];
};

type Seat = 'director' | 'player1' | 'player2' | 'player3' | 'evaluator' | 'instructor' | 'observer';
const SEATS: Record<Seat, { size: typeof PHONE; roles: string[] }> = {
  director: { size: DESKTOP, roles: ['总导调', '模拟县防办'] },
  player1: { size: PHONE, roles: ['镇值班员'] },
  player2: { size: PHONE, roles: ['镇长'] },
  player3: { size: PHONE, roles: ['村主任'] },
  evaluator: { size: PHONE, roles: ['评估员'] },
  instructor: { size: DESKTOP, roles: ['评估员'] },
  observer: { size: DESKTOP, roles: ['观摩席'] },
};
const PLAYERS = ['player1', 'player2', 'player3'] as const;

/** Everybody of the drill, each at an own device, and everything that their devices have been sent. */
type Drill = {
  pages: Record<Seat, Page>;
  mail: Record<Seat, room.Mail>;
  /** Addresses: /office/drills/…, and the id of the run. */
  base: string;
  run: string;
};

test('one tabletop, from the script to the archived report', async ({ open }) => {
  test.setTimeout(180_000);
  const drill = { pages: {}, mail: {} } as Drill;
  await test.step('1 everybody logs in', () => gather(drill, open));
  await test.step('2 script, drill and seats', () => prepare(drill));
  await test.step('3 the communications check', () => checkIn(drill));
  await test.step('4 start, speed, jump, first report', () => report(drill));
  await test.step('5 a decision against the clock', () => decide(drill));
  await test.step('6 forces, and a phone without network', () => moveOut(drill));
  await test.step('7 what evaluators see and write', () => judge(drill));
  await test.step('8 what the public sees', () => lookOn(drill));
  await test.step('9 the end', () => end(drill));
  await test.step('10 the sheets', () => fillSheets(drill));
  await test.step('11 the grade', () => grade(drill));
  await test.step('12 a problem, the report, the archive', () => close(drill));
});

async function gather(drill: Drill, open: (size: typeof PHONE) => Promise<Page>): Promise<void> {
  const comeIn = async ([seat, { size }]: [Seat, { size: typeof PHONE }]) => {
    const page = await open(size);
    drill.pages[seat] = page;
    drill.mail[seat] = await room.collectMail(page);
    await login(page, seat);
  };
  await Promise.all((Object.entries(SEATS) as [Seat, { size: typeof PHONE }][]).map(comeIn));
}

async function prepare(drill: Drill): Promise<void> {
  const { director } = drill.pages;
  const file = test.info().outputPath('沱河脚本.json');
  writeFileSync(file, JSON.stringify(SCRIPT));
  await office.publishScript(director, SCRIPT, file);
  drill.base = await office.planDrill(director, TITLE);
  for (const [seat, { roles }] of Object.entries(SEATS) as [Seat, { roles: string[] }][])
    await office.giveSeat(director, seat, roles);
  await expect(director.getByText('还没有人的角色')).toHaveCount(0);
}

async function checkIn(drill: Drill): Promise<void> {
  const { director } = drill.pages;
  await director.getByRole('link', { name: '进入导调台' }).click();
  await director.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
  drill.run = new URL(director.url()).pathname.split('/').at(-1)!;
  await expect(director.getByText('7 人就位，0 人通信正常')).toBeVisible();
  // One comes from the home page, as somebody who lost the link.
  await findMySeat(drill.pages.player1);
  const others = (Object.keys(SEATS) as Seat[]).filter((seat) => seat !== 'director');
  await Promise.all(
    others.map(async (seat) => {
      const page = drill.pages[seat];
      await page.goto(`/runs/${drill.run}`);
      await page.getByRole('button', { name: '收到，通信正常' }).click();
      await expect(page.getByText('已报告：收到，通信正常')).toBeVisible();
    }),
  );
  await director.getByRole('button', { name: '收到，通信正常' }).click();
  await expect(director.getByText('7 人就位，7 人通信正常')).toBeVisible();
  await director.getByRole('button', { name: '开始演练' }).click();
  await office.confirm(director, '开始');
  for (const page of Object.values(drill.pages))
    await expect(page.getByRole('banner').getByText('进行中')).toBeVisible();
}

async function findMySeat(page: Page): Promise<void> {
  await page.goto('/learn');
  const drills = page.getByRole('region', { name: '我的演练' }).locator('div');
  await drills.filter({ hasText: TITLE }).getByRole('link', { name: '进入席位' }).click();
  await expect(page.getByText('等待导调开始')).toBeVisible();
}

async function report({ pages: { director, player1, player3 } }: Drill): Promise<void> {
  const before = await room.secondsOn(director);
  await room.setRate(director, 10);
  await expect.poll(() => room.secondsOn(director)).toBeGreaterThan(before + 15);
  await room.setRate(director, 1);
  await room.press(director, '暂停');
  await expect(player3.getByRole('banner').getByText('已暂停')).toBeVisible();
  await room.press(director, '继续');
  await expect(player3.getByRole('banner').getByText('进行中')).toBeVisible();

  await room.jump(director, 2.5, { 'A-01': '发出' });
  await expect(room.card(player1, '强降雨')).toContainText('一小时降雨 50 毫米');
  await room.acknowledge(player1, '强降雨');
  await room.lookAt(director, '收到');
  await expect(
    director.getByRole('listitem').filter({ hasText: 'A-01 强降雨' }).filter({ hasText: '全部确认收到' }),
  ).toBeVisible();

  await room.turnTo(player1, '文书');
  await player1.getByRole('button', { name: '首报' }).click();
  await player1.getByRole('button', { name: '填情景时间' }).click();
  await player1.getByLabel(/^地点/).fill('会亭镇李集村');
  await player1.getByRole('button', { name: '报送', exact: true }).click();
  await expect(player1.getByText(/^05:3\d 已报$/)).toBeVisible();
  await room.lookAt(director, '动作');
  const panel = director.locator('.panel .past');
  await expect(panel.filter({ hasText: '电话报告并提交首报' })).toContainText('按时完成');
  await expect(director.getByRole('region', { name: '阶段' }).locator('strong')).toHaveText('响应');
}

async function decide(drill: Drill): Promise<void> {
  const { director, player2 } = drill.pages;
  await room.jump(director, 2.5, { 'A-04': '暂扣' });
  const held = room.queued(director, 'A-04');
  await expect(held).toContainText('已暂扣');
  await nothingSlipped(drill, ['player1', 'player2', 'player3', 'observer'], textOf('A-04'));
  await held.getByRole('button', { name: '发出' }).click();

  const ask = room.card(player2, '是否转移');
  const left = ask.getByText(/^请您决定，还剩 0[45]:\d\d/);
  await expect(left).toBeVisible();
  const first = await left.innerText();
  await expect(left).not.toHaveText(first);
  await ask.getByRole('radio', { name: '立即转移' }).check();
  await ask.getByLabel('理由').fill(WHY);
  await ask.getByRole('button', { name: '作出决定' }).click();
  await office.confirm(player2, '决定');
  await expect(ask).toContainText('已决定：立即转移');
  await expect(room.logged(director, '镇长决定：立即转移')).toContainText(WHY);
  await expect(director.getByRole('region', { name: '阶段' }).locator('strong')).toHaveText('转移');
}

async function moveOut({ pages: { director, player2, player3 } }: Drill): Promise<void> {
  await room.turnTo(player2, '力量');
  await player2.getByRole('button', { name: '派出' }).click();
  const dialog = player2.getByRole('dialog', { name: '派出镇冲锋舟' });
  await dialog.getByLabel('数量').fill('2');
  await dialog.getByLabel('到哪里').selectOption({ label: '李集村' });
  await dialog.getByRole('button', { name: '确认派出' }).click();
  await expect(player2.getByText('镇冲锋舟 2', { exact: true })).toBeVisible();
  await expect(player2.getByText('还有 1 / 3 艘')).toBeVisible();

  await room.turnTo(player2, '联络');
  const network = await room.cutOff(player2);
  await player2.getByRole('checkbox', { name: '村主任' }).check();
  await player2.getByLabel('内容').fill(ORDER);
  await player2.getByRole('button', { name: '发出', exact: true }).click();
  await expect(player2.getByText('1 项待发送')).toBeVisible();
  await expect(player3.getByRole('article').filter({ hasText: ORDER })).toHaveCount(0);
  await network.comeBack();
  await expect(player3.getByRole('article').filter({ hasText: ORDER })).toHaveCount(1);
  await expect(room.logged(director, ORDER)).toHaveCount(1);

  const extra = room.queued(director, 'B-01');
  await expect(extra).toContainText('手动，建议 06:10');
  await extra.getByRole('button', { name: '发出' }).click();
  await room.acknowledge(player3, '群众求助');
  await player3.reload();
  await expect(room.card(player3, '群众求助')).toContainText('已确认收到');
  await expect(player3.getByRole('article').filter({ hasText: ORDER })).toHaveCount(1);
}

async function judge(drill: Drill): Promise<void> {
  const { director, evaluator, instructor } = drill.pages;
  await room.turnTo(instructor, '观察');
  await instructor.getByLabel('看到了什么').fill(NOTE);
  await instructor.getByRole('button', { name: '记下' }).click();
  await expect(instructor.getByRole('article').filter({ hasText: NOTE })).toHaveCount(1);
  await expect(room.logged(director, NOTE)).toHaveCount(1);
  for (const title of ['下达转移指令', '清点转移人数']) {
    const action = room.card(evaluator, title);
    await action.getByRole('button', { name: '完成', exact: true }).click();
    await expect(action).toContainText('已记完成');
  }
  await expect(room.card(instructor, '清点转移人数')).toContainText('按时完成');
  // Another evaluator's marks and notes would pull one's own along.
  await expect(room.card(instructor, '清点转移人数')).not.toContainText('已记完成');
  await expect(evaluator.getByText(NOTE)).toHaveCount(0);
  await expect(director.getByRole('region', { name: '阶段' }).locator('strong')).toHaveText('收尾');
}

async function lookOn(drill: Drill): Promise<void> {
  const { director, observer, player2 } = drill.pages;
  const phases = observer.getByRole('list', { name: '演练阶段' });
  await expect(phases.locator('[aria-current]')).toHaveText('收尾');
  const deeds = [ORDER, WHY, '首报', '会亭镇李集村', '是否转移', '强降雨', '群众求助'];
  await nothingSlipped(drill, ['observer'], deeds);
  const line = room.logged(director, '镇长决定：立即转移');
  await line.getByRole('button', { name: '上大屏' }).click();
  await expect(observer.getByRole('list', { name: '现场动态' })).toContainText('决定：立即转移');
  await nothingSlipped(drill, ['observer'], [ORDER, WHY, '首报', '强降雨', '群众求助']);

  // The river rises on the way, and what says so waits for a yes: nobody knows of it, on the map neither.
  await room.jump(director, 16, {});
  const rise = room.queued(director, 'A-02');
  await expect(rise).toContainText('已暂扣');
  await nothingSlipped(drill, [...PLAYERS, 'observer'], [...textOf('A-02'), '进水区']);
  await rise.getByRole('button', { name: '发出' }).click();
  await room.turnTo(player2, '收到');
  await room.acknowledge(player2, '水位超警');
  await expect(observer.getByRole('list', { name: '现场动态' })).toContainText('图上新增：进水区');
  await nothingSlipped(drill, ['player3', 'observer'], textOf('A-02'));
  // It asked for boats that were already under way.
  await room.lookAt(director, '动作');
  await expect(director.locator('.panel .past').filter({ hasText: '调出冲锋舟' })).toContainText('按时完成');
}

async function end(drill: Drill): Promise<void> {
  const { director } = drill.pages;
  await room.endDrill(director);
  for (const seat of [...PLAYERS, 'evaluator', 'instructor', 'observer'] as const)
    await expect(drill.pages[seat].getByText('演练已结束').first()).toBeVisible();
  await director.getByRole('button', { name: '开始现场点评' }).click();
  for (const seat of PLAYERS)
    await expect(drill.pages[seat].getByText(/哪里顺、哪里卡/).first()).toBeVisible();
  await nothingSlipped(drill, PLAYERS, NEVER_FOR_PLAYERS);
  await nothingSlipped(drill, ['observer'], NEVER_FOR_PLAYERS);
}

async function fillSheets({ pages: { evaluator, instructor } }: Drill): Promise<void> {
  await after.fillSheet(evaluator, [
    { code: '1.1', answer: '是' },
    { code: '2.1', answer: '符合' },
    { code: '2.2', answer: '是' },
  ]);
  await after.fillSheet(instructor, [
    { code: '1.1', answer: '是' },
    { code: '2.1', answer: '不符合', reason: '没有派出救护力量。' },
    { code: '2.2', answer: '是' },
  ]);
}

async function grade(drill: Drill): Promise<void> {
  const { director, player1 } = drill.pages;
  await director.goto(`${drill.base}/evaluation`);
  await director.getByRole('button', { name: '进入评估' }).click();
  const warning = director.getByText('有评估项意见差别大，还没有核定。').filter({ visible: true });
  await expect(warning).toHaveCount(1);
  const item = after.item(director, '2.1');
  await expect(item).toContainText('意见差别大');
  await expect(after.item(director, '1.1')).not.toContainText('意见差别大');
  await item.locator('summary').click();
  await expect(item).toContainText('没有派出救护力量。');
  await item.getByLabel('核定为').selectOption({ label: '基本符合' });
  await item.getByLabel(/^核定的理由/).fill('核对派出记录，冲锋舟已先行派出。');
  await item.getByRole('button', { name: '核定', exact: true }).click();
  await done(director, '已核定');
  await expect(item.locator('summary')).toContainText('已核定');
  await expect(item.locator('summary')).not.toContainText('意见差别大');
  // Before it is published those who played hear nothing of it.
  await nothingSlipped(drill, PLAYERS, NEVER_FOR_PLAYERS);
  expect((await player1.request.get(`${drill.base}/evaluation`)).status()).toBe(404);
  await director.getByRole('button', { name: '公布评估结果' }).click();
  await office.confirm(director, '公布');
  await done(director, '评估结果已公布');
  await expect(director.locator('header p.state')).toContainText(/参演单位 \d+\.\d\d 分，[优良中]/);
  await expect(player1.getByText('评估结果已公布').first()).toBeVisible();
}

async function close(drill: Drill): Promise<void> {
  const { director, player1 } = drill.pages;
  const item = after.item(director, '2.1');
  await item.locator('summary').click();
  await item.getByRole('link', { name: '列入问题整改台账' }).click();
  const finding = await after.addFinding(director, { unit: '会亭镇人民政府', owner: '镇长' });
  await after.archive(director, drill.base);
  await expect(director.getByRole('alert').filter({ hasText: '预案' })).toBeVisible();

  await director.goto(finding);
  await after.waive(director);
  await after.signReport(director, drill.base, '叶局长');
  await after.archive(director, drill.base);
  await done(director, '演练已归档');
  await director.goto(drill.base);
  await expect(director.locator('header.head')).toContainText('已归档');
  await expect(player1.getByText('演练已归档').first()).toBeVisible();
}

/** None of the words has reached these devices, and none of them could be asked from the server. */
async function nothingSlipped(drill: Drill, seats: readonly Seat[], words: readonly string[]): Promise<void> {
  for (const seat of seats) {
    const sent = await drill.mail[seat].everything();
    const asked = await room.askedAnew(drill.pages[seat], drill.run);
    for (const text of [sent, asked]) {
      // It was the run that was looked at, and not an empty page.
      expect(room.wordsIn(text, [SCRIPT.meta.title, SCRIPT.phases[0]!.title])).toHaveLength(2);
      expect(room.wordsIn(text, words), `what ${seat} was sent`).toEqual([]);
    }
  }
}
