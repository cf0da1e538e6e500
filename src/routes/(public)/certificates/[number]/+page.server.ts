import type { PageServerLoadEvent } from './$types';
import { verifyCertificate } from '#lib/certificates/verification.server.ts';
import { page } from '#lib/server/form.ts';

export const load = page(async ({ params, locals, getClientAddress }: PageServerLoadEvent) => {
  const asked = { number: params.number, name: null, address: getClientAddress() };
  return { verified: await verifyCertificate(locals.actor, asked, locals.now) };
});
