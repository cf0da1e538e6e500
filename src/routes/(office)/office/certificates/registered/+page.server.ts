import type { PageServerLoadEvent } from './$types';
import { isRegisteredState } from '#lib/certificates/certificate.ts';
import { refuse } from '#lib/certificates/copy.ts';
import { mayEnterCertificates, mayEnterIssuing } from '#lib/certificates/policy.ts';
import { listRegistered } from '#lib/certificates/registered.server.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { countReviews } from '#lib/certificates/reviews.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  if (!mayEnterCertificates(actor)) throw refuse('not_for_role');
  const query = event.url.searchParams;
  const state = query.get('state');
  const filter = { words: query.get('words') ?? '', state: isRegisteredState(state) ? state : undefined };
  return {
    filter,
    bureau: mayEnterIssuing(actor),
    waiting: await countReviews(actor),
    registered: await listRegistered(actor, filter, pageNumber(query.get('page')), now),
    expired: (await listRegistered(actor, { state: 'expired' }, 1, now)).total,
    expiring: (await listRegistered(actor, { state: 'expiring' }, 1, now)).total,
  };
});
