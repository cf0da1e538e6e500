import type { RequestEvent } from './$types';
import { listAttendance } from '#lib/classes/attendances.server.ts';
import { signSheetName, signSheetValue } from '#lib/classes/copy.ts';
import { findRunSession, findSession } from '#lib/classes/sessions.server.ts';
import { endpoint, mustLogIn } from '#lib/server/form.ts';
import { typesetTemplate } from '#lib/server/typeset/typeset.ts';

/** The sheet for wet signatures as a PDF. */
export const GET = endpoint(async (event: RequestEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  await findRunSession(actor, event.params.session);
  const { session, of } = await findSession(actor, event.params.session);
  const { lines } = await listAttendance(actor, session.id, now);
  const { pdf } = await typesetTemplate('sign-sheet', signSheetValue({ of, session, people: lines }));
  const name = encodeURIComponent(signSheetName(of, session));
  return new Response(pdf as BodyInit, {
    headers: { 'content-type': 'application/pdf', 'content-disposition': `inline; filename*=UTF-8''${name}` },
  });
});
