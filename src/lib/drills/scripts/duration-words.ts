import { durationMs, durationOf, isDuration } from './duration.ts';
import { lengthText } from './trigger-copy.ts';

/** How long, as people say and type it. */

/** 15 分钟, 1 小时 20 分钟, 90 秒; empty for what is no duration. */
export function durationText(duration: string | undefined): string {
  return duration !== undefined && isDuration(duration) ? lengthText(durationMs(duration)) : '';
}

/** As a box shows it for typing: 15, 7:30, 1:05:00. Minutes unless there is a colon. */
export function durationTyped(duration: string | undefined): string {
  if (duration === undefined || !isDuration(duration)) return duration ?? '';
  const all = durationMs(duration) / 1000;
  if (all % 60 === 0) return String(all / 60);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(all / 3600);
  const minutes = Math.floor(all / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
}

const SPOKEN = /^(?:(\d{1,2})(?:小时|时))?(?:(\d{1,4})(?:分钟|分))?(?:(\d{1,4})秒)?$/u;

/** Reads 15 (minutes), 7:30, 1:05:00, 1小时20分, 90秒; null for anything else. */
export function readDuration(typed: string): string | null {
  const text = typed.replace(/[\s　]/gu, '').replaceAll('：', ':');
  if (text === '') return null;
  if (isDuration(text)) return text;
  if (/^\d{1,4}$/.test(text)) return durationOf(Number(text) * 60_000);
  if (/^\d{1,4}\.\d$/.test(text)) return durationOf(Math.round(Number(text) * 60) * 1000);
  const clock = /^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})$/.exec(text);
  const parts = clock ?? SPOKEN.exec(text);
  if (!parts) return null;
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return durationOf(((hours * 60 + minutes) * 60 + seconds) * 1000);
}
