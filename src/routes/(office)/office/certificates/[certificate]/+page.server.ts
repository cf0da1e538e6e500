import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { findCertificate, revokeCertificate } from '#lib/certificates/certificates.server.ts';
import { revokeForm } from '#lib/certificates/forms.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return {
    certificate: await findCertificate(event.locals.actor, event.params.certificate, event.locals.now),
  };
});

export const actions = {
  revoke: action(revokeForm, async ({ locals, params }: RequestEvent, { reason }) => {
    await revokeCertificate(locals.actor, params.certificate, reason, locals.now);
    redirect(303, `/office/certificates/${params.certificate}`);
  }),
};
