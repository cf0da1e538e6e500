import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent } from './$types';
import { refuse } from '#lib/exams/copy.ts';
import { questionUploadForm } from '#lib/exams/question-import-form.ts';
import { startQuestionImport } from '#lib/exams/question-import.server.ts';
import { listBanks } from '#lib/exams/questions.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const banks = await listBanks(event.locals.actor);
  if (banks.length === 0) throw refuse('forbidden');
  return { places: banks.map(({ divisionId, name }) => ({ id: divisionId, name })) };
});

export const actions = {
  default: action(questionUploadForm, async ({ locals }, { file, divisionId }) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const id = await startQuestionImport(
      locals.actor,
      { divisionId, bytes, fileName: file.name },
      locals.now,
    );
    redirect(303, `/office/questions/imports/${id}`);
  }),
};
