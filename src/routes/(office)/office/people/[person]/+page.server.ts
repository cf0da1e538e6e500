import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { dayOf } from '#lib/kernel/day.ts';
import { listAncestors, readPlace } from '#lib/people/divisions.server.ts';
import { endPostForm, postForm, reasonForm } from '#lib/people/forms.ts';
import { findPerson, listCategories, revealIdNumber } from '#lib/people/people.server.ts';
import { beginPost, endPost, transferPost } from '#lib/people/posts.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const query = event.url.searchParams;
  const person = await findPerson(actor, event.params.person);
  const move = person.mayChange ? query.get('move') : null;
  const change = move
    ? {
        move,
        view: await readPlace(actor, query.get('within') ?? ''),
        categories: await listCategories(actor),
      }
    : null;
  return { person, change, today: dayOf(now), trail: await listAncestors(actor, person.path) };
});

export const actions = {
  reveal: action(reasonForm, async ({ locals, params }: RequestEvent, { reason }) => {
    return { idNumber: await revealIdNumber(locals.actor, params.person, reason, locals.now) };
  }),
  begin: action(postForm, async ({ locals, params }: RequestEvent, post) => {
    await beginPost(locals.actor, params.person, post, locals.now);
    redirect(303, `/office/people/${params.person}`);
  }),
  transfer: action(postForm, async ({ locals, params }: RequestEvent, post) => {
    await transferPost(locals.actor, post.postId, params.person, post, locals.now);
    redirect(303, `/office/people/${params.person}`);
  }),
  end: action(endPostForm, async ({ locals, params }: RequestEvent, { postId, heldUntil }) => {
    await endPost(locals.actor, postId, params.person, heldUntil, locals.now);
    redirect(303, `/office/people/${params.person}`);
  }),
};
