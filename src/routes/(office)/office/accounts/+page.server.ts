import type { PageServerLoadEvent } from './$types';
import { hasRole } from '#lib/kernel/actor.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { askedAccounts } from '#lib/people/account.ts';
import { listAccounts } from '#lib/people/account-lists.server.ts';
import { refuse } from '#lib/people/copy.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  if (!hasRole(event.locals.actor, 'bureau')) throw refuse('forbidden');
  const query = event.url.searchParams;
  const filter = askedAccounts(query);
  return { filter, accounts: await listAccounts(event.locals.actor, filter, pageNumber(query.get('page'))) };
});
