import type { PageServerLoadEvent, RequestEvent } from './$types';
import {
  confirmSpotCheck,
  listAttendance,
  revokeAttendance,
  signByCard,
  tickAttendance,
} from '#lib/classes/attendances.server.ts';
import { readClass } from '#lib/classes/classes.server.ts';
import { attendanceForm, cardForm, fileForm, revokeForm, tickForm } from '#lib/classes/forms.ts';
import { findRunSession, findSession, listSignSheets, storeSignSheet } from '#lib/classes/sessions.server.ts';
import { arrivalState } from '#lib/classes/sign-in.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const { session } = await findSession(actor, event.params.session);
  const { secret: _secret, ...shown } = session;
  const of = await readClass(actor, session.classId);
  return {
    class: of,
    now,
    session: shown,
    ...(await listAttendance(actor, session.id, now)),
    sheets: of.mayRun ? await listSignSheets(actor, session.id) : [],
  };
});

export const actions = {
  tick: action(tickForm, async ({ locals, params }: RequestEvent, { persons, state, way }) => {
    await tickAttendance(locals.actor, params.session, { persons, state, way }, locals.now);
    return { done: 'ticked' as const };
  }),
  card: action(cardForm, async ({ locals, params }: RequestEvent, { card }) => {
    const session = await findRunSession(locals.actor, params.session);
    const state = arrivalState(session, locals.now);
    return { card: await signByCard(locals.actor, session.id, card, state, locals.now) };
  }),
  revoke: action(revokeForm, async ({ locals }: RequestEvent, { attendance, reason }) => {
    await revokeAttendance(locals.actor, attendance, reason, locals.now);
    return { done: 'revoked' as const };
  }),
  check: action(attendanceForm, async ({ locals }: RequestEvent, { attendance }) => {
    await confirmSpotCheck(locals.actor, attendance, locals.now);
    return { done: 'checked' as const };
  }),
  sheet: action(fileForm, async ({ locals, params }: RequestEvent, { file }) => {
    await storeSignSheet(locals.actor, params.session, file, locals.now);
    return { done: 'sheet' as const };
  }),
};
