import type { PageServerLoadEvent, RequestEvent } from './$types';
import { hasRole } from '#lib/kernel/actor.ts';
import { readAccountPage } from '#lib/people/account-pages.server.ts';
import { grantRole, resetPassword, setAccountDisabled, withdrawRole } from '#lib/people/accounts.server.ts';
import { ACCOUNT_DONE, refuse } from '#lib/people/copy.ts';
import { disableForm, grantForm, resetPasswordForm, withdrawGrantForm } from '#lib/people/forms.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  if (!hasRole(event.locals.actor, 'bureau')) throw refuse('forbidden');
  const within = event.url.searchParams.get('within') ?? '';
  return await readAccountPage(event.locals.actor, event.params.account, within);
});

export const actions = {
  grant: action(grantForm, async ({ locals, params }: RequestEvent, input) => {
    await grantRole(locals.actor, { accountId: params.account, ...input }, locals.now);
    return { done: ACCOUNT_DONE.granted };
  }),
  withdraw: action(withdrawGrantForm, async ({ locals, params }: RequestEvent, { grant }) => {
    await withdrawRole(locals.actor, grant, params.account, locals.now);
    return { done: ACCOUNT_DONE.withdrawn };
  }),
  reset: action(resetPasswordForm, async ({ locals, params }: RequestEvent, { password }) => {
    await resetPassword(locals.actor, params.account, password, locals.now);
    return { done: ACCOUNT_DONE.reset };
  }),
  disable: action(disableForm, async ({ locals, params }: RequestEvent, { disabled }) => {
    await setAccountDisabled(locals.actor, params.account, disabled === 'yes', locals.now);
    return { done: disabled === 'yes' ? ACCOUNT_DONE.disabled : ACCOUNT_DONE.enabled };
  }),
};
