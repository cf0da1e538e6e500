import type { PageServerLoadEvent, RequestEvent } from './$types';
import { addMissed } from '#lib/drills/findings/adding.server.ts';
import { drillForm } from '#lib/drills/findings/forms.ts';
import { listFindings } from '#lib/drills/findings/ledger.server.ts';
import { ledgerFilter } from '#lib/drills/findings/ledger.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const query = event.url.searchParams;
  const filter = ledgerFilter(query);
  const ledger = await listFindings(actor, filter, pageNumber(query.get('page')), now);
  return { filter, ledger, today: dayOf(now), now };
});

export const actions = {
  missed: action(drillForm, async ({ locals }: RequestEvent, { drill }) => {
    return { added: await addMissed(locals.actor, drill, locals.now) };
  }),
};
