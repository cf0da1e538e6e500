import { read, migrateDatabase, closeDatabase } from '#lib/server/db/open.ts';
import { loadReference } from '#seeds/reference/load.ts';
import { followCoverage } from '#lib/coverage/followers.server.ts';
import { addVillage, addPeople, adoptQuietly, COUNTY, enterCredits, xiayi } from '#tests/worlds/coverage-world.ts';
import { division, person } from '#lib/server/db/schema/index.ts';
import { eq } from 'drizzle-orm';
import { readReport } from '#lib/coverage/reports.server.ts';
import { listMissing } from '#lib/coverage/names.server.ts';
import { compareStandings, rebuildStandings } from '#lib/coverage/rebuild.server.ts';
import { SYSTEM } from '#lib/kernel/actor.ts';
const now = new Date('2026-06-10T02:00:00Z');
followCoverage();
await migrateDatabase(); await loadReference(now);
const N = 100000;
if (await read((db) => db.$count(person)) < N) {
  await adoptQuietly('lushi-2022', COUNTY, now);
  const towns = await read((db) => db.select().from(division).where(eq(division.parentId, '411426')));
  const villages: string[] = [];
  for (const t of towns) for (let i = 0; i < 30; i++) villages.push(await addVillage(t.path, `v${i}`, now));
  for (let i = 0; i < N; i += 500) {
    const ids = await addPeople(Array.from({ length: 500 }, (_, k) => ({ name: `p${i + k}`, posts: [{ category: (k%3===0?'village_station_head':k%3===1?'disaster_informant_a':'village_station_head'), path: villages[(i + k) % villages.length]! }] })), now);
    await enterCredits(ids.filter((_, k) => k % 5 !== 0).map((personId, k) => ({ personId, kind: 'attendance' as const, halfDays: k % 4 === 0 ? 4 : 8 })), now);
  }
}
const village = (await read((db) => db.select().from(division).where(eq(division.parentId, '411426101'))))[0]!;
async function measure(name: string, work: () => Promise<unknown>, n = 30) { const t: number[] = []; for (let i = 0; i < n; i++) { const s = performance.now(); await work(); t.push(performance.now() - s); } t.sort((a, b) => a - b); console.log(name.padEnd(40), 'p50', t[n >> 1]!.toFixed(1), 'p95', t[Math.floor(n * 0.95)]!.toFixed(1)); }
for (const divisionId of ['41', '4114', '411426', '411426101', village.id]) { const a = { ...xiayi, grants: [{ role: 'bureau' as const, path: '/41/', organizationId: null }] };
  await measure(`report ${divisionId.slice(0, 9)}`, () => readReport(a, { divisionId, year: 2026, grouping: 'cadre' }, now)); }
const all = { divisionId: '411426', organizationId: null, own: false, year: 2026, grouping: 'cadre' as const, category: null, kind: 'all' as const, q: '' };
for (const kind of ['missing', 'uncovered', 'met', 'exempt', 'all'] as const) for (const page of [1, 100]) await measure(`names ${kind} ${page}`, () => listMissing(xiayi, { ...all, kind }, page), 5);
await measure('names category missing', () => listMissing(xiayi, { ...all, kind: 'missing', category: 'county_emergency' }, 1), 5);
await measure('names q', () => listMissing(xiayi, { ...all, kind: 'missing', q: 'p777' }, 1), 3);
await measure('town missing', () => listMissing(xiayi, { ...all, kind: 'missing', divisionId: '411426101' }, 1), 10);
let s = performance.now(); console.log('diff', (await compareStandings(SYSTEM, now, 2026)).length, performance.now() - s);
s = performance.now(); await rebuildStandings(SYSTEM, now, 2026); console.log('rebuild', performance.now() - s);
await closeDatabase();
