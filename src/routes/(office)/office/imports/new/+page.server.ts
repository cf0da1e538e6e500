import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent } from './$types';
import { refuse } from '#lib/people/copy.ts';
import { rosterUploadForm } from '#lib/people/forms.ts';
import { mayEnterImports } from '#lib/people/policy.ts';
import { listImportPlaces, startRosterImport } from '#lib/people/roster-import.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  if (!mayEnterImports(event.locals.actor)) throw refuse('forbidden');
  return { places: await listImportPlaces(event.locals.actor) };
});

export const actions = {
  default: action(rosterUploadForm, async ({ locals }, { file, divisionId }) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const input = { divisionId, bytes, fileName: file.name };
    const id = await startRosterImport(locals.actor, input, locals.now);
    redirect(303, `/office/imports/${id}`);
  }),
};
