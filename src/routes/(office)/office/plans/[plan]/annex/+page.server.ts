import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { readAnnex, replaceAnnex } from '#lib/drills/plans/clauses.server.ts';
import { annexForm } from '#lib/drills/plans/forms.ts';
import { ANNEX_FIELDS, type AnnexPart } from '#lib/drills/plans/annex-edit.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const asked = event.url.searchParams.get('part') ?? '';
  const part: AnnexPart = asked in ANNEX_FIELDS ? (asked as AnnexPart) : 'contacts';
  return await readAnnex(event.locals.actor, event.params.plan, part);
});

export const actions = {
  save: action(annexForm, async ({ locals, params }: RequestEvent, input) => {
    const isDraft = await replaceAnnex(locals.actor, params.plan ?? '', input, locals.now);
    const back = `/office/plans/${params.plan}`;
    redirect(303, isDraft ? `${back}/draft?done=saved` : `${back}?part=contacts`);
  }),
};
