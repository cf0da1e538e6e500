import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { archiveScript, publishScript, readScript } from '#lib/drills/scripts/scripts.server.ts';
import { emptyForm } from '#lib/people/forms.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return await readScript(event.locals.actor, event.params.script);
});

export const actions = {
  publish: action(emptyForm, async ({ locals, params }: RequestEvent) => {
    const { number } = await publishScript(locals.actor, params.script!, locals.now);
    return { published: number };
  }),
  archive: action(emptyForm, async ({ locals, params }: RequestEvent) => {
    await archiveScript(locals.actor, params.script!, locals.now);
    redirect(303, '/office/scripts');
  }),
};
