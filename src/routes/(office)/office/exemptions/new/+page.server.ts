import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { askExemption, readExemptionDraft } from '#lib/coverage/exemptions.server.ts';
import { askExemptionForm } from '#lib/coverage/forms.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const query = event.url.searchParams;
  const { actor, now } = event.locals;
  return { draft: await readExemptionDraft(actor, query.get('person') ?? '', query.get('rule') ?? '', now) };
});

export const actions = {
  ask: action(askExemptionForm, async ({ locals }: RequestEvent, input) => {
    await askExemption(locals.actor, input, locals.now);
    redirect(303, '/office/exemptions?state=asked');
  }),
};
