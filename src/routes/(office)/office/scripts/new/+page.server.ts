import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { blankScriptForm, copyForm, scriptFileForm } from '#lib/drills/forms.ts';
import { blankScript } from '#lib/drills/scripts/blank-script-copy.ts';
import {
  copyScript,
  createScript,
  listDrillPlaces,
  listScripts,
} from '#lib/drills/scripts/scripts.server.ts';
import { readScriptFile } from '#lib/drills/scripts/script-file.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  const [places, scripts] = await Promise.all([listDrillPlaces(actor), listScripts(actor)]);
  return { places, scripts, from: event.url.searchParams.get('from') ?? '' };
});

export const actions = {
  copy: action(copyForm, async ({ locals }: RequestEvent, { scriptId, divisionId }) => {
    const id = await copyScript(locals.actor, scriptId, divisionId, locals.now);
    redirect(303, `/office/scripts/${id}`);
  }),
  upload: action(scriptFileForm, async ({ locals }: RequestEvent, { file, divisionId }) => {
    const draft = readScriptFile(await file.text());
    const id = await createScript(locals.actor, divisionId, draft, locals.now);
    redirect(303, `/office/scripts/${id}`);
  }),
  blank: action(blankScriptForm, async ({ locals }: RequestEvent, { divisionId, ...input }) => {
    const script = blankScript({ ...input, scenarioStart: `${dayOf(locals.now)}T08:30` });
    const draft = script as unknown as Record<string, unknown>;
    const id = await createScript(locals.actor, divisionId, draft, locals.now);
    redirect(303, `/office/scripts/${id}`);
  }),
};
