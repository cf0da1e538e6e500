import type { PageServerLoadEvent, RequestEvent } from './$types';
import { moveClass, readClass } from '#lib/classes/classes.server.ts';
import {
  enrolPeople,
  listEnrolChoices,
  listEnrolled,
  previewEnrolment,
  withdrawEnrolment,
} from '#lib/classes/enrolments.server.ts';
import { enrolForm, moveForm, personForm } from '#lib/classes/forms.ts';
import { listPeople } from '#lib/people/people.server.ts';
import { mayEnterPeople } from '#lib/people/policy.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  const find = event.url.searchParams.get('find')?.trim() ?? '';
  const found = find === '' ? [] : (await listPeople(actor, { words: find }, 1)).rows.slice(0, 20);
  return {
    class: await readClass(actor, event.params.class),
    people: await listEnrolled(actor, event.params.class),
    choices: await listEnrolChoices(actor, event.params.class),
    filed: mayEnterPeople(actor),
    find,
    found: found.map(({ id, name, idMasked, posts }) => ({
      id,
      name,
      idMasked,
      unit: posts[0]?.unit || posts[0]?.place || '',
    })),
  };
});

export const actions = {
  preview: action(enrolForm, async ({ locals, params }: RequestEvent, filter) => {
    return { preview: await previewEnrolment(locals.actor, params.class, filter, locals.now), filter };
  }),
  enrol: action(enrolForm, async ({ locals, params }: RequestEvent, filter) => {
    return {
      done: 'enrolled' as const,
      count: await enrolPeople(locals.actor, params.class, filter, locals.now),
    };
  }),
  enrolPerson: action(personForm, async ({ locals, params }: RequestEvent, { person }) => {
    const wanted = { personIds: [person] };
    return {
      done: 'enrolled' as const,
      count: await enrolPeople(locals.actor, params.class, wanted, locals.now),
    };
  }),
  withdraw: action(personForm, async ({ locals, params }: RequestEvent, { person }) => {
    await withdrawEnrolment(locals.actor, params.class, person, locals.now);
    return { done: 'withdrawn' as const };
  }),
  move: action(moveForm, async ({ locals, params }: RequestEvent, move) => {
    await moveClass(locals.actor, params.class, move, locals.now);
    return { done: 'moved' as const };
  }),
};
