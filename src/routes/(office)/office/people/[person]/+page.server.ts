import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { listCertificates } from '#lib/certificates/certificates.server.ts';
import { listRegistered } from '#lib/certificates/registered.server.ts';
import { listParticipations } from '#lib/drills/evaluation/participations.server.ts';
import { listCredits } from '#lib/courses/credits.server.ts';
import { listPersonResults } from '#lib/exams/person-results.server.ts';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf, yearOf } from '#lib/kernel/day.ts';
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
  const trail = await listAncestors(actor, person.path);
  return { person, change, today: dayOf(now), trail, learning: await learningOf(actor, person.id, now) };
});

/** What the person has done: the year's credit, certificates and exams, each as far as the actor sees it. */
async function learningOf(actor: Actor, personId: string, now: Date) {
  const { year, totals, standings } = await listCredits(actor, personId, yearOf(now));
  const { rows: certificates } = await listCertificates(actor, { personId }, 1, now);
  const { rows: registered } = await listRegistered(actor, { personId }, 1, now);
  const results = await listPersonResults(actor, personId);
  const drills = await listParticipations(actor, personId);
  return { year: { year, totals, standings }, certificates, registered, results, drills };
}

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
