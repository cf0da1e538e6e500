import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { shownQuestionRow } from '#lib/exams/question-import-view.ts';
import {
  chooseQuestionSheet,
  commitQuestionImport,
  correctQuestionColumns,
  discardQuestionImport,
  listQuestionImportRows,
  readQuestionImport,
} from '#lib/exams/question-import.server.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { outcomesOfTab } from '#lib/kernel/sheet-import.ts';
import { columnsForm, emptyForm, sheetNameForm } from '#lib/people/forms.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  const id = event.params.import;
  const found = await readQuestionImport(actor, id);
  const tab = event.url.searchParams.get('tab') ?? (found.counts.refused > 0 ? 'refused' : 'create');
  const at = pageNumber(event.url.searchParams.get('page'));
  const rows = await listQuestionImportRows(actor, id, outcomesOfTab(tab), at);
  return { ...found, tab, rows: { ...rows, rows: rows.rows.map(shownQuestionRow) } };
});

export const actions = {
  commit: action(emptyForm, async ({ locals, params }: RequestEvent) => {
    await commitQuestionImport(locals.actor, params.import, locals.now);
    redirect(303, `/office/questions/imports/${params.import}`);
  }),
  columns: action(columnsForm, async ({ locals, params }: RequestEvent, mapping) => {
    await correctQuestionColumns(locals.actor, params.import, mapping, locals.now);
    redirect(303, `/office/questions/imports/${params.import}`);
  }),
  sheet: action(sheetNameForm, async ({ locals, params }: RequestEvent, { sheetName }) => {
    await chooseQuestionSheet(locals.actor, params.import, sheetName, locals.now);
    redirect(303, `/office/questions/imports/${params.import}`);
  }),
  discard: action(emptyForm, async ({ locals, params }: RequestEvent) => {
    await discardQuestionImport(locals.actor, params.import, locals.now);
    redirect(303, '/office/questions/imports');
  }),
};
