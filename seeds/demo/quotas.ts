import { and, asc, eq, like } from 'drizzle-orm';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { addDays, daysBetween, instantOn, weekdayOf, type Day } from '#lib/kernel/day.ts';
import { setDrillUnits } from '#lib/drills/quotas/drill-units.server.ts';
import type { PaperInput, PlannedInput } from '#lib/drills/quotas/forms.ts';
import { halfYearOf, reportableHalfYears } from '#lib/drills/quotas/half-year.ts';
import { attachReportScan, checkHalfYear, submitHalfYear } from '#lib/drills/quotas/half-year-reports.server.ts';
import { attachPaperScan, decidePaperDrill, enterPaperDrill } from '#lib/drills/quotas/paper-drills.server.ts';
import { adoptDrillRules } from '#lib/drills/quotas/rules.server.ts';
import { planUnitDrill } from '#lib/drills/quotas/year-plans.server.ts';
import { actorByLoginName } from '#lib/people/accounts.server.ts';
import { read, write } from '#lib/server/db/open.ts';
import { drill } from '#lib/server/db/schema/drills.ts';
import { account, accountGrant, division } from '#lib/server/db/schema/people.ts';
import { newId } from '#lib/server/id.ts';
import { storeBytes } from '#lib/server/storage.ts';
import { typeset } from '#lib/server/typeset/typeset.ts';
import { chanceFrom, type Chance } from './random.ts';
import { beginningOf } from './year.ts';

type County = {
  id: string;
  path: string;
  bureau: string;
  /** The account of the section that enters what townships send on paper. */
  clerk: string;
  documents: Readonly<Record<string, string>>;
  /** How likely a township has held what it owes. */
  diligence: number;
  hazard: { tabletop: string; fullScale: string };
};

const COUNTIES: readonly County[] = [
  {
    ...{ id: '411426', path: '/41/4114/411426/', bureau: 'xiayi', clerk: 'xiayi-yuan', diligence: 0.62 },
    documents: { 'lushi-drills-2022': '夏应急〔YEAR〕6号（演示）', 'village-drills': '夏应急〔YEAR〕7号（演示）' },
    hazard: { tabletop: '防汛防台风', fullScale: '内涝群众转移' },
  },
  {
    ...{ id: '411224', path: '/41/4112/411224/', bureau: 'lushi', clerk: 'lushi-yuan', diligence: 0.78 },
    documents: { 'lushi-drills-2022': '卢应急〔YEAR〕4号（演示）' },
    hazard: { tabletop: '山洪地质灾害', fullScale: '森林火灾扑救与群众转移' },
  },
];

/** Stands for a scan; says that it is a demo. */
const SCAN = `#set page(paper: "a4", margin: 25mm)
#set text(font: "Noto Sans SC", size: 14pt, lang: "zh")
#align(center)[#text(20pt, weight: "bold")[#sys.inputs.kind（演示件）]]
#sys.inputs.title

本件代替签字盖章原件的扫描件，仅用于演示。`;

type Stage = { county: County; bureau: Actor; clerk: Actor; from: Day; today: Day; chance: Chance };
type Town = { id: string; name: string; path: string };

/**
 * The year's plans and the drills held on paper of two counties: some townships have done theirs, some have
 * not, a few wait for the second person. An enterprise has reported its half-year and was checked.
 */
export async function playQuotas(today: Day): Promise<void> {
  for (const county of COUNTIES) {
    const from = beginningOf(today);
    const bureau = await actorByLoginName(SYSTEM, county.bureau);
    const clerk = await clerkOf(county, instantOn(from, '08:30'));
    const stage = { county, bureau, clerk, from, today, chance: chanceFrom(`drills ${county.id}`) };
    await adoptRules(stage);
    for (const town of await townsOf(county)) await playTown(stage, town);
    await playCounty(stage);
  }
  await stateUnits(today);
  await playEnterprise(today);
}

/** The announced drills of 夏邑 are those of 会亭镇, on the 沱河. */
async function stateUnits(today: Day): Promise<void> {
  const director = await actorByLoginName(SYSTEM, 'director');
  const drills = await read((db) =>
    db.select({ id: drill.id }).from(drill).where(and(like(drill.path, '/41/4114/411426/%'), eq(drill.notice, 'full'))),
  );
  for (const { id } of drills)
    await setDrillUnits(director, id, ['411426101'], instantOn(addDays(today, -1), '15:00'));
}

