import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays, dayOf } from '#lib/kernel/day.ts';
import { DEMO_PASSWORD } from '#lib/people/demo-copy.ts';
import { exampleScript } from '#tests/drills/example-script.ts';
import { testNow } from '#tests/e2e/harness/clock.ts';
import { startServer, type RunningServer } from '#tests/e2e/harness/server.ts';
import { ACCESS } from './access-table.ts';
import { objectsIn, type Objects } from './objects.ts';
import { readTable } from './read-table.ts';

/**
 * The leak walk: with a double-blind drill prepared, everybody who is not on its list gets from every page
 * the very answer that was got without it; and of the database only the slots are different.
 */

const DIRECTOR = 'xiayi';
/** A player, a unit's leader and a keeper of drills elsewhere; the administrator; nobody at all. */
const STRANGERS = ['', 'trainee', 'huiting', 'xuchang', 'admin'] as const;
const SEATS = {
  ...{ director: DIRECTOR, sim: 'officer', duty: 'trainee', leader: 'huiting', head: 'village' },
  ...{ watch: 'instructor', guest: 'worker' },
};
const SECRETS = ['暗夜拉动演练', '密稿情景标题', '密稿情景概要', '密会亭镇', '密李集闸口', '密签字人'];

let server: RunningServer;
let objects: Objects;
const cookies = new Map<string, string>();

beforeAll(async () => {
  server = await startServer('sealed');
  objects = objectsIn(server.dataDir);
  for (const who of [...STRANGERS, DIRECTOR]) if (who !== '') await logIn(who);
});
afterAll(() => server?.stop());

async function post(who: string, address: string, body: URLSearchParams | FormData): Promise<Response> {
  const headers = { cookie: cookies.get(who) ?? '', origin: server.url, accept: 'text/html' };
  return await fetch(server.url + address, { method: 'POST', redirect: 'manual', headers, body });
}

async function logIn(who: string): Promise<void> {
  const answer = await post(who, '/login', new URLSearchParams({ identifier: who, password: DEMO_PASSWORD }));
  const set = answer.headers.getSetCookie().map((one) => one.split(';')[0]!);
  expect(answer.status).toBe(303);
  cookies.set(who, set.join('; '));
}

/** What changes from one moment to the next on any page: the server's time and the age of a session. */
function settled(text: string): string {
  return text
    .replace(/\b1[5-9]\d{11}\b/g, '<ms>')
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '<instant>')
    .replace(/\b\d{2}:\d{2}(:\d{2})?\b/g, '<time>')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}\b(?!-)/g, '<request>');
}

type Answers = Map<string, { text: string; raw: string }>;

const ADDRESSES = [
  ...new Set(
    readTable(ACCESS)
      .map(({ route }) => route)
      .filter((route) => route.startsWith('GET ') && !route.includes('/stream') && !route.includes('/logout'))
      .map((route) => route.slice('GET '.length)),
  ),
];

async function walk(): Promise<Answers> {
  const answers: Answers = new Map();
  for (const who of STRANGERS)
    for (const address of ADDRESSES) {
      const headers = { cookie: cookies.get(who) ?? '', accept: 'text/html' };
      const response = await fetch(server.url + objects.fill(address), { headers, redirect: 'manual' });
      const type = response.headers.get('content-type') ?? '';
      const raw = await response.text();
      // Workbooks and PDFs carry the moment they were made: their size and kind are compared.
      const body = /html|json|text/.test(type) ? settled(raw) : '';
      const head = [response.status, type, response.headers.get('location') ?? ''].join(' ');
      answers.set(`${who || 'visitor'} ${address}`, { text: `${head}\n${body}`, raw });
    }
  return answers;
}

