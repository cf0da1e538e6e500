import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '#tests/e2e/harness/server.ts';
import { ACCESS } from './access-table.ts';
import { objectsIn, type Objects } from './objects.ts';
import { readTable, WHO } from './read-table.ts';
import { listRoutes } from './routes.ts';
import { everybodyAt, type Ask } from './visitors.ts';

const LINES = readTable(ACCESS);
const ROUTES = listRoutes();

describe('the access table', () => {
  it('has a line for every page and endpoint', () => {
    const known = new Set(LINES.map(({ route }) => routeOf(route)));
    expect(ROUTES.filter((route) => !known.has(route))).toEqual([]);
  });

  it('has no line for what is gone', () => {
    expect(LINES.map(({ route }) => routeOf(route)).filter((route) => !ROUTES.includes(route))).toEqual([]);
  });
});

/**
 * The route a line is about: without its query, `[person=trainee]` as `[person]`; a form belongs to its
 * page (`POST /a?/close` to `GET /a`).
 */
function routeOf(line: string): string {
  const route = line.replace(/\?.*$/, '').replace(/\[(\w+)=\w+\]/g, '[$1]');
  const page = route.replace(/^POST /, 'GET ');
  return ROUTES.includes(route) ? route : page;
}

describe('everybody gets what the table says', () => {
  let server: RunningServer;
  let ask: Ask;
  let objects: Objects;

  beforeAll(async () => {
    server = await startServer('access');
    objects = objectsIn(server.dataDir);
    ask = await everybodyAt(server.url);
  });
  afterAll(() => server?.stop());

  it.each(LINES)('$route', async ({ route, form, expected }) => {
    const [method, address] = route.split(' ') as [string, string];
    const answers: string[] = [];
    for (const who of WHO) answers.push(await ask(who, method, objects.fill(address), objects.fill(form)));
    expect(named(answers)).toEqual(named(expected.split(' ')));
  });
});

/** Status by person: a difference shows who got what. */
function named(answers: readonly string[]): Record<string, string> {
  return Object.fromEntries(WHO.map((who, index) => [who, answers[index]!]));
}
