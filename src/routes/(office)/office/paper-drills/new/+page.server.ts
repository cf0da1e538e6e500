import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { paperForm } from '#lib/drills/quotas/forms.ts';
import { enterPaperDrill, listPaperUnits } from '#lib/drills/quotas/paper-drills.server.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const unit = event.url.searchParams.get('unit') ?? '';
  return { choices: await listPaperUnits(actor), unit, today: dayOf(now) };
});

export const actions = {
  enter: action(paperForm, async ({ locals }: RequestEvent, input) => {
    redirect(303, `/office/paper-drills/${await enterPaperDrill(locals.actor, input, locals.now)}`);
  }),
};
