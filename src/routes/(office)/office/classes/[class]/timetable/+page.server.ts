import * as v from 'valibot';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { assignInstructor, dismissInstructor, readClass } from '#lib/classes/classes.server.ts';
import { accountForm, instructorForm, sessionForm, timetableForm } from '#lib/classes/forms.ts';
import { changeSession, layOutSessions, removeSession } from '#lib/classes/sessions.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return { class: await readClass(event.locals.actor, event.params.class) };
});

const sessionOnly = v.object({ session: v.string() });

export const actions = {
  layOut: action(timetableForm, async ({ locals, params }: RequestEvent, plan) => {
    await layOutSessions(locals.actor, params.class, plan, locals.now);
    return { done: 'sessions' as const };
  }),
  change: action(
    v.object({ ...sessionForm.entries, ...sessionOnly.entries }),
    async ({ locals }: RequestEvent, input) => {
      const { session, ...rest } = input;
      await changeSession(locals.actor, session, rest, locals.now);
      return { done: 'sessions' as const };
    },
  ),
  remove: action(sessionOnly, async ({ locals }: RequestEvent, { session }) => {
    await removeSession(locals.actor, session, locals.now);
    return { done: 'session_removed' as const };
  }),
  assign: action(instructorForm, async ({ locals, params }: RequestEvent, { loginName }) => {
    await assignInstructor(locals.actor, params.class, loginName, locals.now);
    return { done: 'instructors' as const };
  }),
  dismiss: action(accountForm, async ({ locals, params }: RequestEvent, { account }) => {
    await dismissInstructor(locals.actor, params.class, account, locals.now);
    return { done: 'instructors' as const };
  }),
};
