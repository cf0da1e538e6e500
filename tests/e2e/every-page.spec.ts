import { DESKTOP, expect, login, test } from './harness/test.ts';
import { visitAll } from './story/crawl.ts';

/** Who comes by, where they begin, and at least how many different pages they must find from there. */
const VISITORS: [loginName: string | null, home: string, least: number][] = [
  [null, '/', 5],
  ['xiayi', '/office', 40],
  ['xuchang', '/office', 25],
  ['huiting', '/office', 15],
  ['enterprise', '/office', 6],
  ['instructor', '/office', 8],
  ['officer', '/office', 8],
  ['invigilator', '/office', 3],
  ['admin', '/admin/accounts', 4],
  ['trainee', '/learn', 12],
  ['village', '/learn', 10],
  ['worker', '/learn', 6],
];
const checked = new Set<string>();

// What is wrong is said by address; a trace of some three hundred pages costs more than the visits.
test.use({ trace: 'off' });

for (const [loginName, home, least] of VISITORS)
  test(`every page that ${loginName ?? 'a visitor'} can reach holds together`, async ({ open }) => {
    test.setTimeout(300_000);
    const page = await open(DESKTOP);
    if (loginName) await login(page, loginName);
    const { routes, faults } = await visitAll(page, home, checked);
    expect(faults).toEqual([]);
    expect(routes.length, routes.join(' ')).toBeGreaterThanOrEqual(least);
  });
