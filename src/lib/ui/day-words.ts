import { addDays, dayText, daysBetween, isDay, weekdayOf, type Day } from '#lib/kernel/day.ts';

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];

/** The week of the year as Chinese calendars count it (ISO 8601: weeks begin on Monday, week 1 holds 4 January). */
export function weekOf(day: Day): number {
  const thursday = addDays(day, 4 - weekdayOf(day));
  return Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1;
}

/** 2026年3月5日 星期四 第 10 周; empty for text that is no day. */
export function dayWithWeek(day: string): string {
  if (!isDay(day)) return '';
  return `${dayText(day)} 星期${WEEKDAYS[weekdayOf(day) - 1]} 第 ${weekOf(day)} 周`;
}

/** 2026年上半年, 2026年下半年. */
export function halfYearText(day: Day): string {
  return `${day.slice(0, 4)}年${Number(day.slice(5, 7)) <= 6 ? '上' : '下'}半年`;
}
