import type { SealedPlan } from './sealed-view.ts';
import type { Span, Window } from './draw.ts';
import { dayText } from '#lib/kernel/day.ts';

export const WEEKDAY_WORDS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

/** What the fields begin with: working days, daylight, and quiet at noon and night. */
export function usualWindow(
  fromOn: string,
  untilOn: string,
): Pick<SealedPlan, 'window' | 'candidates' | 'nearMinutes'> {
  return {
    window: {
      ...{ fromOn, untilOn, weekdays: [1, 2, 3, 4, 5], exceptOn: [] },
      hours: { from: '08:30', until: '17:30' },
      quiet: [
        { from: '12:00', until: '14:00' },
        { from: '22:00', until: '06:00' },
      ],
    },
    candidates: { units: [], places: [] },
    nearMinutes: 60,
  };
}

export const spanText = ({ from, until }: Span) => `${from}-${until}`;

/** 2026年5月25日至2026年5月29日，周一、周二，08:00-18:00，避开 12:00-14:00 */
export function windowText({ fromOn, untilOn, weekdays, exceptOn, hours, quiet }: Window): string {
  const days = weekdays.length === 7 ? '每天' : weekdays.map((day) => WEEKDAY_WORDS[day - 1]).join('、');
  const parts = [`${dayText(fromOn)}至${dayText(untilOn)}`, days, spanText(hours)];
  if (quiet.length > 0) parts.push(`避开 ${quiet.map(spanText).join('、')}`);
  if (exceptOn.length > 0) parts.push(`除 ${exceptOn.map(dayText).join('、')}`);
  return parts.join('，');
}
