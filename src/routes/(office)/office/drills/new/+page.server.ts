import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { planDrill } from '#lib/drills/drills.server.ts';
import { drillForm } from '#lib/drills/forms.ts';
import { listScripts } from '#lib/drills/scripts/scripts.server.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const scripts = await listScripts(actor);
  return { scripts, chosen: event.url.searchParams.get('script') ?? '', today: dayOf(now) };
});

export const actions = {
  default: action(drillForm, async ({ locals }: RequestEvent, input) => {
    const id = await planDrill(locals.actor, input, locals.now);
    redirect(303, `/office/drills/${id}`);
  }),
};
