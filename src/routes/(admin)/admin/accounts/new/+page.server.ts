import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { hasRole } from '#lib/kernel/actor.ts';
import { readGrantChoices } from '#lib/people/account-pages.server.ts';
import { createAccount } from '#lib/people/accounts.server.ts';
import { accountForm } from '#lib/people/forms.ts';
import { refuse } from '#lib/people/copy.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  if (!hasRole(event.locals.actor, 'administrator')) throw refuse('forbidden');
  return await readGrantChoices(event.locals.actor, event.url.searchParams.get('within') ?? '');
});

export const actions = {
  default: action(accountForm, async ({ locals }: RequestEvent, input) => {
    const id = await createAccount(locals.actor, { ...input, personId: null }, locals.now);
    redirect(303, `/admin/accounts/${id}`);
  }),
};
