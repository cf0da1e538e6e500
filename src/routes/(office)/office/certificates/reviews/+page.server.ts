import type { PageServerLoadEvent } from './$types';
import { refuse } from '#lib/certificates/copy.ts';
import { mayEnterIssuing } from '#lib/certificates/policy.ts';
import { listReviews } from '#lib/certificates/reviews.server.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  if (!mayEnterIssuing(actor)) throw refuse('not_for_role');
  return { reviews: await listReviews(actor, pageNumber(event.url.searchParams.get('page'))) };
});
