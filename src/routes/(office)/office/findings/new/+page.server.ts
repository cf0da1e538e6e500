import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { createFinding, prepareFinding } from '#lib/drills/findings/adding.server.ts';
import { findingForm } from '#lib/drills/findings/forms.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

const asked = (url: URL) => ({
  drill: url.searchParams.get('drill') ?? '',
  source: url.searchParams.get('source') ?? '',
});

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { drill, source } = asked(event.url);
  return { made: await prepareFinding(event.locals.actor, drill, source, event.locals.now) };
});

export const actions = {
  default: action(findingForm, async ({ locals, url }: RequestEvent, input) => {
    const { drill, source } = asked(url);
    const id = await createFinding(locals.actor, drill, source, input, locals.now);
    redirect(303, `/office/findings/${id}`);
  }),
};
