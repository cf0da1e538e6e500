import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { addDays } from '#lib/kernel/day.ts';
import { read, write } from '#lib/server/db/open.ts';
import { adoption, counter, exemption, person, standing } from '#lib/server/db/schema/index.ts';
import { runDueJobs } from '#lib/server/jobs/jobs.ts';
import {
  addPeople,
  addPerson,
  addVillage,
  addEnterprise,
  adoptQuietly,
  beginPost,
  COUNTY,
  endPosts,
  enterCredit,
  enterCredits,
  idOf,
  issueCertificate,
  merge,
  reverseCredit,
  second,
  addSessions,
  sit,
  TOWN,
  TOWN_2,
  xiayi,
  type Credit,
} from '#tests/worlds/coverage-world.ts';
import { followCredits } from '#lib/courses/ledger.server.ts';
import { adoptPack, withdrawAdoption } from './adoptions.server.ts';
import { askExemption, decideExemption, withdrawExemption } from './exemptions.server.ts';
import { doCoverageJobs, followCoverage } from './followers.server.ts';
import { compareStandings, rebuildStandings } from './rebuild.server.ts';

const NOW = new Date('2026-06-10T02:00:00Z');
const villages: string[] = [];
let enterpriseId = '';
let sessions: string[] = [];

beforeAll(async () => {
  followCredits();
  followCoverage();
  doCoverageJobs();
  for (const [index, town] of [TOWN, TOWN, TOWN_2].entries())
    villages.push(await addVillage(town, `刘庄${index}`, NOW));
  sessions = await addSessions(['2026-03-05', '2026-03-06', '2026-03-09', '2026-03-10'], NOW);
  enterpriseId = await addEnterprise(TOWN_2, '夏邑化工', true, NOW);
});

async function figuresOf(divisionId: string, grouping: string) {
  const [row] = await read((db) => db.select().from(counter).where(eq(counter.divisionId, divisionId)));
  const rows = await read((db) => db.select().from(counter).where(eq(counter.grouping, grouping)));
  const found = rows.find((one) => one.divisionId === divisionId && one.year === 2026);
  const { headcount = 0, covered = 0, ruled = 0, exempt = 0, met = 0 } = found ?? {};
  return row === undefined ? [0, 0, 0, 0, 0] : [headcount, covered, ruled, exempt, met];
}

