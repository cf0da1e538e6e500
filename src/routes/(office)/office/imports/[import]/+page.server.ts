import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { pageNumber } from '#lib/kernel/page-of.ts';
import {
  allRenamesForm,
  emptyForm,
  renameForm,
  rosterColumnsForm,
  sheetNameForm,
} from '#lib/people/forms.ts';
import { outcomesOfTab } from '#lib/kernel/sheet-import.ts';
import { shownRow } from '#lib/people/import-view.ts';
import {
  chooseRosterSheet,
  commitRosterImport,
  confirmRenames,
  correctColumns,
  discardRosterImport,
  listImportRows,
  readRosterImport,
} from '#lib/people/roster-import.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  const id = event.params.import;
  const found = await readRosterImport(actor, id);
  const tab = event.url.searchParams.get('tab') ?? (found.counts.refused > 0 ? 'refused' : 'create');
  const page = pageNumber(event.url.searchParams.get('page'));
  const rows = await listImportRows(actor, id, outcomesOfTab(tab), page);
  return { ...found, tab, rows: { ...rows, rows: rows.rows.map(shownRow) } };
});

export const actions = {
  // Not sent on: the list stays at the place where somebody is working through it.
  confirm: action(renameForm, async ({ locals, params }: RequestEvent, rename) => {
    await confirmRenames(locals.actor, params.import, rename, locals.now);
  }),
  confirmAll: action(allRenamesForm, async ({ locals, params }: RequestEvent, { confirmed }) => {
    await confirmRenames(locals.actor, params.import, { row: 'all', confirmed }, locals.now);
    redirect(303, `/office/imports/${params.import}?tab=confirm`);
  }),
  commit: action(emptyForm, async ({ locals, params }: RequestEvent) => {
    await commitRosterImport(locals.actor, params.import, locals.now);
    redirect(303, `/office/imports/${params.import}`);
  }),
  columns: action(rosterColumnsForm, async ({ locals, params }: RequestEvent, correction) => {
    await correctColumns(locals.actor, params.import, correction, locals.now);
    redirect(303, `/office/imports/${params.import}`);
  }),
  sheet: action(sheetNameForm, async ({ locals, params }: RequestEvent, { sheetName }) => {
    await chooseRosterSheet(locals.actor, params.import, sheetName, locals.now);
    redirect(303, `/office/imports/${params.import}`);
  }),
  discard: action(emptyForm, async ({ locals, params }: RequestEvent) => {
    await discardRosterImport(locals.actor, params.import, locals.now);
    redirect(303, '/office/imports');
  }),
};
