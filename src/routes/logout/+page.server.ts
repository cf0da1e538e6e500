import { redirect } from '@sveltejs/kit';
import { blankCookie, closeSession, SESSION_COOKIE } from '#lib/server/auth/sessions.ts';

export function load() {
  redirect(303, '/');
}

export const actions = {
  async default({ cookies }) {
    const cookie = cookies.get(SESSION_COOKIE);
    if (cookie) await closeSession(cookie);
    const { name, value, attributes } = blankCookie();
    cookies.set(name, value, { path: '/', ...attributes });
    redirect(303, '/');
  },
};