describe('keepStandings', () => {
  it('counts a person up the tree and follows credit until the requirement is met', async () => {
    await adoptQuietly('lushi-2022', COUNTY, NOW);
    const before = await figuresOf('411426', 'cadre');
    const id = await addPerson('王建国', [{ category: 'village_station_head', path: villages[0]! }], NOW);
    expect(await figuresOf(idOf(villages[0]!), 'cadre')).toEqual([1, 0, 1, 0, 0]);
    expect(await figuresOf('41', 'category:village_station_head')).toEqual([1, 0, 1, 0, 0]);
    for (let half = 0; half < 7; half += 1) await enterCredit(id, { kind: 'attendance', halfDays: 1 }, NOW);
    expect(await figuresOf(idOf(villages[0]!), 'cadre')).toEqual([1, 1, 1, 0, 0]);
    await enterCredit(id, { kind: 'lesson', creditHundredths: 400 }, NOW);
    expect(await figuresOf(idOf(villages[0]!), 'cadre')).toEqual([1, 1, 1, 0, 1]);
    const after = await figuresOf('411426', 'cadre');
    expect(after.map((figure, index) => figure - before[index]!)).toEqual([1, 1, 1, 0, 1]);
  });

  it('counts somebody with two posts once, compliant only when both rules are met', async () => {
    const twice = [
      { category: 'township_emergency', path: TOWN_2 },
      { category: 'village_station_head', path: villages[2]! },
    ];
    const id = await addPerson('李明', twice, NOW);
    expect(await figuresOf('411426102', 'cadre')).toEqual([1, 0, 1, 0, 0]);
    await enterCredit(id, { kind: 'attendance', halfDays: 8 }, NOW);
    expect(await figuresOf(idOf(villages[2]!), 'cadre')).toEqual([1, 1, 1, 0, 1]);
    expect(await figuresOf('411426102', 'cadre')).toEqual([1, 1, 1, 0, 0]);
    expect(await figuresOf('411426102', 'own:cadre')).toEqual([1, 1, 1, 0, 0]);
    await enterCredit(id, { kind: 'elsewhere', halfDays: 2 }, NOW);
    expect(await figuresOf('411426102', 'cadre')).toEqual([1, 1, 1, 0, 1]);
  });

  it('counts a disaster informant in coverage only', async () => {
    const place = await addVillage(TOWN, '信息村', NOW);
    const id = await addPerson('赵信', [{ category: 'disaster_informant_a', path: place }], NOW);
    expect(await figuresOf(idOf(place), 'cadre')).toEqual([1, 0, 0, 0, 0]);
    await issueCertificate(id, '2026-05-01', NOW);
    expect(await figuresOf(idOf(place), 'cadre')).toEqual([1, 1, 0, 0, 0]);
  });

  it('applies the enterprise rule by the risk of the industry, without an adoption of the county', async () => {
    const staff = [{ category: 'special_operator', path: TOWN_2, organizationId: enterpriseId }];
    const id = await addPerson('孙焊', staff, NOW);
    const [row] = await read((db) => db.select().from(standing).where(eq(standing.personId, id)));
    expect(row).toMatchObject({
      ruleId: 'enterprise-3/ENT-07',
      required: 2000,
      roster: 'enterprise',
      done: 0,
    });
    await enterCredit(id, { kind: 'attendance', halfDays: 5 }, NOW);
    const [later] = await read((db) => db.select().from(standing).where(eq(standing.personId, id)));
    expect(later).toMatchObject({ done: 2000, met: true });
  });

  it('takes a person who left out of the figures and keeps the credit', async () => {
    const place = await addVillage(TOWN, '离任村', NOW);
    const id = await addPerson('周离', [{ category: 'village_station_head', path: place }], NOW);
    await enterCredit(id, { kind: 'attendance', halfDays: 8 }, NOW);
    await endPosts(id, NOW);
    expect(await figuresOf(idOf(place), 'cadre')).toEqual([0, 0, 0, 0, 0]);
    await beginPost(id, { category: 'village_station_head', path: place }, NOW);
    expect(await figuresOf(idOf(place), 'cadre')).toEqual([1, 1, 1, 0, 1]);
  });

  it('counts two records of one person as one after they are merged, whichever gets the credit', async () => {
    const place = await addVillage(TOWN, '合并村', NOW);
    const posts = [{ category: 'village_station_head', path: place }];
    const [a, b] = await addPeople(
      [
        { name: '吴一', posts },
        { name: '吴一', posts },
      ],
      NOW,
    );
    await enterCredit(a!, { kind: 'attendance', halfDays: 4 }, NOW);
    expect(await figuresOf(idOf(place), 'cadre')).toEqual([2, 1, 2, 0, 0]);
    await merge(a!, b!, NOW);
    expect(await figuresOf(idOf(place), 'cadre')).toEqual([1, 1, 1, 0, 0]);
    await Promise.all([
      enterCredit(a!, { kind: 'attendance', halfDays: 2 }, NOW),
      enterCredit(b!, { kind: 'attendance', halfDays: 2 }, NOW),
    ]);
    expect(await figuresOf(idOf(place), 'cadre')).toEqual([1, 1, 1, 0, 1]);
  });

  it('counts a half-day that two records held once after they are merged, in earlier years too', async () => {
    const place = await addVillage(TOWN, '重计村', NOW);
    const posts = [{ category: 'village_station_head', path: place, heldFrom: '2025-01-01' }];
    const [a, b] = await addPeople(
      [
        { name: '郝二', posts },
        { name: '郝二', posts },
      ],
      NOW,
    );
    // Eight half-days meet the rule: five here and five there do, when two of them are the same.
    for (const session of sessions.slice(0, 5)) await sit(a!, session, true, NOW);
    for (const session of sessions.slice(3)) await sit(b!, session, true, NOW);
    await enterCredit(a!, { kind: 'attendance', halfDays: 1, heldOn: '2025-05-05' }, NOW);
    await rebuildStandings(SYSTEM, NOW, 2025);
    await merge(a!, b!, NOW);
    expect(await figuresOf(idOf(place), 'cadre')).toEqual([1, 1, 1, 0, 1]);
    const kept = await read((db) => db.select().from(standing).where(eq(standing.personId, b!)));
    expect(kept.find((row) => row.year === 2026)).toMatchObject({ done: 400, met: true });
    await sit(b!, sessions[7]!, false, NOW);
    expect(await figuresOf(idOf(place), 'cadre')).toEqual([1, 1, 1, 0, 0]);
    await sit(a!, sessions[7]!, true, NOW);
    expect(await figuresOf(idOf(place), 'cadre')).toEqual([1, 1, 1, 0, 1]);
    for (const year of [2025, 2026]) expect(await compareStandings(SYSTEM, NOW, year)).toEqual([]);
  });

  it('recomputes a county after a pack was adopted, and again after it was withdrawn', async () => {
    const id = await addPerson('郑县', [{ category: 'county_emergency', path: '/41/4114/411421/' }], NOW);
    const minquan = {
      ...xiayi,
      grants: [{ role: 'bureau' as const, path: '/41/4114/411421/', organizationId: null }],
    };
    const { adoptionId } = await adoptPack(
      minquan,
      'lushi-2022',
      '411421',
      '民应急〔2026〕3号',
      '2026-03-01',
      NOW,
    );
    await runDueJobs(NOW);
    const rulesOf = async () =>
      (await read((db) => db.select().from(standing).where(eq(standing.personId, id)))).map(
        (row) => row.ruleId,
      );
    expect(await rulesOf()).toEqual(['lushi-2022/CAD-01']);
    await withdrawAdoption(minquan, adoptionId, '2026-06-30', '本县另行制定', NOW);
    await runDueJobs(NOW);
    expect(await rulesOf()).toEqual(['']);
  });

  it('finds and mends figures that were tampered with', async () => {
    await write('counter', (tx) => tx.update(counter).set({ met: 99 }).where(eq(counter.divisionId, '4114')));
    const found = await compareStandings(SYSTEM, NOW, 2026);
    expect(new Set(found.map((one) => one.kind))).toEqual(new Set(['counter']));
    await rebuildStandings(SYSTEM, NOW, 2026);
    expect(await compareStandings(SYSTEM, NOW, 2026)).toEqual([]);
  });
});

