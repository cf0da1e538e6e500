import { homeOf } from '#lib/server/home.ts';

export function load({ locals }) {
  const { actor } = locals;
  return { home: actor.accountId === null ? null : { href: homeOf(actor), name: actor.name } };
}
