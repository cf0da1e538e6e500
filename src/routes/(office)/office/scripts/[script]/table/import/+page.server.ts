import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { refuse } from '#lib/drills/copy.ts';
import { draftForm, mselFileForm } from '#lib/drills/forms.ts';
import { previewMsel } from '#lib/drills/scripts/msel-import.server.ts';
import { readScriptFile } from '#lib/drills/scripts/script-file.ts';
import { readDraft, saveScript } from '#lib/drills/scripts/scripts.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { draft: _draft, ...script } = await readDraft(event.locals.actor, event.params.script);
  if (!script.mayKeep) throw refuse('forbidden');
  return { script };
});

export const actions = {
  preview: action(mselFileForm, async ({ locals, params }: RequestEvent, { file }) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const sent = { bytes, fileName: file.name };
    const { draft, ...preview } = await previewMsel(locals.actor, params.script!, sent);
    return { preview, fileName: file.name, draft: JSON.stringify(draft) };
  }),
  save: action(draftForm, async ({ locals, params }: RequestEvent, { revision, draft }) => {
    await saveScript(locals.actor, params.script!, { revision, draft: readScriptFile(draft) }, locals.now);
    redirect(303, `/office/scripts/${params.script}/table`);
  }),
};
