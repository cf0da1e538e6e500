import type { PageServerLoadEvent } from './$types';
import { listOwnCertificates } from '#lib/certificates/certificates.server.ts';
import { listOwnRegistered } from '#lib/certificates/registered.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  return {
    certificates: await listOwnCertificates(actor, now),
    registered: await listOwnRegistered(actor, now),
  };
});
