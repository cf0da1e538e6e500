import { and, eq } from 'drizzle-orm';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { dayOf, yearOf } from '#lib/kernel/day.ts';
import { rebuildStandings } from '#lib/coverage/rebuild.server.ts';
import { read, write } from '#lib/server/db/open.ts';
import { creditEntry, division, person, post } from '#lib/server/db/schema/index.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { newId } from '#lib/server/id.ts';
import { pinyinKey } from '#lib/server/pinyin.ts';
import { adoptQuietly } from '#tests/worlds/coverage-world.ts';
import { say } from '../harness/figure.ts';
import { chanceOf, personName, villageName } from './names.ts';
import { COUNTY_ID, COUNTY_PATH, SIZE, TOWNSHIP_ID } from './plan.ts';

type Place = { id: string; path: string; name: string };
type Village = Place & { township: string };
type Credit = typeof creditEntry.$inferInsert;

/** Villages, people, posts and a year's credit of one large county; answers a village of 会亭镇. */
export async function fillCounty(now: Date): Promise<string> {
  await adoptQuietly('lushi-2022', COUNTY_PATH, now);
  const townships = await read((db) =>
    db
      .select({ id: division.id, path: division.path, name: division.name })
      .from(division)
      .where(and(eq(division.parentId, COUNTY_ID), eq(division.level, 'township'))),
  );
  const villages = await addVillages(townships, now);
  await addPeople(townships, villages, now);
  say('  计算达标 / computing the standings');
  await rebuildStandings(SYSTEM, now, yearOf(now));
  return villages.find((village) => village.path.includes(`/${TOWNSHIP_ID}/`))!.id;
}

async function addVillages(townships: Place[], now: Date): Promise<Village[]> {
  const villages = townships.flatMap((township) =>
    Array.from({ length: SIZE.villagesPerTownship }, (_, n) => {
      const id = newId();
      return { id, path: `${township.path}${id}/`, name: villageName(n), township: township.id };
    }),
  );
  const rows = villages.map(({ id, path, name, township }) => ({
    ...{ id, path, name, parentId: township, code: null, level: 'village' as const },
    ...{ pinyin: pinyinKey(name), createdAt: now },
  }));
  await store(rows, (tx, slice) => tx.insert(division).values(slice));
  return villages;
}

/** One county's make-up: a thin head, a few dozen a township, the rest in the villages. */
function placeOfNth(n: number, townships: Place[], villages: Village[]): { place: Place; category: string } {
  const county = { id: COUNTY_ID, path: COUNTY_PATH, name: '' };
  if (n % 100 === 0) return { place: county, category: n % 300 === 0 ? 'enforcement' : 'county_emergency' };
  if (n % 100 < 3) return { place: townships[n % townships.length]!, category: 'township_emergency' };
  const place = villages[n % villages.length]!;
  if (n % 3 === 0) return { place, category: 'village_station_head' };
  return { place, category: n % 3 === 1 ? 'disaster_informant_a' : 'disaster_informant_b' };
}

async function addPeople(townships: Place[], villages: Village[], now: Date): Promise<void> {
  const chance = chanceOf('county');
  const names = Array.from({ length: 3_000 }, () => personName(chance)).map((name) => ({
    name,
    pinyin: pinyinKey(name),
  }));
  const people: (typeof person.$inferInsert)[] = [];
  const posts: (typeof post.$inferInsert)[] = [];
  const credits: Credit[] = [];
  for (let n = 0; n < SIZE.people; n += 1) {
    const { place, category } = placeOfNth(n, townships, villages);
    const id = newId();
    people.push({
      ...{ id, ...names[n % names.length]!, idCipher: null, idHash: null, idMasked: '410000********0045' },
      ...{ sex: '男', birthOn: '1980-01-01', phone: '', path: place.path, mergedInto: null, createdAt: now },
    });
    posts.push({
      ...{
        id: newId(),
        personId: id,
        category,
        divisionId: place.id,
        path: place.path,
        organizationId: null,
      },
      ...{ unit: `${place.name}村委会`, title: '委员', operation: '', heldFrom: `${yearOf(now)}-01-01` },
      ...{ heldUntil: null, sameness: newId(), createdAt: now },
    });
    if (chance.happens(0.85)) credits.push(attendance(id, 1 + chance.below(10), now));
  }
  say(`  ${people.length} 人 / people`);
  await store(people, (tx, slice) => tx.insert(person).values(slice));
  await store(posts, (tx, slice) => tx.insert(post).values(slice));
  await store(credits, (tx, slice) => tx.insert(creditEntry).values(slice));
}

function attendance(personId: string, halfDays: number, now: Date): Credit {
  return {
    ...{ id: newId(), personId, year: yearOf(now), kind: 'attendance', halfDays, creditHundredths: 0 },
    ...{
      heldOn: dayOf(now),
      title: '轮训班',
      evidence: newId(),
      ruleVersion: 'bench',
      reverses: null,
      enteredAt: now,
    },
  };
}

type Tx = Parameters<Parameters<typeof write>[1]>[0];

async function store<Row>(
  rows: readonly Row[],
  insert: (tx: Tx, slice: Row[]) => Promise<unknown>,
): Promise<void> {
  for (const slice of inSlices(rows)) await write('bench', (tx) => insert(tx, slice));
}