type Act =
  | { act: 'import'; count: number; place: number; category: number }
  | { act: 'credit'; who: number; kind: Credit['kind']; amount: number }
  | { act: 'class'; halfDays: number }
  | { act: 'sit'; who: number; session: number; present: boolean }
  | { act: 'reverse'; which: number }
  | { act: 'transfer'; who: number; place: number; category: number }
  | { act: 'leave'; who: number }
  | { act: 'merge'; from: number; into: number }
  | { act: 'certificate'; who: number }
  | { act: 'exempt'; who: number; withdraw: boolean }
  | { act: 'adopt'; place: number }
  | { act: 'withdraw'; which: number };

const nat = fc.nat({ max: 40 });
const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    act: fc.constant('import' as const),
    count: fc.integer({ min: 1, max: 4 }),
    place: nat,
    category: nat,
  }),
  fc.record({
    act: fc.constant('credit' as const),
    who: nat,
    kind: fc.constantFrom('attendance', 'lesson', 'elsewhere', 'adjustment'),
    amount: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({ act: fc.constant('class' as const), halfDays: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    act: fc.constant('sit' as const),
    who: nat,
    session: fc.nat(3),
    present: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.boolean()),
  }),
  fc.record({ act: fc.constant('reverse' as const), which: nat }),
  fc.record({ act: fc.constant('transfer' as const), who: nat, place: nat, category: nat }),
  fc.record({ act: fc.constant('leave' as const), who: nat }),
  fc.record({ act: fc.constant('merge' as const), from: nat, into: nat }),
  fc.record({ act: fc.constant('certificate' as const), who: nat }),
  fc.record({ act: fc.constant('exempt' as const), who: nat, withdraw: fc.boolean() }),
  fc.record({ act: fc.constant('adopt' as const), place: nat }),
  fc.record({ act: fc.constant('withdraw' as const), which: nat }),
);

const CATEGORIES = [
  'county_emergency',
  'township_emergency',
  'village_station_head',
  'disaster_informant_b',
  'special_operator',
];
type World = {
  people: string[];
  entries: { personId: string; line: Credit; id: string }[];
  adoptions: string[];
  day: number;
};

