import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { localTitle } from '#lib/drills/plans/copy.ts';
import { adoptModel, readModel } from '#lib/drills/plans/drafts.server.ts';
import { adoptForm } from '#lib/drills/plans/forms.ts';
import { listPlacesToWriteFor } from '#lib/drills/plans/places.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  const model = await readModel(actor, event.params.plan);
  const places = await listPlacesToWriteFor(actor, model.plan.kind);
  const place = places.find(({ id }) => id === event.url.searchParams.get('place')) ?? places[0];
  return { ...model, places, place: place?.id ?? '', title: localTitle(model.plan.title, place?.name ?? '') };
});

export const actions = {
  adopt: action(adoptForm, async ({ locals, params }: RequestEvent, input) => {
    const id = await adoptModel(locals.actor, params.plan ?? '', input, locals.now);
    redirect(303, `/office/plans/${id}/draft`);
  }),
};
