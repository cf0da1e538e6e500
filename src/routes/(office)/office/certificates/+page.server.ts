import type { PageServerLoadEvent } from './$types';
import { isCertificateState } from '#lib/certificates/certificate.ts';
import { listCertificates } from '#lib/certificates/certificates.server.ts';
import { refuse } from '#lib/certificates/copy.ts';
import { mayEnterCertificates, mayEnterIssuing } from '#lib/certificates/policy.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { countReviews } from '#lib/certificates/reviews.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

const YEARS_SHOWN = 6;

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  if (!mayEnterCertificates(actor)) throw refuse('not_for_role');
  const query = event.url.searchParams;
  const state = query.get('state');
  const filter = {
    words: query.get('words') ?? '',
    state: isCertificateState(state) ? state : undefined,
    year: pageNumber(query.get('year')) > 1 ? pageNumber(query.get('year')) : undefined,
  };
  return {
    filter,
    bureau: mayEnterIssuing(actor),
    waiting: await countReviews(actor),
    certificates: await listCertificates(actor, filter, pageNumber(query.get('page')), now),
    years: Array.from({ length: YEARS_SHOWN }, (_, back) => yearOf(now) - back),
  };
});
