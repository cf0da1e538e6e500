import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import {
  findCertificate,
  revokeCertificate,
  upholdCertificate,
} from '#lib/certificates/certificates.server.ts';
import { replaceForm, revokeForm, upholdForm } from '#lib/certificates/forms.ts';
import { replaceCertificate } from '#lib/certificates/replacements.server.ts';
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
  uphold: action(upholdForm, async ({ locals, params }: RequestEvent, { upheldBecause }) => {
    await upholdCertificate(locals.actor, params.certificate, upheldBecause, locals.now);
    redirect(303, `/office/certificates/${params.certificate}`);
  }),
  replace: action(replaceForm, async ({ locals, params }: RequestEvent, replacement) => {
    await replaceCertificate(locals.actor, params.certificate, replacement, locals.now);
    redirect(303, `/office/certificates/${params.certificate}`);
  }),
};
