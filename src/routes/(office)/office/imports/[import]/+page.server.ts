import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { columnsForm, commitForm, emptyForm } from '#lib/people/forms.ts';
import { outcomesOfTab } from '#lib/kernel/sheet-import.ts';
import { shownRow } from '#lib/people/import-view.ts';
import {
  commitRosterImport,
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
  commit: action(commitForm, async ({ locals, params }: RequestEvent, { confirmed }) => {
    await commitRosterImport(locals.actor, params.import, confirmed, locals.now);
    redirect(303, `/office/imports/${params.import}`);
  }),
  columns: action(columnsForm, async ({ locals, params }: RequestEvent, mapping) => {
    await correctColumns(locals.actor, params.import, mapping, locals.now);
    redirect(303, `/office/imports/${params.import}`);
  }),
  discard: action(emptyForm, async ({ locals, params }: RequestEvent) => {
    await discardRosterImport(locals.actor, params.import, locals.now);
    redirect(303, '/office/imports');
  }),
};
