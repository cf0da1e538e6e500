import type { PageServerLoadEvent, RequestEvent } from './$types';
import { issueDueCertificates, readClassCertificates } from '#lib/certificates/class-certificates.server.ts';
import { emptyForm } from '#lib/certificates/forms.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return { class: await readClassCertificates(event.locals.actor, event.params.class) };
});

export const actions = {
  issue: action(emptyForm, async ({ locals, params }: RequestEvent) => {
    return { issued: await issueDueCertificates(locals.actor, params.class, locals.now) };
  }),
};
