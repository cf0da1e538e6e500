import { redirect } from '@sveltejs/kit';
import { changeOwnPassword } from '#lib/people/accounts.server.ts';
import { passwordForm } from '#lib/people/forms.ts';
import { revokeSessions } from '#lib/server/auth/sessions.ts';
import { action, loginAddress } from '#lib/server/form.ts';

export function load({ locals, url }) {
  if (locals.actor.accountId === null) redirect(303, loginAddress(url));
  return { first: locals.mustChangePassword };
}

export const actions = {
  default: action(passwordForm, async ({ locals }, input) => {
    await changeOwnPassword(locals.actor, input, locals.now);
    // Whoever else knew the old password is out.
    if (locals.session) await revokeSessions(locals.session.accountId, locals.session.id);
    redirect(303, '/login');
  }),
};