async function adoptRules({ county, bureau, from }: Stage): Promise<void> {
  const year = from.slice(0, 4);
  for (const [packId, document] of Object.entries(county.documents)) {
    const documentNumber = document.replace('YEAR', year);
    const counts: Record<string, number> = packId === 'village-drills' ? { 'village-drills/yearly': 1 } : {};
    const act = { packId, divisionId: county.id, documentNumber, fromOn: `${year}-01-01`, counts };
    await adoptDrillRules(bureau, act, instantOn(from, '16:00'));
  }
}

/** Nobody logs in as a clerk of the demo: the account has no password. */
async function clerkOf({ id: divisionId, path, clerk }: County, now: Date): Promise<Actor> {
  const id = newId();
  await write(`account:${id}`, async (tx) => {
    const fresh = { personId: null, passwordHash: null, mustChangePassword: false, disabledAt: null, createdAt: now };
    await tx.insert(account).values({ ...fresh, id, loginName: clerk, name: '预案演练股' });
    const grant = { id: newId(), accountId: id, role: 'bureau', divisionId, path, organizationId: null };
    await tx.insert(accountGrant).values(grant);
  });
  return await actorByLoginName(SYSTEM, clerk);
}

async function townsOf({ path }: County): Promise<Town[]> {
  return await read((db) =>
    db
      .select({ id: division.id, name: division.name, path: division.path })
      .from(division)
      .where(and(like(division.path, `${path}%`), eq(division.level, 'township')))
      .orderBy(asc(division.path)),
  );
}

/** A working day at a share of the story so far, never today. */
function dayAt({ from, today }: Pick<Stage, 'from' | 'today'>, share: number): Day {
  const last = Math.max(0, daysBetween(from, today) - 4);
  let day = addDays(from, Math.floor(last * share));
  while (weekdayOf(day) > 5) day = addDays(day, 1);
  return day < today ? day : addDays(today, -1);
}

type Sketch = Pick<PaperInput, 'title' | 'form' | 'content' | 'planKind' | 'plan' | 'people'> & {
  unitId: string;
  place: string;
  units?: string[];
};

async function playTown(stage: Stage, town: Town): Promise<void> {
  const { county, chance } = stage;
  const plan = `${town.name}${county.hazard.tabletop}应急预案`;
  const table = { unitId: town.id, title: `${town.name}${county.hazard.tabletop}桌面推演`, place: '镇政府会议室' };
  for (const share of [0.3, 0.62])
    if (chance.happens(county.diligence))
      await hold(stage, share + chance.next() * 0.2, {
        ...{ ...table, form: 'tabletop', content: 'single', planKind: 'township', plan },
        people: 18 + chance.below(16),
      });
  if (chance.happens(county.diligence - 0.1))
    await hold(stage, 0.4 + chance.next() * 0.3, {
      ...{ unitId: town.id, title: `${town.name}${county.hazard.fullScale}综合演练`, place: `${town.name}文化广场` },
      ...{ form: 'full_scale', content: 'comprehensive', planKind: 'township', plan, people: 60 + chance.below(80) },
    });
  if (county.id === '411426' && chance.happens(0.7)) await holdInVillages(stage, town);
  await planYear(stage, town, plan);
}

/** Villages leave their houses together once a year; the township registers it for those that took part. */
async function holdInVillages(stage: Stage, town: Town): Promise<void> {
  const { chance } = stage;
  const villages = await read((db) =>
    db.select({ id: division.id }).from(division).where(eq(division.parentId, town.id)).orderBy(asc(division.path)),
  );
  const [first, ...others] = villages.slice(0, Math.ceil(villages.length * (0.4 + chance.next() * 0.6)));
  if (!first) return;
  await hold(stage, 0.35 + chance.next() * 0.2, {
    ...{ unitId: first.id, title: `${town.name}各村防汛避险转移演练`, place: '各村避险安置点' },
    ...{ form: 'full_scale', content: 'single', planKind: 'village', plan: '村“多案合一”应急手册' },
    ...{ people: 40 * villages.length, units: others.map(({ id }) => id) },
  });
}

