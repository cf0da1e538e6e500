import type { RequestEvent } from './$types';
import { hasRole } from '#lib/kernel/actor.ts';
import { askedAccounts } from '#lib/people/account.ts';
import { exportAccounts } from '#lib/people/account-lists.server.ts';
import { refuse } from '#lib/people/copy.ts';
import { download } from '#lib/server/download.ts';
import { endpoint, mustLogIn } from '#lib/server/form.ts';

export const GET = endpoint(async (event: RequestEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  if (!hasRole(actor, 'bureau')) throw refuse('forbidden');
  const { bytes, name } = await exportAccounts(actor, askedAccounts(event.url.searchParams), now);
  return download(bytes, name);
});
