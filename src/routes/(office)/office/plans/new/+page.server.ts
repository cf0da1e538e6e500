import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { refuse } from '#lib/drills/plans/copy.ts';
import { importPlan } from '#lib/drills/plans/drafts.server.ts';
import { importForm } from '#lib/drills/plans/forms.ts';
import { listPlacesToWriteFor } from '#lib/drills/plans/places.server.ts';
import { planFileOf } from '#lib/drills/plans/plan-files.server.ts';
import { mayWritePlans } from '#lib/drills/plans/policy.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  if (!mayWritePlans(actor)) throw refuse('forbidden');
  return { places: await listPlacesToWriteFor(actor, null) };
});

export const actions = {
  import: action(importForm, async ({ locals }: RequestEvent, input) => {
    const file = await planFileOf(locals.actor, input.file);
    const id = await importPlan(locals.actor, { ...input, file }, locals.now);
    redirect(303, `/office/plans/${id}/draft`);
  }),
};
