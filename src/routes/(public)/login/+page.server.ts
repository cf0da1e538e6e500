import { redirect } from '@sveltejs/kit';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { loginForm } from '#lib/people/forms.ts';
import { logIn } from '#lib/people/logins.server.ts';
import { listDemoAccounts } from '#lib/people/demo.server.ts';
import { action, page } from '#lib/server/form.ts';
import { homeOf } from '#lib/server/home.ts';
import { needsSetup } from '#lib/people/setup.server.ts';

export const load = page(async (event: import('./$types').PageServerLoadEvent) => {
  const { locals, url } = event;
  if (locals.actor.accountId !== null)
    redirect(303, localAddress(url.searchParams.get('to')) ?? homeOf(locals.actor));
  if (await needsSetup(SYSTEM)) redirect(303, '/setup');
  return { demo: await listDemoAccounts(SYSTEM), to: url.searchParams.get('to') ?? '' };
});

export const actions = {
  default: action(loginForm, async (event, { identifier, password, to }) => {
    const from = { address: event.getClientAddress(), agent: event.request.headers.get('user-agent') ?? '' };
    const { name, value, attributes } = await logIn(SYSTEM, { identifier, password }, from, event.locals.now);
    event.cookies.set(name, value, { path: '/', ...attributes });
    redirect(303, localAddress(to ?? null) ?? '/login');
  }),
};

/** Only a path of our own: an address elsewhere would make this page a door for phishing. */
function localAddress(to: string | null): string | null {
  return to && /^\/(?![/\\])/.test(to) ? to : null;
}
