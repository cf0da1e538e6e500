import { redirect } from '@sveltejs/kit';
import { emptyForm, sessionForm } from '#lib/people/forms.ts';
import { listSessions, revokeSession, revokeSessions } from '#lib/server/auth/sessions.ts';
import { action, loginAddress } from '#lib/server/form.ts';

export async function load({ locals, url }) {
  if (!locals.session) redirect(303, loginAddress(url));
  const sessions = await listSessions(locals.session.accountId, locals.now);
  const current = locals.session.id;
  return { sessions: sessions.map(({ id, ...rest }) => ({ id, current: id === current, ...rest })) };
}

export const actions = {
  revoke: action(sessionForm, async ({ locals }, { session }) => {
    if (locals.session) await revokeSession(locals.session.accountId, session);
    return { done: true };
  }),
  revokeOthers: action(emptyForm, async ({ locals }) => {
    if (locals.session) await revokeSessions(locals.session.accountId, locals.session.id);
    return { done: true };
  }),
};
