import { creditText, daysText } from './copy.ts';
import type { Totals } from './ledger.ts';

type Standing = {
  title: string;
  metric: string;
  required: number;
  done: number;
  met: boolean;
  exempt: boolean;
};

/** A year in one sentence: what is done, and what the rules still ask for. */
export function creditSentence(credits: {
  year: number;
  totals: Totals;
  standings: readonly Standing[];
}): string {
  const { totals } = credits;
  const halves = totals.attendanceHalfDays + totals.elsewhereHalfDays + totals.adjustmentHalfDays;
  const done = `${credits.year}年已记 ${daysText(halves)} 天、在线 ${creditText(totals.lessonHundredths)} 学时`;
  if (credits.standings.length === 0) return `${done}。这一年的岗位没有天数或学时要求。`;
  const short = credits.standings.filter((standing) => !standing.met && !standing.exempt);
  if (short.length === 0) return `${done}，已达到要求。`;
  return `${done}，${short.map(shortText).join('；')}。`;
}

function shortText({ metric, required, done }: Standing): string {
  const missing = Math.max(0, required - done);
  return metric === 'day_hundredths'
    ? `应训 ${required / 100} 天，还差 ${Math.ceil(missing / 50) / 2} 天`
    : `应修 ${creditText(required)} 学时，还差 ${creditText(missing)} 学时`;
}
