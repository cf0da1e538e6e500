import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { refuseSealed } from '#lib/drills/sealed/copy.ts';
import { paperForm } from '#lib/drills/sealed/forms.ts';
import { approveOnPaper } from '#lib/drills/sealed/sealed-decisions.server.ts';
import { readSealed } from '#lib/drills/sealed/sealed-drills.server.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const sealed = await readSealed(actor, event.params.drill, 'part', event.getClientAddress(), now);
  if (!sealed.desk) throw refuseSealed('sealed_not_director');
  return { id: sealed.id, title: sealed.title ?? '', today: dayOf(now) };
});

export const actions = {
  default: action(paperForm, async ({ locals, params }: RequestEvent, input) => {
    await approveOnPaper(locals.actor, params.drill, input, locals.now);
    redirect(303, `/office/sealed/${params.drill}`);
  }),
};