function rows(): Record<string, string[]> {
  const database = new Database(join(server.dataDir, 'lianbing.db'), { readonly: true });
  const tables = database
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .pluck()
    .all() as string[];
  const found = Object.fromEntries(
    tables.map((table) => [
      table,
      (database.prepare(`SELECT * FROM "${table}"`).all() as object[]).map((row) => JSON.stringify(row)),
    ]),
  );
  database.close();
  return found;
}

async function prepareDrill(): Promise<string> {
  const script = exampleScript();
  script.meta.title = '密稿情景标题';
  script.meta.brief.outline = '密稿情景概要';
  const today = dayOf(testNow());
  const form = new FormData();
  const fields = {
    ...{
      title: '暗夜拉动演练',
      divisionId: '411426',
      notice: 'none',
      reason: '年度计划',
      undertaking: 'yes',
    },
    ...{ startsItself: 'on', needsStart: 'on', fromOn: addDays(today, 1), untilOn: addDays(today, 9) },
    ...{ from: '08:00', until: '18:00', quiet: '12:00-14:00', nearMinutes: '60' },
    ...{ units: '密会亭镇', places: '密李集闸口' },
  };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const day of ['1', '2', '3', '4', '5', '6', '7']) form.append('weekdays[]', day);
  form.set('file', new File([JSON.stringify(script)], 'script.json', { type: 'application/json' }));
  const made = await post(DIRECTOR, '/office/sealed/new', form);
  expect(made.status).toBe(303);
  const address = made.headers.get('location')!;
  for (const [role, loginName] of Object.entries(SEATS)) {
    const seat = new URLSearchParams({ loginName, 'roles[]': role });
    expect((await post(DIRECTOR, `${address}/people?/seat`, seat)).status).toBe(200);
  }
  const scan = 'data:image/png;base64,iVBORw0KGgo=';
  const paper = new URLSearchParams({ name: '密签字人', signedOn: today, scan });
  expect((await post(DIRECTOR, `${address}/approval`, paper)).status).toBe(303);
  expect((await post(DIRECTOR, `${address}?/draw`, new URLSearchParams())).status).toBe(200);
  return address;
}

it('nobody off the list learns of a prepared drill by any page, and the database only holds its slots', async () => {
  const first = await walk();
  const without = await walk();
  const unstable = differing(without, first);
  const rowsWithout = rows();
  const address = await prepareDrill();
  const rowsWith = rows();
  const during = await walk();

  const page = await fetch(server.url + address, { headers: { cookie: cookies.get(DIRECTOR)! } });
  const shown = await page.text();
  for (const secret of SECRETS.slice(0, 5)) expect(shown).toContain(secret);

  // What is different each time anyway cannot tell; it must stay little, or the walk would see nothing.
  expect(unstable.length).toBeLessThan(ADDRESSES.length * STRANGERS.length * 0.03);
  expect(differing(during, without).filter((name) => !unstable.includes(name))).toEqual([]);
  const id = address.split('/').at(-1)!;
  for (const [name, { raw }] of during)
    for (const secret of [...SECRETS, id]) expect(raw.includes(secret), `${secret} in ${name}`).toBe(false);

  // Sessions and jobs live by the clock; nothing else was touched but the slots.
  const changed = Object.keys(rowsWith).filter(
    (table) => rowsWith[table]!.join('\n') !== rowsWithout[table]!.join('\n'),
  );
  expect(changed.filter((table) => !['session', 'job', 'sealed_slot'].includes(table))).toEqual([]);
  const all = Object.values(rowsWith).flat().join('\n');
  for (const secret of [...SECRETS, id]) expect(all.includes(secret), secret).toBe(false);
  for (const who of STRANGERS.filter((name) => name !== '')) {
    const opened = await fetch(server.url + address, {
      headers: { cookie: cookies.get(who)!, accept: 'text/html' },
    });
    expect(opened.status).toBe(404);
  }
}, 300_000);

function differing(some: Answers, others: Answers): string[] {
  return [...some].filter(([name, { text }]) => others.get(name)?.text !== text).map(([name]) => name);
}
