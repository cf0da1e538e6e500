import type { PageServerLoadEvent, RequestEvent } from './$types';
import { checkForm } from '#lib/drills/quotas/forms.ts';
import { checkHalfYear, readHalfYear } from '#lib/drills/quotas/half-year-reports.server.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  return { ...(await readHalfYear(actor, event.params.report)), today: dayOf(now) };
});

export const actions = {
  check: action(checkForm, async ({ locals, params }: RequestEvent, check) => {
    await checkHalfYear(locals.actor, params.report, check, locals.now);
    return { done: 'checked' as const };
  }),
};
