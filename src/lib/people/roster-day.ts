import { halfWidth, withoutSpaces } from '#lib/kernel/chinese.ts';
import { isDay, type Day } from '#lib/kernel/day.ts';
import type { Cell } from '#lib/kernel/sheet.ts';
import { DAY_FORMS } from './roster-words.ts';

export type DayFault = 'date_invalid' | 'date_incomplete' | 'date_ambiguous';
export type DayReading = { day: Day; isSpan: boolean } | { fault: DayFault };

/**
 * The day a cell means: a date cell, a serial number, or text in one of the ways offices write days, with
 * or without a clock time behind. A span gives its end. Refuses what does not exist (`date_invalid`),
 * what lacks a day or is a decimal (`date_incomplete`) and what leaves month and day open
 * (`date_ambiguous`). The cell must not be blank.
 */
export function readDay(cell: Cell): DayReading {
  if (cell.kind === 'date') return cell.day === null ? { fault: 'date_invalid' } : existing(cell.day);
  if (cell.kind === 'number') return fromNumber(cell.value as number);
  if (cell.kind !== 'text') return { fault: 'date_invalid' };
  return fromText(halfWidth(cell.text.trim()).replace(DAY_FORMS.clock, ''));
}

function fromText(written: string): DayReading {
  const text = withoutSpaces(written).replace(/^'/, '');
  const days = [...text.matchAll(DAY_FORMS.full)].map(([, year, month, day]) => dayFrom(year!, month!, day!));
  const rest = text.replace(DAY_FORMS.full, '').replace(DAY_FORMS.between, '');
  if (rest === '' && (days.length === 1 || days.length === 2)) return span(days);
  const compact = text.split(/[~\u2014\u2013-]+/u).map((part) => DAY_FORMS.compact.exec(part));
  if (compact.length <= 2 && compact.every((part) => part !== null))
    return span(compact.map(([, year, month, day]) => dayFrom(year!, month!, day!)));
  if (DAY_FORMS.serial.test(text)) return fromNumber(Number(text));
  if (DAY_FORMS.incomplete.test(text)) return { fault: 'date_incomplete' };
  return { fault: DAY_FORMS.ambiguous.test(text) ? 'date_ambiguous' : 'date_invalid' };
}

function span(days: readonly Day[]): DayReading {
  const last = days.at(-1)!;
  if (days.length === 2 && days[0]! > last) return { fault: 'date_invalid' };
  const reading = existing(last);
  return 'day' in reading ? { ...reading, isSpan: days.length === 2 } : reading;
}

function dayFrom(year: string, month: string, day: string): Day {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function existing(day: Day): DayReading {
  const possible = isDay(day) && day >= '1900-01-01' && day < '2200-01-01';
  return possible ? { day, isSpan: false } : { fault: 'date_invalid' };
}

/** 2026.1 and 202603 lack a day; 20240301 is a day; 45352 counts days from the end of 1899. */
function fromNumber(value: number): DayReading {
  const whole = Math.floor(value);
  if (whole >= 1900 && whole < 2200) return { fault: 'date_incomplete' };
  if (whole >= 190_001 && whole < 220_000) return { fault: 'date_incomplete' };
  const compact = DAY_FORMS.compact.exec(String(whole));
  if (compact && value === whole) return existing(dayFrom(compact[1]!, compact[2]!, compact[3]!));
  if (whole < 10_000 || whole > 80_000) return { fault: 'date_invalid' };
  return existing(new Date(Date.UTC(1899, 11, 30) + whole * 86_400_000).toISOString().slice(0, 10));
}
