import type { PageServerLoadEvent } from './$types';
import { halfYearOf, reportableHalfYears } from '#lib/drills/quotas/half-year.ts';
import { listHalfYear } from '#lib/drills/quotas/half-year-reports.server.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const today = dayOf(now);
  const halves = reportableHalfYears(today);
  const [year, half] = (event.url.searchParams.get('half') ?? '').split('-').map(Number);
  const asked = halves.find((one) => one.year === year && one.half === half) ?? halfYearOf(today);
  return { asked, halves, ...(await listHalfYear(actor, asked)) };
});
