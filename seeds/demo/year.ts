import { addDays, daysBetween, weekdayOf, type Day } from '#lib/kernel/day.ts';

/** One class of the demo year: whom it is for, how long, when. */
export type PlannedClass = {
  title: string;
  /** Post categories enrolled. */
  categories: string[];
  /** Which townships: every `of`-th beginning at `part`; null: the whole county. */
  batch: { part: number; of: number } | null;
  days: number;
  /** Where in the elapsed year it stands, from 0 to 1. */
  at: number;
  /** How many of those enrolled come, on average. */
  turnout: number;
  exam: boolean;
  /** Whether the invigilators of the county watch its exam. */
  invigilated?: boolean;
};

export const COUNTY_YEAR: PlannedClass[] = [
  { title: '县级应急人员集中轮训（第一期）', categories: ['county_emergency', 'enforcement'], batch: null, days: 5, at: 0.16, turnout: 0.93, exam: false },
  { title: '乡镇应急人员集中轮训（第一批）', categories: ['township_emergency'], batch: { part: 0, of: 2 }, days: 5, at: 0.24, turnout: 0.9, exam: true },
  { title: '村安全劝导站站长集中轮训（第一批）', categories: ['village_station_head'], batch: { part: 0, of: 4 }, days: 4, at: 0.34, turnout: 0.86, exam: true },
  { title: '灾害信息员汛前培训', categories: ['disaster_informant_a', 'disaster_informant_b'], batch: { part: 0, of: 2 }, days: 1, at: 0.42, turnout: 0.8, exam: false },
  { title: '村安全劝导站站长集中轮训（第二批）', categories: ['village_station_head'], batch: { part: 1, of: 4 }, days: 4, at: 0.52, turnout: 0.83, exam: false },
  { title: '乡镇应急人员集中轮训（第二批）', categories: ['township_emergency'], batch: { part: 1, of: 2 }, days: 5, at: 0.62, turnout: 0.88, exam: false },
  { title: '村安全劝导站站长集中轮训（第三批）', categories: ['village_station_head'], batch: { part: 2, of: 4 }, days: 4, at: 0.74, turnout: 0.8, exam: false },
  { title: '县级应急人员集中轮训（第二期）', categories: ['county_emergency', 'enforcement'], batch: null, days: 5, at: 0.86, turnout: 0.9, exam: true, invigilated: true },
];

/** Two counties of another city: less of everything. */
export const SMALL_YEAR: PlannedClass[] = [
  { title: '应急人员集中轮训', categories: ['county_emergency', 'enforcement', 'township_emergency'], batch: null, days: 5, at: 0.3, turnout: 0.85, exam: false },
  { title: '村安全劝导站站长集中轮训', categories: ['village_station_head'], batch: { part: 0, of: 2 }, days: 4, at: 0.6, turnout: 0.8, exam: false },
];

/** Working days of a class that stands at a share of the days from `from` to `today`; all of them past. */
export function workdaysAt(from: Day, today: Day, at: number, count: number): Day[] {
  const elapsed = daysBetween(from, today);
  const days: Day[] = [];
  for (let day = addDays(from, Math.floor(elapsed * at)); days.length < count; day = addDays(day, 1))
    if (weekdayOf(day) <= 5) days.push(day);
  return days;
}

/** A stretch of the demo's story: its classes, spread over the days from `from` to before `until`. */
export type Season = { from: Day; until: Day; classes: PlannedClass[] };

/** Before March a year has too little to show: the story then begins in the January before. */
const isYoung = (today: Day) => today.slice(5) < '03-01';

/** When the demo's story begins: the day its rosters came. */
export function beginningOf(today: Day): Day {
  return `${Number(today.slice(0, 4)) - (isYoung(today) ? 1 : 0)}-01-08`;
}

/**
 * The year up to today; while it is young the whole year before, and of this one the first class of the
 * plan, if there was time for it.
 */
export function seasonsOf(today: Day, classes: PlannedClass[]): Season[] {
  const from = beginningOf(today);
  if (!isYoung(today)) return [{ from, until: today, classes }];
  const of = (year: string, some: PlannedClass[]) => some.map((plan) => ({ ...plan, title: `${year}年${plan.title}` }));
  const year = today.slice(0, 4);
  const last = { from, until: `${from.slice(0, 4)}-12-25`, classes: of(from.slice(0, 4), classes) };
  const workBegins = `${year}-01-04`;
  if (today <= workBegins) return [last];
  return [last, { from: workBegins, until: today, classes: of(year, classes.slice(0, 1)) }];
}
