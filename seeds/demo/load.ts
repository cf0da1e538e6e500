import { asc, eq } from 'drizzle-orm';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { addDays, dayOf, instantOn, type Day } from '#lib/kernel/day.ts';
import { turnCalendar } from '#lib/coverage/calendar.server.ts';
import { adoptPack } from '#lib/coverage/adoptions.server.ts';
import { actorByLoginName } from '#lib/people/accounts.server.ts';
import { beginDemo, finishDemo } from '#lib/people/demo.server.ts';
import { commitRosterImport, startRosterImport } from '#lib/people/roster-import.server.ts';
import { read } from '#lib/server/db/open.ts';
import { division } from '#lib/server/db/schema/index.ts';
import { runDueJobs } from '#lib/server/jobs/jobs.ts';
import { loadAccounts } from './accounts.ts';
import { enterpriseWorkbook } from './enterprise.ts';
import { playClass, type Stage } from './classes.ts';
import { loadCourses, type LoadedCourse } from './courses.ts';
import { openCurrent } from './current.ts';
import { playPlans } from './plans.ts';
import { playDrills } from './drills.ts';
import { playQuotas } from './quotas.ts';
import { playIndicators } from './indicators.ts';
import { playExemptions, playLearning, playOutside } from './history.ts';
import { loadQuestions } from './questions.ts';
import { chanceFrom } from './random.ts';
import { countyRoster, rosterWorkbook, type CountySize } from './rosters.ts';
import { beginningOf, COUNTY_YEAR, seasonsOf, SMALL_YEAR, workdaysAt, type PlannedClass } from './year.ts';

type Say = (line: string) => void;

const COUNTIES: { id: string; bureau: string; size: CountySize; classes: PlannedClass[] }[] = [
  {
    id: '411426',
    bureau: 'xiayi',
    classes: COUNTY_YEAR,
    size: { county: 40, enforcement: 24, perTownship: 4, villagesPerTownship: 16, informantA: 0.85, informantB: 0.75 },
  },
  {
    id: '411224',
    bureau: 'lushi',
    classes: COUNTY_YEAR,
    size: { county: 36, enforcement: 18, perTownship: 4, villagesPerTownship: 13, informantA: 0.8, informantB: 0.7 },
  },
  {
    id: '411025',
    bureau: 'xuchang',
    classes: SMALL_YEAR,
    size: { county: 14, enforcement: 8, perTownship: 2, villagesPerTownship: 4, informantA: 0.4, informantB: 0.2 },
  },
  {
    id: '411024',
    bureau: 'xuchang',
    classes: SMALL_YEAR,
    size: { county: 12, enforcement: 8, perTownship: 2, villagesPerTownship: 4, informantA: 0.4, informantB: 0.2 },
  },
];

async function loadCounty(county: (typeof COUNTIES)[number], today: Day, say: Say): Promise<void> {
  const chance = chanceFrom(`people ${county.id}`);
  const { place, townships } = await read(async (db) => {
    const [place] = await db.select().from(division).where(eq(division.id, county.id));
    const below = await db.select().from(division).where(eq(division.parentId, county.id)).orderBy(asc(division.code));
    return { place: place!, townships: below.map((row) => row.name) };
  });
  const day = beginningOf(today);
  const lines = countyRoster(chance, { name: place.name, townships }, county.size, Number(day.slice(0, 4)));
  const bytes = await rosterWorkbook(place.name, day, lines);
  const actor = await actorByLoginName(SYSTEM, county.bureau);
  const now = instantOn(day, '09:10');
  await importRoster(actor, { divisionId: county.id, bytes, fileName: `${place.name}轮训花名册.xlsx` }, now);
  say(`${place.name}：${lines.length} 个岗位`);
}

async function loadEnterprise(today: Day): Promise<void> {
  const day = beginningOf(today);
  const bytes = await enterpriseWorkbook(chanceFrom('enterprise'), '夏邑县', { reportedOn: day, today });
  const actor = await actorByLoginName(SYSTEM, 'xiayi');
  const file = { divisionId: '411426', bytes, fileName: '豫东示范机械有限公司人员台账.xlsx' };
  await importRoster(actor, file, instantOn(day, '10:20'));
}

async function importRoster(actor: Actor, file: Parameters<typeof startRosterImport>[1], now: Date): Promise<void> {
  const id = await startRosterImport(actor, file, now);
  await runDueJobs(now, 1_000_000);
  await commitRosterImport(actor, id, now);
  await runDueJobs(now, 1_000_000);
}