async function perform(world: World, act: Act): Promise<void> {
  const places = [COUNTY, TOWN, ...villages];
  const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];
  const held = (place: number, category: number) => {
    const code = at(CATEGORIES, category)!;
    return {
      category: code,
      path: at(places, place)!,
      organizationId: code === 'special_operator' ? enterpriseId : null,
    };
  };
  const who = 'who' in act ? at(world.people, act.who) : undefined;
  if (act.act === 'import')
    world.people.push(
      ...(await addPeople(
        Array.from({ length: act.count }, (_, index) => ({
          name: '某人',
          posts: [held(act.place + index, act.category)],
        })),
        NOW,
      )),
    );
  if (act.act === 'class' && world.people.length > 0)
    await enterCredits(
      world.people.map((personId) => ({ personId, kind: 'attendance', halfDays: act.halfDays })),
      NOW,
    );
  if (act.act === 'credit' && who !== undefined) {
    const online = act.kind === 'lesson' || (act.kind === 'adjustment' && act.amount > 4);
    const line: Credit = online
      ? { kind: act.kind, creditHundredths: act.amount * 150 }
      : { kind: act.kind, halfDays: act.amount };
    world.entries.push({ personId: who, line, id: await enterCredit(who, line, NOW) });
  }
  if (act.act === 'sit' && who !== undefined) await sit(who, sessions[act.session]!, act.present, NOW);
  if (act.act === 'reverse' && world.entries.length > 0) {
    const [entry] = world.entries.splice(act.which % world.entries.length, 1);
    await reverseCredit(entry!.personId, entry!.line, entry!.id, NOW);
  }
  if (act.act === 'transfer' && who !== undefined && (await isAlive(who))) {
    if (act.place % 2 === 0) await endPosts(who, NOW);
    await beginPost(who, held(act.place, act.category), NOW);
  }
  if (act.act === 'leave' && who !== undefined) await endPosts(who, NOW);
  if (act.act === 'merge') {
    const [from, into] = [at(world.people, act.from), at(world.people, act.into)];
    if (from && into && from !== into && (await isAlive(from)) && (await isAlive(into)))
      await merge(from, into, NOW);
  }
  if (act.act === 'certificate' && who !== undefined) await issueCertificate(who, '2026-04-01', NOW);
  if (act.act === 'exempt' && who !== undefined) await exempt(who, act.withdraw);
  if (act.act === 'adopt') await adopt(world, at([COUNTY, '/41/4114/'], act.place)!);
  if (act.act === 'withdraw' && world.adoptions.length > 0) {
    const [id] = world.adoptions.splice(act.which % world.adoptions.length, 1);
    await withdrawAdoption(CITY, id!, dayIn(world), '另行制定办法', NOW);
    await runDueJobs(NOW);
  }
}

const dayIn = (world: World) => addDays('2026-02-01', world.day);

const CITY = { ...xiayi, grants: [{ role: 'bureau' as const, path: '/41/4114/', organizationId: null }] };

async function isAlive(id: string): Promise<boolean> {
  const [row] = await read((db) => db.select().from(person).where(eq(person.id, id)));
  return row?.mergedInto === null;
}

async function exempt(personId: string, withdraw: boolean): Promise<void> {
  const rows = await read((db) => db.select().from(standing).where(eq(standing.personId, personId)));
  const known = await read((db) => db.select().from(exemption).where(eq(exemption.personId, personId)));
  const soft = rows.find(
    (row) =>
      row.ruleId.startsWith('lushi') &&
      !known.some((one) => one.ruleId === row.ruleId && one.state !== 'withdrawn'),
  );
  if (!soft || !(await isAlive(personId))) return;
  const { exemptionId } = await askExemption(
    CITY,
    { personId, ruleId: soft.ruleId, reason: '产假半年' },
    NOW,
  );
  await decideExemption(second, exemptionId, { approve: true, reason: '' }, NOW);
  if (withdraw) await withdrawExemption(second, exemptionId, '提前返岗了', NOW);
}

async function adopt(world: World, path: string): Promise<void> {
  world.day += 1;
  const day = dayIn(world);
  const known = await read((db) => db.select().from(adoption).where(eq(adoption.packId, 'lushi-2022')));
  if (known.some((row) => path.startsWith(row.path) && (row.untilOn === null || row.untilOn >= day))) return;
  const { adoptionId } = await adoptPack(CITY, 'lushi-2022', idOf(path), '应急〔2026〕9号', day, NOW);
  world.adoptions.push(adoptionId);
  await runDueJobs(NOW);
}

describe('what is kept', () => {
  it('equals what is rebuilt, after any sequence of imports, transfers, merges, credit and rules', async () => {
    const rows = await read((db) => db.select().from(adoption).where(eq(adoption.path, COUNTY)));
    const world: World = { people: [], entries: [], adoptions: rows.map((row) => row.id), day: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { minLength: 4, maxLength: 14 }), async (sequence) => {
        for (const act of sequence) await perform(world, act);
        expect(await compareStandings(SYSTEM, NOW, 2026)).toEqual([]);
      }),
      { numRuns: 15, endOnFailure: true },
    );
    expect(world.people.length).toBeGreaterThan(5);
  });
});
