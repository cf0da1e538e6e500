import { redirect } from '@sveltejs/kit';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { cardForm } from '#lib/people/forms.ts';
import { logInByCard, readCardFace } from '#lib/people/logins.server.ts';
import { action, page } from '#lib/server/form.ts';

export const load = page(async (event: import('./$types').PageServerLoadEvent) => {
  return { face: await readCardFace(SYSTEM, event.params.card) };
});

export const actions = {
  default: action(cardForm, async (event: import('./$types').RequestEvent, { pin }) => {
    const from = { address: event.getClientAddress(), agent: event.request.headers.get('user-agent') ?? '' };
    const cookie = await logInByCard(SYSTEM, { cardId: event.params.card, pin }, from, event.locals.now);
    event.cookies.set(cookie.name, cookie.value, { path: '/', ...cookie.attributes });
    redirect(303, '/learn');
  }),
};