/** The story of one county: it adopts a rule pack, then holds its classes. */
async function yearOfCounty(county: (typeof COUNTIES)[number], today: Day): Promise<Scene[]> {
  const bureau = await actorByLoginName(SYSTEM, county.bureau);
  const [place] = await read((db) => db.select().from(division).where(eq(division.id, county.id)));
  const { id: divisionId, name } = place!;
  const from = beginningOf(today);
  const stage: Stage = { divisionId, name, bureau, from, today, chance: chanceFrom(`year ${divisionId}`) };
  const begun = instantOn(from, '15:00');
  const number = `${name.slice(0, -1)}应急〔${from.slice(0, 4)}〕3号（演示）`;
  await adoptPack(bureau, 'lushi-2022', divisionId, number, `${from.slice(0, 4)}-01-01`, begun);
  await runDueJobs(begun, 1_000_000);
  return seasonsOf(today, county.classes).flatMap((season) =>
    season.classes.map((plan) => ({
      day: workdaysAt(season.from, season.until, plan.at, plan.days).at(-1)!,
      play: () => playClass({ ...stage, from: season.from, today: season.until }, plan),
    })),
  );
}

type Scene = { day: Day; play: () => Promise<void> };

/** Plays the story in the order of its days, and turns the calendar at the end of each month. */
async function playInOrder(scenes: Scene[], today: Day): Promise<void> {
  const ordered = scenes.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  let month = ordered[0]?.day.slice(0, 7) ?? today.slice(0, 7);
  const endMonthsBefore = async (day: Day) => {
    while (month < day.slice(0, 7)) {
      month = addDays(`${month}-28`, 7).slice(0, 7);
      const turns = instantOn(`${month}-01`, '00:10');
      await turnCalendar(SYSTEM, turns);
      await runDueJobs(turns, 1_000_000);
    }
  };
  for (const scene of ordered) {
    await endMonthsBefore(scene.day);
    await scene.play();
  }
  await endMonthsBefore(today);
}

/** 夏邑 besides its classes: courses read, training elsewhere, exemptions, and a class that runs today. */
async function playXiayi(today: Day, courses: LoadedCourse[]): Promise<void> {
  const bureau = await actorByLoginName(SYSTEM, 'xiayi');
  const stage = { divisionId: '411426', name: '夏邑县', bureau, from: beginningOf(today), today };
  const chance = chanceFrom('xiayi besides');
  const path = '/41/4114/411426/';
  await playLearning({ ...stage, chance }, path, courses);
  await playOutside({ ...stage, chance }, path);
  await playExemptions({ ...stage, chance }, path);
  await playIndicators(bureau, 'xiayi-145', today);
  await openCurrent({ ...stage, chance });
}

/**
 * The demo counties: a year of history up to `now` (and the year before, while this one is young), made by
 * the same commands that people use, the same for the same day. Everybody in it is invented.
 */
export async function loadDemo(now: Date, say: Say): Promise<void> {
  const today = dayOf(now);
  await beginDemo(SYSTEM);
  const early = instantOn(beginningOf(today), '08:00');
  await loadAccounts('offices', early);
  for (const county of COUNTIES) await loadCounty(county, today, say);
  await loadEnterprise(today);
  await loadAccounts('people', early);
  const courses = await loadContent(early, say);
  const scenes: Scene[] = [];
  for (const county of COUNTIES) scenes.push(...(await yearOfCounty(county, today)));
  say(`培训班 ${scenes.length} 期：签到、考试、发证`);
  await playInOrder(scenes, today);
  await playXiayi(today, courses);
  await playPlans(today);
  await playDrills(today);
  await playQuotas(today);
  await finishDemo(SYSTEM, today);
}

/** The bank and the courses of the two counties; answers those of 夏邑. */
async function loadContent(now: Date, say: Say): Promise<LoadedCourse[]> {
  let xiayi: LoadedCourse[] = [];
  for (const county of COUNTIES.slice(0, 2)) {
    const bureau = await actorByLoginName(SYSTEM, county.bureau);
    const [place] = await read((db) => db.select().from(division).where(eq(division.id, county.id)));
    const questions = await loadQuestions(bureau, { divisionId: county.id, path: place!.path }, now);
    const slugPrefix = county.bureau === 'xiayi' ? '' : `${county.bureau}-`;
    const courses = await loadCourses({ divisionId: county.id, bureau, slugPrefix, publishedAt: now });
    if (county.bureau === 'xiayi') xiayi = courses;
    say(`${place!.name}：课程 ${courses.length} 门，试题 ${questions} 道`);
  }
  return xiayi;
}