/** Of the drills of the last weeks some still wait for the second person. */
async function hold(stage: Stage, share: number, sketch: Sketch): Promise<void> {
  const { bureau, clerk, chance, county } = stage;
  const heldOn = dayAt(stage, share);
  const now = instantOn(addDays(heldOn, 1), '09:20');
  const { units = [], ...facts } = sketch;
  const id = await enterPaperDrill(clerk, { ...facts, heldOn, note: '', units }, now);
  await scan(clerk, { id, path: county.path, title: sketch.title }, now);
  if (share > 0.72 && chance.happens(0.5)) return;
  await decidePaperDrill(bureau, id, { verdict: 'confirmed', reason: '' }, new Date(now.getTime() + 5_400_000));
}

async function scan(actor: Actor, drill: { id: string; path: string; title: string }, now: Date): Promise<void> {
  const kinds = { sheet: '演练签到表', report: '演练总结评估报告' } as const;
  for (const what of ['sheet', 'report'] as const) {
    const pdf = await typeset(SCAN, { title: drill.title, kind: kinds[what] });
    const about = { about: `paper-drill:${drill.id}`, path: drill.path, byAccount: actor.accountId!, now };
    const stored = await storeBytes(pdf, { ...about, name: `${drill.title}${kinds[what]}.pdf` });
    await attachPaperScan(actor, drill.id, { what, uploadId: stored.id }, now);
  }
}

async function planYear({ bureau, chance, from, today, county }: Stage, town: Town, plan: string): Promise<void> {
  const year = Number(today.slice(0, 4));
  const line = { year, planKind: 'township', plan } as const;
  const months: PlannedInput[] = [
    { ...line, month: 4 + chance.below(2), form: 'tabletop', content: 'single' },
    { ...line, month: 6 + chance.below(2), form: 'full_scale', content: 'comprehensive' },
    { ...line, month: 9 + chance.below(4), form: 'tabletop', content: 'single' },
  ];
  if (!chance.happens(county.diligence + 0.15)) return;
  for (const month of months) await planUnitDrill(bureau, town.id, month, instantOn(from, '17:00'));
}

/** The county's own joint exercise, which counts for two townships too. */
async function playCounty(stage: Stage): Promise<void> {
  const { county } = stage;
  const towns = await townsOf(county);
  await hold(stage, 0.55, {
    ...{ unitId: county.id, title: `${county.hazard.fullScale}县乡联合演练`, place: '县应急指挥中心' },
    ...{ form: 'full_scale', content: 'comprehensive', planKind: 'special', people: 260 },
    ...{ plan: `县${county.hazard.tabletop}应急预案`, units: towns.slice(1, 3).map(({ id }) => id) },
  });
}

/** The works of 夏邑 report the half-year before this one, are checked, and have one drill waiting. */
async function playEnterprise(today: Day): Promise<void> {
  const manager = await actorByLoginName(SYSTEM, 'enterprise');
  const bureau = await actorByLoginName(SYSTEM, 'xiayi');
  const organizationId = manager.grants.find(({ role }) => role === 'enterprise_manager')?.organizationId;
  if (!organizationId) throw new Error('demo: the enterprise manager manages nothing');
  const path = '/41/4114/411426/';
  const [, last] = reportableHalfYears(today);
  const now = instantOn(addDays(today, -1), '10:00');
  const input = { ...(last ?? halfYearOf(today)), organizationId, drills: 2, people: 74 };
  const summary = '灭火疏散演练1场、机械伤害现场处置演练1场。发现二车间集合点标识不清，已重新设置。';
  const id = await submitHalfYear(manager, { ...input, summary }, now);
  const pdf = await typeset(SCAN, { title: '豫东示范机械有限公司', kind: '半年演练报告' });
  const about = { about: `half-year-report:${id}`, path, byAccount: manager.accountId!, now };
  await attachReportScan(manager, id, (await storeBytes(pdf, { ...about, name: '半年演练报告.pdf' })).id, now);
  const check = { result: 'in_order', note: '现场核对签到表和照片，与报告一致。', checkedOn: addDays(today, -1) } as const;
  await checkHalfYear(bureau, id, check, new Date(now.getTime() + 18_000_000));
  const drill = await enterPaperDrill(
    manager,
    {
      ...{ unitId: organizationId, title: '灭火疏散现场处置演练', heldOn: addDays(today, -5), place: '厂区' },
      ...{ form: 'full_scale', content: 'single', planKind: 'site', plan: '火灾现场处置方案', people: 46 },
      ...{ note: '三分钟内全部到达集合点。', units: [] },
    },
    now,
  );
  await scan(manager, { id: drill, path, title: '灭火疏散现场处置演练' }, now);
}
