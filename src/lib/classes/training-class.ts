import { addDays, daysBetween, instantOn, weekdayOf, type Day } from '#lib/kernel/day.ts';

export type Half = 'am' | 'pm';
export const HALVES: readonly Half[] = ['am', 'pm'];

/** A class lasts at most this long: a longer span is a typing error. */
export const CLASS_DAYS_MAX = 60;

/** When a half-day is held and may be signed, as wall-clock times. */
export type HalfTimes = { startsAt: string; endsAt: string };
export const HALF_TIMES: Record<Half, HalfTimes> = {
  am: { startsAt: '08:30', endsAt: '12:00' },
  pm: { startsAt: '14:30', endsAt: '17:30' },
};
const SIGN_BEFORE_MS = 40 * 60_000;
const SIGN_AFTER_MS = 60 * 60_000;

export type SessionTimes = { startsAt: Date; endsAt: Date; signFrom: Date; signUntil: Date };

/** Instants of a half-day: signing from 40 minutes before it starts until an hour into it. */
export function sessionTimes(heldOn: Day, times: HalfTimes): SessionTimes {
  const startsAt = instantOn(heldOn, times.startsAt);
  return {
    startsAt,
    endsAt: instantOn(heldOn, times.endsAt),
    signFrom: new Date(startsAt.getTime() - SIGN_BEFORE_MS),
    signUntil: new Date(startsAt.getTime() + SIGN_AFTER_MS),
  };
}

/** All half-days of a span, Saturdays and Sundays left out when `workdays` says so. */
export function halvesBetween(from: Day, to: Day, workdays: boolean): { heldOn: Day; half: Half }[] {
  const count = Math.min(CLASS_DAYS_MAX, daysBetween(from, to) + 1);
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index))
    .filter((day) => !workdays || weekdayOf(day) <= 5)
    .flatMap((heldOn) => HALVES.map((half) => ({ heldOn, half })));
}

export type ClassFault = 'class_days_backwards' | 'class_days_many';

export function classFaults(days: { startsOn: Day; endsOn: Day }): ClassFault[] {
  if (days.endsOn < days.startsOn) return ['class_days_backwards'];
  return daysBetween(days.startsOn, days.endsOn) >= CLASS_DAYS_MAX ? ['class_days_many'] : [];
}

export type SessionFault = 'session_outside_class' | 'session_times_backwards' | 'session_window_backwards';

/** What is wrong with a half-day as somebody entered it. */
export function sessionFaults(
  session: SessionTimes & { heldOn: Day },
  days: { startsOn: Day; endsOn: Day },
): SessionFault[] {
  const faults: SessionFault[] = [];
  if (session.heldOn < days.startsOn || session.heldOn > days.endsOn) faults.push('session_outside_class');
  if (session.endsAt <= session.startsAt) faults.push('session_times_backwards');
  if (session.signUntil <= session.signFrom) faults.push('session_window_backwards');
  return faults;
}

/** Days made of half-days: 3 → 1.5. Both halves of a day make a day. */
export function daysOfHalves(halfDays: number): number {
  return halfDays / 2;
}

/** 应到、实到、请假 and who is still missing; missing is 缺勤 only once signing is over. */
export type Headcount = {
  due: number;
  present: number;
  late: number;
  leave: number;
  missing: number;
  over: boolean;
};

export function headcount(
  enrolled: number,
  states: readonly ('present' | 'late' | 'leave' | 'revoked')[],
  over: boolean,
): Headcount {
  const count = (state: string) => states.filter((each) => each === state).length;
  const present = count('present') + count('late');
  const leave = count('leave');
  return {
    due: enrolled,
    present,
    late: count('late'),
    leave,
    missing: Math.max(0, enrolled - present - leave),
    over,
  };
}
