import { closePlan, enterFinalValues, listPlans } from '#lib/coverage/indicators.server.ts';
import type { Actor } from '#lib/kernel/actor.ts';
import { instantOn, type Day } from '#lib/kernel/day.ts';

const MARK = '（演示数据）';

/** By the number of the indicator in 夏邑's 十四五 plan. Invented: no county has published its final values. */
const FINAL_VALUES: Readonly<Record<string, string>> = {
  1: '100%',
  2: '76.9%',
  3: '100%',
  4: '92.5%',
  5: '100%',
  6: '9.5 小时',
  7: '1 个',
  8: '1.6 平方米',
  9: '97.8%',
  10: '1 个',
  11: '1 个',
  12: '1 个',
  13: '96.4%',
};

/** Reports and closes a plan whose period is over, as a bureau does at the turn of the year. */
export async function playIndicators(bureau: Actor, planId: string, today: Day): Promise<void> {
  const january = `${today.slice(0, 4)}-01-12`;
  // Early in January it is the beginning of today: nothing may have happened later than now.
  const now = january < today ? instantOn(january, '09:30') : instantOn(today, '00:00');
  const plan = (await listPlans(bureau, now)).find(({ id }) => id === planId);
  // A clock set back before the end of the period: there is nothing to report yet.
  if (plan?.state !== 'ended') return;
  const values = Object.entries(FINAL_VALUES).map(([ordinal, value]) => [ordinal, `${value}${MARK}`] as const);
  await enterFinalValues(bureau, planId, Object.fromEntries(values), now);
  await closePlan(bureau, planId, now);
}
