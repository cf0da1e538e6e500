import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chromium, type Browser } from '@playwright/test';
import { objectsIn } from '#tests/access/objects.ts';
import { prepareBrowser } from '#tests/e2e/harness/browser.ts';
import { startServer, type RunningServer } from '#tests/e2e/harness/server.ts';
import { DESKTOP, login, PHONE } from '#tests/e2e/harness/test.ts';

/**
 * `npm run screenshots`: real pages of the built program on the demo counties, into docs/screenshots, and
 * the sections of both READMEs that show them.
 */
const FOLDER = 'docs/screenshots';

type Shot = { name: string; who: string | null; path: string; size: typeof PHONE; zh: string; en: string };

const SHOTS: readonly Shot[] = [
  {
    name: 'coverage',
    who: 'xiayi',
    path: '/office/coverage/411426',
    size: DESKTOP,
    zh: '覆盖率：全县各乡镇',
    en: 'Coverage of a county by township',
  },
  {
    name: 'names',
    who: 'huiting',
    path: '/office/coverage/411426101/names',
    size: DESKTOP,
    zh: '还差谁：名单和原因',
    en: 'Who is missing, and why',
  },
  {
    name: 'class',
    who: 'instructor',
    path: '/office/classes/[class]',
    size: DESKTOP,
    zh: '培训班',
    en: 'A training class',
  },
  {
    name: 'people',
    who: 'xiayi',
    path: '/office/people',
    size: DESKTOP,
    zh: '人员档案',
    en: 'The people of a county',
  },
  {
    name: 'exam',
    who: 'officer',
    path: '/office/exams/[exam]/results',
    size: DESKTOP,
    zh: '考试成绩',
    en: 'Results of an exam',
  },
  {
    name: 'office',
    who: 'xiayi',
    path: '/office',
    size: DESKTOP,
    zh: '今天要做的事',
    en: 'What is due today',
  },
  {
    name: 'desk',
    who: 'director',
    path: '/runs/[run]',
    size: DESKTOP,
    zh: '导调台',
    en: "The director's desk",
  },
  {
    name: 'wall',
    who: 'director',
    path: '/runs/[run]/wall',
    size: DESKTOP,
    zh: '演练大屏',
    en: 'The wall of a drill',
  },
  {
    name: 'report',
    who: 'director',
    path: '/office/drills/[playedDrill]/report',
    size: DESKTOP,
    zh: '演练评估报告',
    en: 'Report of a drill',
  },
  {
    name: 'replay',
    who: 'director',
    path: '/office/drills/[playedDrill]/replay',
    size: DESKTOP,
    zh: '演练回放',
    en: 'A drill replayed',
  },
  { name: 'player', who: 'player1', path: '/runs/[run]', size: PHONE, zh: '参演席位', en: 'A player' },
  { name: 'home', who: null, path: '/', size: PHONE, zh: '公众首页', en: 'Home page' },
  { name: 'learn', who: 'trainee', path: '/learn', size: PHONE, zh: '我的学习', en: 'My learning' },
  {
    name: 'lesson',
    who: 'trainee',
    path: '/learn/courses/[slug]/lessons/[lesson]',
    size: PHONE,
    zh: '学习',
    en: 'A lesson',
  },
  {
    name: 'verify',
    who: null,
    path: '/certificates/[number]',
    size: PHONE,
    zh: '证书查验',
    en: 'A certificate verified',
  },
];

/** What a live page needs to draw what it has received. */
const LIVE_MS = 1_500;

/** The announced drill of the demo, a few minutes on: its desks have something to show. */
async function playOn(browser: Browser, server: RunningServer): Promise<void> {
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  await login(page, 'director');
  const run = objectsIn(server.dataDir).fill('[run]');
  for (const deed of [{ kind: 'start' }, { kind: 'jump', toMs: 6 * 60_000, choices: {} }]) {
    const answer = await page.request.post(`/api/runs/${run}/commands`, {
      headers: { origin: server.url },
      data: { id: `screenshots-${deed.kind}`, role: 'director', deed },
    });
    if (!answer.ok()) throw new Error(`${deed.kind}: ${answer.status()} ${await answer.text()}`);
  }
  running = run;
  await context.close();
}
let running = '';

async function take(browser: Browser, server: RunningServer, shot: Shot): Promise<void> {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: shot.size,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  if (shot.who) await login(page, shot.who);
  const response = await page.goto(objectsIn(server.dataDir).fill(shot.path.replace('[run]', running)));
  if (!response?.ok()) throw new Error(`${shot.path} as ${shot.who ?? 'a visitor'}: ${response?.status()}`);
  // A page of a run follows its stream for ever: it is never idle.
  if (shot.path.startsWith('/runs/')) await page.waitForTimeout(LIVE_MS);
  else await page.waitForLoadState('networkidle');
  await page.screenshot({ path: fileOf(shot), animations: 'disabled' });
  await context.close();
  process.stdout.write(`${fileOf(shot)}\n`);
}

function fileOf({ name, size }: Shot): string {
  return `${FOLDER}/${name}-${size.width}.png`;
}

/** A table with one row of captions and one of pictures. */
function row(shots: readonly Shot[], textOf: (shot: Shot) => string): string {
  const cells = (cell: (shot: Shot) => string) => `| ${shots.map(cell).join(' | ')} |`;
  return [cells(textOf), cells(() => '---'), cells((shot) => `![${textOf(shot)}](${fileOf(shot)})`)].join(
    '\n',
  );
}

/** Puts the pictures between the two marks of a README. */
function show(file: string, textOf: (shot: Shot) => string): void {
  const wide = SHOTS.filter(({ size }) => size === DESKTOP);
  const narrow = SHOTS.filter(({ size }) => size === PHONE);
  const tables = [
    wide.slice(0, 2),
    wide.slice(2, 4),
    wide.slice(4, 6),
    wide.slice(6, 8),
    wide.slice(8),
    narrow,
  ].map((shots) => row(shots, textOf));
  const marked = /(<!-- screenshots -->\n)[\s\S]*?(<!-- \/screenshots -->)/;
  const text = readFileSync(file, 'utf8');
  if (!marked.test(text)) throw new Error(`${file} has no place for screenshots`);
  writeFileSync(
    file,
    text.replace(marked, (_, begin: string, end: string) => `${begin}\n${tables.join('\n\n')}\n\n${end}`),
  );
}

const server = await startServer('screenshots');
const browser = await chromium.launch((await prepareBrowser()) ?? {});
try {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  await playOn(browser, server);
  for (const shot of SHOTS) await take(browser, server, shot);
  show('README.md', ({ en }) => en);
  show('README.zh-CN.md', ({ zh }) => zh);
} finally {
  await browser.close();
  await server.stop();
}
