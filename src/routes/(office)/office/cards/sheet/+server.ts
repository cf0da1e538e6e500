import { redirect } from '@sveltejs/kit';
import type { RequestEvent } from './$types';
import { Refused } from '#lib/kernel/refused.ts';
import { isCardState } from '#lib/people/card.ts';
import { issueCards, listCardIds } from '#lib/people/cards.server.ts';
import { findDivision } from '#lib/people/divisions.server.ts';
import { download } from '#lib/server/download.ts';
import { endpoint } from '#lib/server/form.ts';

/** Whom the form names: the ticked ones, or everybody the filter finds. */
async function chosen({ locals: { actor } }: RequestEvent, form: FormData): Promise<string[]> {
  if (!form.has('all')) return form.getAll('people[]').map(String);
  const state = String(form.get('state') ?? '');
  const divisionId = String(form.get('division') ?? '');
  const place = divisionId ? await findDivision(actor, divisionId) : null;
  return await listCardIds(actor, {
    path: place?.path,
    state: isCardState(state) ? state : undefined,
  });
}

/** Answers the sheet itself: the PINs stand nowhere else, so there is no page to come back to for them. */
export const POST = endpoint(async (event: RequestEvent) => {
  const personIds = await chosen(event, await event.request.formData());
  try {
    const { bytes, fileName } = await issueCards(
      event.locals.actor,
      personIds,
      event.url.origin,
      event.locals.now,
    );
    return download(bytes, fileName);
  } catch (reason) {
    if (reason instanceof Refused && reason.status !== 404)
      redirect(303, `/office/cards?fault=${reason.code}`);
    throw reason;
  }
});
