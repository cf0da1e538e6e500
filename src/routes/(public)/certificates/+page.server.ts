import type { PageServerLoadEvent } from './$types';
import { askVerification } from '#lib/certificates/verification.server.ts';

export async function load({ url, locals, getClientAddress }: PageServerLoadEvent) {
  const number = url.searchParams.get('number')?.trim() ?? '';
  const name = url.searchParams.get('name')?.trim() ?? '';
  if (number === '') return { number, name, verified: null, sentence: '' };
  const asked = { number, name: name === '' ? null : name, address: getClientAddress() };
  return { number, name, ...(await askVerification(locals.actor, asked, locals.now)) };
}
